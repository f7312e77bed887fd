import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/result.ts';
import { signPdf, signPdfByMessage } from '../pdf/index.ts';
import { readCertificate, readTimestampToken } from '../signature/index.ts';
import { messagesOf, signerOf, signingResult, type ContentSession, type SigningSession, type TokenSession } from '../token/index.ts';
import { addProofs } from './add-proofs.ts';
import { checkSealed } from './check-sealed.ts';
import { raisePdf } from './raise-pdf.ts';
import type { Level, SealingParts, Shortfall } from './sealing-parts.ts';

/** A signed file and what it reached. */
export type Sealed = {
  readonly pdf: Uint8Array;
  readonly level: Level;
  /** UTC ISO: the claimed time, as the file states it. */
  readonly signedAt: string;
  /** Null when the wanted level was reached. */
  readonly shortfall: Shortfall | null;
};

type Task = {
  readonly pdf: Uint8Array;
  readonly level: Level;
  readonly name: string | null;
  readonly reason: string | null;
  readonly location: string | null;
};

/** A file that is signed and that nobody has looked at yet. It is handed to `finishSeal` and to nobody else. */
export type Unjudged = {
  readonly pdf: Uint8Array;
  /** The file before it was signed. */
  readonly before: Uint8Array;
  readonly wanted: Level;
  readonly signedAt: string;
  /** Where the timestamp is: within the signature, or still to be added to the file. */
  readonly stamped: 'inside' | 'after';
  readonly shortfall: Shortfall | null;
};

/**
 * Signs a PDF with an open session and raises it as far as wanted and possible. The result is verified before it is answered.
 * Errors: those of `signPdf` and of the token; `signature-check-failed`.
 */
export async function sealPdf(parts: SealingParts, session: SigningSession, task: Task): Promise<Result<Sealed>> {
  const begun = await beginSeal(parts, session, task);
  return begun.ok ? finishSeal(parts, begun.value) : begun;
}

/** The part of it that needs the key. What it answers counts for nothing before `finishSeal` has judged it. */
export function beginSeal(parts: SealingParts, session: SigningSession, task: Task): Promise<Result<Unjudged>> {
  return 'signContent' in session ? beginByMessage(parts, session, task) : beginByValue(parts, session, task);
}

/**
 * By a program that answers whole messages. The timestamp is a document timestamp, made after: the program gives the value away in its message
 * only, and that stays as it is.
 */
async function beginByMessage(parts: SealingParts, session: ContentSession, task: Task): Promise<Result<Unjudged>> {
  const { pdf, level, name, reason, location } = task;
  const signedAt = parts.clock();
  const attempt = await signingResult(() => signPdfByMessage({ pdf, sign: messagesOf(session), signedAt, name, reason, location }));
  const signed = attempt.ok ? attempt.value : attempt;
  if (!signed.ok) return signed;
  return ok({ pdf: signed.value, before: pdf, wanted: level, signedAt, stamped: 'after', shortfall: null });
}

async function beginByValue(parts: SealingParts, session: TokenSession, task: Task): Promise<Result<Unjudged>> {
  const { pdf, level, name, reason, location } = task;
  const signedAt = parts.clock();
  let shortfall: Shortfall | null = level === 'B' ? null : { code: 'timestamp-failed', reason: 'no-authority' };
  const timestamp = async (value: Uint8Array): Promise<Uint8Array | null> => {
    if (level === 'B' || parts.timestamps === null) return null;
    const stamped = await parts.timestamps.stamp(createHash('sha256').update(value).digest());
    // one clock of the two is wrong, and a signature that is proven too early or too late is none
    const fault = !stamped.ok ? stamped.fault : isInLifeOf(session.certificate, stamped.token) ? null : 'time-outside-certificate';
    shortfall = fault === null ? null : { code: 'timestamp-failed', reason: fault };
    return stamped.ok && fault === null ? stamped.token : null;
  };
  const attempt = await signingResult(() => signPdf({ pdf, signer: signerOf(session), signedAt, name, reason, location, timestamp }));
  const signed = attempt.ok ? attempt.value : attempt;
  if (!signed.ok) return signed;
  return ok({ pdf: signed.value, before: pdf, wanted: level, signedAt, stamped: 'inside', shortfall });
}

/** The part that needs no key: the signature is verified, then the file is raised. Errors: `signature-check-failed`, those of `raisePdf`. */
export async function finishSeal(parts: SealingParts, begun: Unjudged): Promise<Result<Sealed>> {
  const { pdf, wanted, signedAt, stamped, shortfall } = begun;
  const checked = await checkSealed(parts, pdf, begun.before);
  if (!checked.ok) return checked;
  if (checked.value.covers !== 'whole') return fail('signature-check-failed', { reason: 'partial' });
  if (wanted === 'B' || shortfall !== null) return ok({ pdf, level: 'B', signedAt, shortfall });
  if (stamped === 'after') {
    const raised = await raisePdf(parts, pdf, wanted);
    return raised.ok ? ok({ ...raised.value, signedAt }) : raised;
  }
  if (wanted === 'T') return ok({ pdf, level: wanted, signedAt, shortfall });
  const proven = await addProofs(parts, pdf);
  return proven.ok
    ? ok({ pdf: proven.value, level: wanted, signedAt, shortfall })
    : ok({ pdf, level: 'T', signedAt, shortfall: { code: 'proofs-missing', reason: proven.error.reason } });
}

function isInLifeOf(certificate: Uint8Array, token: Uint8Array): boolean {
  const [life, time] = [readCertificate(certificate)?.validity, readTimestampToken(token)?.time];
  return life !== undefined && time !== undefined && time >= Date.parse(life.from) && time <= Date.parse(life.to);
}
