import fs from 'node:fs';
import path from 'node:path';
import { installedAnchors, loadTrustList } from '../signature/index.ts';
import { UsageError, type CliIo } from './cli-io.ts';
import { runSign } from './sign.ts';
import { runTalonCheck } from './talon-check.ts';
import { talonTrustOfUser } from './talon-trust-of-user.ts';
import { runVerifyCert } from './verify-cert.ts';
import { runVerify } from './verify.ts';

/** `kense verify` with the trust list that is installed for this user. */
export async function runVerifyCommand(argv: string[], io: CliIo): Promise<number> {
  const asking = { cacheDir: path.join(io.userDataDir, 'evidence'), mayAllowHosts: io.unpackaged };
  return runVerify(argv, { ...io, trustDirs: await installedTrust(io), asking });
}

/** `kense sign`, whose results are verified with the same. */
export async function runSignCommand(argv: string[], io: CliIo): Promise<number> {
  const asking = { cacheDir: path.join(io.userDataDir, 'evidence'), mayAllowHosts: io.unpackaged };
  return runSign(argv, { ...io, trustDirs: await installedTrust(io), asking });
}

/** `kense verify-cert` with the same. */
export async function runVerifyCertCommand(argv: string[], io: CliIo): Promise<number> {
  return runVerifyCert(argv, { ...io, trustDirs: await installedTrust(io) });
}

/** Of the anchors only those the program has the fingerprints of; the rest is material that proves nothing by itself. */
export async function installedTrust({ userDataDir, resourcesDir }: CliIo) {
  const dir = path.join(userDataDir, 'trust');
  const installed = (kind: string) => existing(path.join(dir, kind));
  const list = await loadTrustList(resourcesDir);
  const anchors = list.ok ? await installedAnchors(dir, list.value) : [];
  return { anchors, certs: installed('certs'), crls: installed('crls'), ocsp: installed('ocsp') };
}

/** `kense talon check` with the court certificates that this user's desks have laid out. */
export function runTalonCommand(argv: string[], io: CliIo): Promise<number> {
  const [verb, ...rest] = argv;
  if (verb !== 'check') throw new UsageError('the only verb is check');
  return runTalonCheck(rest, { ...io, trustDirs: existing(talonTrustOfUser(io)) });
}

const existing = (dir: string) => (fs.existsSync(dir) ? [dir] : []);
