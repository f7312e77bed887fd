import path from 'node:path';

/** Where a profile lays out the certificates that its talons are checked by. They are public. */
export function talonTrustDir(profileDir: string): string {
  return path.join(profileDir, 'talon-trust');
}
