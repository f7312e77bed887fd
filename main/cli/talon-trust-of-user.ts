import fs from 'node:fs';
import path from 'node:path';
import type { CliIo } from './cli-io.ts';

/** Where demonstrations and training desks leave the certificates that their talons are checked by. */
export const talonTrustOfUser = (io: Pick<CliIo, 'userDataDir'>) => path.join(io.userDataDir, 'talon-trust');

/** Lays a desk's talon certificates out for this user; public material, so a copy each is enough. */
export function shareTalonTrust(io: Pick<CliIo, 'userDataDir'>, from: string): void {
  const to = talonTrustOfUser(io);
  fs.mkdirSync(to, { recursive: true });
  for (const name of fs.readdirSync(from)) {
    const bytes = fs.readFileSync(path.join(from, name));
    fs.writeFileSync(path.join(to, `${bytes.subarray(-8).toString('hex')}-${name}`), bytes);
  }
}
