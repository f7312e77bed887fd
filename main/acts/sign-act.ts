import { createHash } from 'node:crypto';
import { DECIDED_STATE, decisionOf, rulingOf } from '../../shared/domain/decision.ts';
import { moveFiling } from '../../shared/domain/filing-status.ts';
import type { CommandPayload, DecisionMessage } from '../../shared/registry/index.ts';
import type { UiLanguage } from '../../shared/domain/language.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import { readFiling, type FilingRecord } from '../intake/index.ts';
import { offerFor } from '../reference/index.ts';
import { beginSeal, certificateFault, finishSeal, type Level, type Sealed, type Unjudged } from '../sealing/index.ts';
import { openToSign, type SigningKeyRef, type SigningSession } from '../token/index.ts';
import type { Reading, Writing } from '../store/index.ts';
import type { ActsParts } from './acts-parts.ts';
import { isEmpty } from './draft-act.ts';
import { markForRaise } from './raise-level.ts';
import { readAct, type ActRecord } from './read-acts.ts';
import { startTerms } from './start-terms.ts';

const ACT_MAX_BYTES = 64 * 1024 * 1024;

/** Which act is signed, over which bytes, and by whom. */
export type ActToSign = {
  readonly actId: string;
  readonly revision: number;
  /** The bytes that were shown: only these are signed. */
  readonly sha256: string;
  readonly actor: string;
};

export type SigningRequest = ActToSign & {
  readonly key: SigningKeyRef;
  /** What the PIN prompt shows, in the judge's language. */
  readonly display: { readonly title: string; readonly lines: readonly string[] };
  /** What NCALayer speaks; Kazakh when nothing is said. */
  readonly language?: UiLanguage;
  /** Asked before the PIN, after it and after the key has signed: null, or why nothing of it may be kept. */
  readonly whyOver?: () => Failure | null;
};

/** An act as it was signed: the signed file and the level it reached. */
export type SignedAct = { readonly sha256: string; readonly level: Level };

/** What becomes of a signed act besides its issue. */
export type Keeping = {
  /** Written in the transaction that makes the act signed. */
  readonly alongside?: (tx: Writing, signed: SignedAct) => void;
};

/**
 * Signs an act that was read: PAdES over exactly the reviewed bytes, by a key of this very judge, with a timestamp where the court has an
 * authority for them and it answers; what is lacking is added later (see raiseActs). The signature is verified before it is kept; then the act,
 * the filing's new state, journal, and issue are one transaction. To whom it is sent, a person says then.
 */
export async function signAct(parts: ActsParts, request: SigningRequest): Promise<Result<SignedAct>> {
  // nobody is asked for a PIN for what cannot be signed anyway
  const ready = await readReviewed(parts, request);
  if (!ready.ok) return ready;
  const over = (): Failure | null => request.whyOver?.() ?? null;
  const already = over();
  if (already) return { ok: false, error: already };
  const display = { purpose: 'act', ...request.display, sha256: request.sha256 } as const;
  const session = await openToSign(parts.tokenHost, request.key, display, request.language ?? 'kk');
  if (!session.ok) return session;
  try {
    const before = over();
    if (before) return { ok: false, error: before };
    const begun = await beginAct(parts, session.value, request);
    if (!begun.ok) return begun;
    // a program asks for its PIN only now
    const after = over();
    return after ? { ok: false, error: after } : await finishAct(parts, request, begun.value);
  } finally {
    await session.value.close();
  }
}

/**
 * The key's half of signing an act, under a session that is open already and stays open. Everything is asked again, as the PIN may have taken its time.
 * Nothing is kept yet; a failure of the key leaves the act as it was.
 */
export async function beginAct(parts: ActsParts, session: SigningSession, act: ActToSign): Promise<Result<Unjudged>> {
  const bytes = await readReviewed(parts, act);
  if (!bytes.ok) return bytes;
  // a program that may choose its key by itself is never asked for an act
  if (session.certificate === null) return fail('key-not-of-user');
  const fit = await fitForSigning(parts, session.certificate, act.actor);
  if (!fit.ok) return fit;
  return beginSeal(parts.sealing, session, {
    pdf: bytes.value,
    // the rest takes several exchanges, and a judge is waiting
    level: parts.level === 'B' ? 'B' : 'T',
    name: fit.value,
    reason: null,
    location: parts.court.nameKk,
  });
}

/** The half that needs no key: what was signed is verified and kept. */
export async function finishAct(parts: ActsParts, act: ActToSign, begun: Unjudged, keeping: Keeping = {}): Promise<Result<SignedAct>> {
  const sealed = await finishSeal(parts.sealing, begun);
  if (!sealed.ok) return sealed;
  const stored = await parts.blobs.putBytes(sealed.value.pdf);
  return stored.ok ? keepSigned(parts, act, stored.value, sealed.value, keeping) : stored;
}

/** The bytes of an act that may be signed, as they lie on the disk at this moment; `act-changed` when they are not the reviewed ones. */
async function readReviewed(parts: ActsParts, request: ActToSign): Promise<Result<Uint8Array>> {
  const { read } = parts.store;
  const act = signable(read, request);
  if (!act.ok) return act;
  if (isEmpty(parts, read, act.value)) return fail('act-empty');
  const leads = leadsTo(parts, readFiling(read, act.value.filingId)!, act.value.kind, parts.clock());
  if (!leads.ok) return leads;
  // a sealed file that somebody touched cannot be read at all
  const bytes = await parts.blobs.readAll(act.value.draftSha256, ACT_MAX_BYTES).catch(() => null);
  if (!bytes || createHash('sha256').update(bytes).digest('hex') !== request.sha256) return fail('act-changed');
  return ok(bytes);
}

/** Whether an act may be signed over these bytes now. */
export function signable(read: Reading, request: ActToSign): Result<ActRecord> {
  const act = readAct(read, request.actId);
  if (act?.judgeId !== request.actor) return fail('not-found');
  if (act.state !== 'draft') return fail('move-not-allowed', { state: act.state });
  if (!act.handed) return fail('act-in-preparation');
  if (act.sentBack) return fail('act-sent-back');
  if (act.draftSha256 !== request.sha256) return fail('act-changed');
  if (act.revision !== request.revision) return fail('stale-revision');
  return act.reviewedSha256 === request.sha256 && act.reviewedBy === request.actor ? ok(act) : fail('act-not-reviewed');
}

/** The certificate must be one that the registry lists for this judge, and not known to be unfit. Answers the signer's name. */
export async function fitForSigning(parts: ActsParts, certificate: Uint8Array, actor: string): Promise<Result<string>> {
  const sha256 = createHash('sha256').update(certificate).digest('hex');
  const user = parts.store.read.get<{ name: string; certificates: string }>(
    'SELECT name, certificates FROM app_user WHERE id = ? AND active = 1',
    actor,
  );
  if (!user) return fail('key-not-of-user');
  const listed = (JSON.parse(user.certificates) as string[]).some((pem) => sha256OfPem(pem) === sha256);
  if (!listed) return fail('key-not-of-user');
  const fault = await certificateFault(parts, certificate);
  return fault === null ? ok(user.name) : fail('certificate-unfit', { reason: fault });
}

export function sha256OfPem(pem: string): string {
  return createHash('sha256')
    .update(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'))
    .digest('hex');
}

type Leads = CommandPayload<'act.issue'>['state'];

/** Where the signed act leads the filing: a ruling by its decision, another act to the end of what it answers, most of them nowhere. */
function leadsTo({ reference }: ActsParts, filing: FilingRecord, kind: string, at: string): Result<Leads> {
  const refused = fail('move-not-allowed', { state: filing.state });
  const decision = decisionOf(kind);
  if (decision !== null) return moveFiling(filing.state, rulingOf(decision)) === null ? refused : ok(DECIDED_STATE[decision]);
  const known = reference.actKinds(at).find(({ id }) => id === kind) ?? reference.actKind(kind);
  const offer = known && offerFor(known, filing);
  if (!offer) return refused;
  if (!offer.fulfils) return ok(null);
  return moveFiling(filing.state, 'fulfil') === 'fulfilled' ? ok('fulfilled') : refused;
}

/** What is told of the act besides where it leads. */
function said({ reference }: ActsParts, { kind, title, language }: ActRecord, decision: DecisionMessage | null) {
  const known = reference.actKind(kind);
  if (!known) return decision ? { decision } : {};
  const name = title ?? (language === 'kk' ? known.nameKk : known.nameRu);
  return { title: name, ...(decision ? { terms: decision.terms } : {}) };
}

function keepSigned(
  parts: ActsParts,
  request: ActToSign,
  signed: { sha256: string; size: number },
  { signedAt, level }: Pick<Sealed, 'signedAt' | 'level'>,
  keeping: Keeping,
): Result<SignedAct> {
  return parts.store.write((tx) => {
    const act = signable(tx, request);
    if (!act.ok) return act;
    const filing = readFiling(tx, act.value.filingId)!;
    const leads = leadsTo(parts, filing, act.value.kind, signedAt);
    if (!leads.ok) return leads;
    const state = leads.value;
    tx.run(
      "UPDATE act SET state = 'signed', signed_sha256 = ?, signed_size = ?, signed_by = ?, signed_at = ?, level = ?, revision = revision + 1 WHERE id = ?",
      ...[signed.sha256, signed.size, request.actor],
      ...[signedAt, level, request.actId],
    );
    markForRaise(tx, request.actId, level, parts.level, signedAt);
    tx.run('UPDATE filing SET state = coalesce(?, state), revision = revision + 1 WHERE id = ?', state, filing.id);
    const decision = startTerms(tx, parts.reference, { filing, actId: request.actId, kind: act.value.kind, signedAt });
    tx.journal({
      at: signedAt,
      actor: request.actor,
      action: 'act.signed',
      subject: filing.id,
      details: { act: request.actId, draft: request.sha256, signed: signed.sha256, level },
    });
    tx.outbox({
      id: parts.newId(),
      subject: filing.id,
      kind: 'act.issue',
      actor: request.actor,
      at: signedAt,
      uploads: [signed.sha256],
      payload: {
        actId: request.actId,
        filingId: filing.id,
        kind: act.value.kind,
        sha256: signed.sha256,
        size: signed.size,
        level,
        signedAt,
        state,
        ...said(parts, act.value, decision),
      },
    });
    const kept: SignedAct = { sha256: signed.sha256, level };
    keeping.alongside?.(tx, kept);
    return ok(kept);
  });
}
