import { profilePaths } from '../store/index.ts';

/** Where a profile lays out the certificates that its talons are checked by. They are public. */
export function talonTrustDir(profileDir: string): string {
  return profilePaths(profileDir).talonTrust;
}
