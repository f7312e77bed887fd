import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  listInstalledTrust,
  loadTrustList,
  readCertificate,
  splitEncodings,
  TRUST_FOLDERS,
  type CertificateFacts,
  type TrustList,
} from '../signature/index.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import { profilePaths, readProfile, writeFileAtomically } from '../store/index.ts';
import { EXIT, printFailure, printJson, UsageError, type CliIo } from './cli-io.ts';

/**
 * `kense trust install FILE… | list | remove SHA256`: the anchors of real signatures, of this user or of a real profile. Only certificates
 * whose fingerprints come with the program can be installed. Exit 0, 1 nothing of that fingerprint, 64 usage, 65 refused or unreadable.
 */
export async function runTrust(argv: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { profile: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [verb, ...operands] = positionals;
  const dir = trustFolder(io, values.profile);
  const list = await loadTrustList(io.resourcesDir);
  if (!list.ok) return printFailure(io, list.error, values.json);
  const [first] = operands;
  if (verb === 'install' && first !== undefined) return install(io, operands, dir, list.value, values.json);
  if (verb === 'list' && first === undefined) return show(io, dir, list.value, values.json);
  if (verb === 'remove' && first !== undefined && operands.length === 1) return remove(io, first, dir, list.value, values.json);
  throw new UsageError('install FILE…, list, or remove SHA256');
}

/** Training keeps anchors of its own, made on the spot: nothing is installed there, and nothing of it counts elsewhere. */
function trustFolder(io: CliIo, profile: string | undefined): string {
  if (profile === undefined) return path.join(io.userDataDir, 'trust');
  const dir = path.resolve(io.cwd, profile);
  const read = readProfile(dir);
  if (!read.ok) throw new UsageError(`no profile in ${profile}`);
  if (read.value.mode === 'training') throw new UsageError('a training profile keeps trust of its own');
  return profilePaths(dir).trust;
}

/** All of the files or none. */
function install(io: CliIo, files: readonly string[], dir: string, list: TrustList, json: boolean): number {
  const certificates: { certificate: CertificateFacts; role: keyof typeof TRUST_FOLDERS }[] = [];
  for (const file of files) {
    const read = readCertificates(path.resolve(io.cwd, file));
    if (!read.ok) return refuse(io, { ...read.error, params: { file } }, json);
    for (const certificate of read.value) {
      const { sha256 } = certificate;
      const role = list.certificates.find((listed) => listed.sha256 === sha256)?.role;
      if (role === undefined) {
        const { error } = fail('certificate-not-listed', { file, sha256, subject: certificate.subject.text });
        return refuse(io, error, json);
      }
      certificates.push({ certificate, role });
    }
  }
  const installed = certificates.map(({ certificate, role }) => {
    const { der, sha256, subject, validity } = certificate;
    writeFileAtomically(path.join(dir, TRUST_FOLDERS[role], `${sha256}.cer`), der, 0o644);
    // An expired one still serves the signatures of its time.
    const expired = Date.parse(validity.to) < Date.parse(io.clock());
    return { sha256, role, subject: subject.text, ...validity, warnings: expired ? ['EXPIRED'] : [] };
  });
  if (json) printJson(io, { installed });
  for (const { sha256, role, subject, to, warnings } of installed) {
    if (!json) io.stdout(`installed ${role} ${sha256} ${subject}\n`);
    if (warnings.length > 0) io.stderr(`kense: ${subject} expired on ${to}\n`);
  }
  return EXIT.ok;
}

function refuse(io: CliIo, failure: Failure, json: boolean): number {
  printFailure(io, failure, json);
  return EXIT.unreadable;
}

function readCertificates(file: string): Result<CertificateFacts[]> {
  let bytes: Uint8Array;
  try {
    bytes = fs.readFileSync(file);
  } catch {
    return fail('file-unreadable');
  }
  const certificates = splitEncodings(bytes).map(readCertificate);
  const read = certificates.filter((certificate) => certificate !== null);
  return read.length === 0 || read.length < certificates.length ? fail('format-unsupported') : ok(read);
}

async function show(io: CliIo, dir: string, list: TrustList, json: boolean): Promise<number> {
  const installed = await listInstalledTrust(dir, list);
  if (json) printJson(io, { folder: dir, certificates: installed });
  else
    for (const { folder, sha256, subject, listed, file } of installed)
      io.stdout(`${folder} ${sha256} ${subject}${listed ? '' : ` (not on the list, does not count: ${file})`}\n`);
  return EXIT.ok;
}

async function remove(io: CliIo, fingerprint: string, dir: string, list: TrustList, json: boolean): Promise<number> {
  const wanted = fingerprint.toLowerCase().replaceAll(':', '');
  const found = (await listInstalledTrust(dir, list)).filter(({ sha256 }) => sha256 === wanted);
  if (found.length === 0) return printFailure(io, fail('not-found').error, json);
  for (const { file } of found) fs.rmSync(file, { force: true });
  if (json) printJson(io, { removed: found.map(({ file, sha256 }) => ({ file, sha256 })) });
  else for (const { file } of found) io.stdout(`removed ${file}\n`);
  return EXIT.ok;
}
