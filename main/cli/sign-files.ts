import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import {
  beginSeal,
  certificateFault,
  finishSeal,
  inTwoSteps,
  type Level,
  type Sealed,
  type SealingParts,
  type Shortfall,
  type Unjudged,
} from '../sealing/index.ts';
import { readCertificate } from '../signature/index.ts';
import { isDiskFull, writeFileAtomically } from '../store/index.ts';
import { openToSign, type SigningKeyRef, type SigningSession, type TokenHost } from '../token/index.ts';

/** A file as it was named, where it lies and where the signed one goes. */
export type SigningTask = { readonly file: string; readonly input: string; readonly out: string };

/**
 * What became of one file. `error` beside an `out` says why the level is below the one asked for; `not-tried`: the PIN or the token failed
 * before its turn.
 */
export type SignedFile = {
  readonly file: string;
  /** SHA-256 of the bytes that were signed; they are the beginning of the signed file. */
  readonly inputSha256: string | null;
  readonly out: string | null;
  readonly level: Level | null;
  /** Of the signed file. */
  readonly sha256: string | null;
  readonly signedAt: string | null;
  /**
   * `chain-not-checked`: nobody has said whom to trust, so nothing is known of who issued the certificate, nor whether it was revoked. Then
   * `certificate-expired` and `certificate-not-yet-valid` stop nobody either.
   */
  readonly warnings: readonly string[];
  readonly error: Reason | null;
};

type Reason = {
  readonly code: Failure['code'] | Shortfall['code'] | 'not-tried';
  readonly params?: Readonly<Record<string, string | number>>;
};

const MAX_FILE_BYTES = 256 * 1024 * 1024;

/**
 * Signs files one after another under one PIN. The first failure of the PIN or the token ends it: those that follow are not tried. A file
 * that cannot be signed keeps no other from it.
 */
export async function signFiles(
  parts: SealingParts,
  job: {
    host: TokenHost;
    findKey: (host: TokenHost) => Promise<Result<SigningKeyRef>>;
    tasks: readonly SigningTask[];
    level: Level;
    reason: string | null;
  },
): Promise<{ files: SignedFile[]; stopped: boolean }> {
  const { host, tasks } = job;
  const key = await job.findKey(host);
  const display = { purpose: 'paper', title: 'Kense', lines: tasks.map(({ file }) => file), sha256: null } as const;
  const session = key.ok ? await openToSign(host, key.value, display, 'ru') : key;
  const stoppedBy = (error: Failure) => ({
    files: tasks.map(({ file }, i) => unsigned(file, null, i === 0 ? error : NOT_TRIED)),
    stopped: true,
  });
  if (!session.ok) return stoppedBy(session.error);
  const watched = watch(parts, session.value);
  const known = session.value.certificate;
  const fault = known && (await watched.faultOf(known));
  if (fault) {
    await session.value.close();
    return stoppedBy(fault);
  }
  const files: SignedFile[] = [];
  const begin = async (task: SigningTask) =>
    watched.failure() ? { stop: true } : { made: await beginOne(parts, watched.session, task, job) };
  const finish = async ({ file, out }: SigningTask, { inputSha256, begun }: Begun) => {
    const signed = await finishOne(parts, { file, out, inputSha256 }, begun);
    const certificate = signed.out === null ? null : watched.certificate();
    files.push({ ...signed, warnings: certificate ? warningsOn(parts, certificate) : [] });
    return null;
  };
  try {
    await inTwoSteps(tasks, begin, finish);
  } finally {
    await session.value.close();
  }
  files.push(...tasks.slice(files.length).map(({ file }) => unsigned(file, null, NOT_TRIED)));
  return { files, stopped: watched.failure() !== null };
}

const NOT_TRIED = { code: 'not-tried' } as const;

type Watched = {
  readonly session: SigningSession;
  readonly failure: () => Failure | null;
  /** Null until it is known who signs. */
  readonly certificate: () => Uint8Array | null;
  readonly faultOf: (certificate: Uint8Array) => Promise<Failure | null>;
};

/** A session that remembers whether it has failed: a failure of the key is told from one of the file. */
function watch(parts: SealingParts, session: SigningSession): Watched {
  let failure: Failure | null = null;
  let { certificate } = session;
  const faultOf = async (signer: Uint8Array): Promise<Failure | null> => {
    const fault = await certificateFault(parts, signer);
    return fault === null ? null : fail('certificate-unfit', { reason: fault }).error;
  };
  const seen = <T>(signed: Result<T>): Result<T> => {
    if (!signed.ok) failure = signed.error;
    return signed;
  };
  const watched: SigningSession =
    'signContent' in session
      ? {
          ...session,
          signContent: async (content) => {
            const signed = await session.signContent(content);
            if (!signed.ok) return seen(signed);
            // who signs was known to nobody before
            const fault = certificate === null ? await faultOf(signed.value.certificate) : null;
            certificate = signed.value.certificate;
            return fault === null ? signed : seen({ ok: false, error: fault });
          },
        }
      : { ...session, sign: async (tbs) => seen(await session.sign(tbs)) };
  return { session: watched, failure: () => failure, certificate: () => certificate, faultOf };
}

type Begun = { readonly inputSha256: string | null; readonly begun: Result<Unjudged> };

async function beginOne(
  parts: SealingParts,
  session: SigningSession,
  { input }: SigningTask,
  { level, reason }: { level: Level; reason: string | null },
): Promise<Begun> {
  const pdf = readInput(input);
  if (!pdf.ok) return { inputSha256: null, begun: pdf };
  const begun = await beginSeal(parts, session, { pdf: pdf.value, level, name: null, reason, location: null });
  return { inputSha256: sha256Of(pdf.value), begun };
}

async function finishOne(
  parts: SealingParts,
  { file, out, inputSha256 }: { readonly file: string; readonly out: string; readonly inputSha256: string | null },
  begun: Result<Unjudged>,
): Promise<SignedFile> {
  const sealed = begun.ok ? await finishSeal(parts, begun.value) : begun;
  if (!sealed.ok) return unsigned(file, inputSha256, sealed.error);
  const saved = save(out, sealed.value);
  if (!saved.ok) return unsigned(file, inputSha256, saved.error);
  const { pdf: signed, signedAt, shortfall } = sealed.value;
  const error = shortfall && { code: shortfall.code, params: { reason: shortfall.reason } };
  return { file, inputSha256, out, level: sealed.value.level, sha256: sha256Of(signed), signedAt, warnings: [], error };
}

function warningsOn({ clock, withoutAnchors }: SealingParts, certificate: Uint8Array): string[] {
  if (withoutAnchors !== true) return [];
  const at = Date.parse(clock());
  const validity = readCertificate(certificate)?.validity;
  if (validity && at > Date.parse(validity.to)) return ['chain-not-checked', 'certificate-expired'];
  return validity && at < Date.parse(validity.from) ? ['chain-not-checked', 'certificate-not-yet-valid'] : ['chain-not-checked'];
}

function readInput(file: string): Result<Uint8Array> {
  try {
    const found = statSync(file);
    if (!found.isFile()) return fail('file-unreadable');
    return found.size > MAX_FILE_BYTES ? fail('document-too-large') : ok(readFileSync(file));
  } catch {
    return fail('file-unreadable');
  }
}

function save(out: string, { pdf }: Sealed): Result<null> {
  try {
    writeFileAtomically(out, pdf, 0o644);
    return ok(null);
  } catch (error) {
    return isDiskFull(error) ? fail('disk-full') : fail('file-not-saved');
  }
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function unsigned(file: string, inputSha256: string | null, { code, params }: Reason): SignedFile {
  const error = params ? { code, params } : { code };
  return { file, inputSha256, out: null, level: null, sha256: null, signedAt: null, warnings: [], error };
}
