import type { Batch, BatchItem, BatchPlan } from '../../shared/contract/index.ts';
import type { UiLanguage } from '../../shared/domain/language.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import { inTwoSteps, type Step, type Unjudged } from '../sealing/index.ts';
import { isDiskFull, type Reading } from '../store/index.ts';
import { openToSign, type SigningKeyRef, type SigningSession } from '../token/index.ts';
import { certificateLine } from './certificate-line.ts';
import type { ActsParts } from './acts-parts.ts';
import {
  beginItem,
  endBatch,
  isOfOneAct,
  itemFailed,
  itemSigned,
  listSha256,
  lockCertificate,
  openBatch,
  readBatch,
  reopenBatch,
  runningBatches,
} from './batch-ledger.ts';
import { actOfJudge, readAct, type ActLook } from './read-acts.ts';
import { beginAct, finishAct, fitForSigning, signable, type ActToSign, type Keeping } from './sign-act.ts';

export type BatchParts = ActsParts & {
  /** Takes the one place from which batches of this profile are signed; null while another window or process has it. */
  readonly claimBatch: () => (() => void) | null;
};

export type SigningKey = {
  readonly key: SigningKeyRef;
  /** Where the key lies, for the ledger. */
  readonly place: string;
  /** SHA-256 of the certificate that was chosen; null when it is only known once the key is open. */
  readonly certificate: string | null;
};

export type BatchRun = SigningKey & {
  readonly actor: string;
  /** What the PIN prompt shows, in the judge's language; the hash beside it is that of the list. */
  readonly display: (acts: readonly BatchItem[]) => { readonly title: string; readonly lines: readonly string[] };
  /** What NCALayer speaks; Kazakh when nothing is said. */
  readonly language?: UiLanguage;
  /** Asked before each act: null, or why the batch is to stop here. */
  readonly mayGoOn?: () => Failure | null;
  /** Asked before each act, after each PIN, and after the key has signed: null, or why nothing more of it may be kept. */
  readonly whyOver?: () => Failure | null;
  /** Called whenever the ledger has something new. */
  readonly onChange?: (batchId: string) => void;
};

type ChosenAct = { readonly id: string; readonly sha256: string };

/** What would be signed and what would be left out, in the order asked for. Acts of others are not found. Changes nothing. */
export function planBatch(read: Reading, look: ActLook, actor: string, ids: readonly string[]): Result<BatchPlan> {
  const acts: BatchPlan['acts'] = [];
  const leftOut: BatchPlan['leftOut'] = [];
  for (const id of new Set(ids)) {
    const act = actOfJudge(read, look, actor, id);
    if (!act.ok) return act;
    const failure = whyNot(read, actor, { id, sha256: act.value.sha256 });
    if (failure === null) acts.push(act.value);
    else leftOut.push({ act: act.value, failure });
  }
  return ok({ acts, leftOut, listSha256: listSha256(acts.map(({ sha256 }) => sha256)) });
}

/**
 * Signs reviewed acts one after the other under one PIN and one certificate, and keeps one result for each in the ledger. A fault of
 * one act is its result, and the batch goes on; the first fault of PIN, token, certificate or disk stops it. Nothing is dispatched.
 * Errors: `not-found` (an act of somebody else), `batch-running`, `disk-full` (even the ledger had no room; it is put in order later).
 */
export async function startBatch(parts: BatchParts, run: BatchRun, acts: readonly ChosenAct[]): Promise<Result<Batch>> {
  const { read } = parts.store;
  const items: Pick<BatchItem, 'actId' | 'sha256' | 'kind' | 'number' | 'pages'>[] = [];
  for (const [id, sha256] of new Map(acts.map((act) => [act.id, act.sha256]))) {
    const act = actOfJudge(read, { reference: parts.reference, now: parts.clock() }, run.actor, id);
    if (!act.ok) return act;
    const { kind, pages, caseNumber, incomingNumber } = act.value;
    items.push({ actId: id, sha256, kind, pages, number: caseNumber ?? incomingNumber });
  }
  if (items.length === 0) return fail('input-invalid', { field: 'acts' });
  return inOnePlace(parts, run, () => {
    const id = parts.newId();
    const { actor: judgeId, place: keyPlace } = run;
    parts.store.write((tx) => openBatch(tx, { id, judgeId, at: parts.clock(), keyPlace, items }));
    return ok(id);
  });
}

/**
 * Goes on with a batch that was stopped or whose process died: signs what has no final result and nothing else, with the certificate
 * of its beginning. Errors: `not-found`, `batch-running`, `move-not-allowed` (there is nothing left to sign), `disk-full`.
 */
export function resumeBatch(parts: BatchParts, run: BatchRun, id: string): Promise<Result<Batch>> {
  return inOnePlace(parts, run, () => {
    const batch = readBatch(parts.store.read, run.actor, id);
    if (!batch) return fail('not-found');
    const again = batch.items.flatMap(({ open }, position) => (open ? [position] : []));
    if (again.length === 0) return fail('move-not-allowed', { state: batch.state });
    const { actor: judgeId, place: keyPlace } = run;
    parts.store.write((tx) => reopenBatch(tx, { id, judgeId, at: parts.clock(), keyPlace }, again));
    return ok(id);
  });
}

/** Puts batches of processes that died in order: what was under way then was not kept, so it was not signed. */
export function settleBatches(parts: BatchParts): void {
  if (runningBatches(parts.store.read).length === 0) return;
  const release = parts.claimBatch();
  if (release === null) return;
  try {
    settle(parts);
  } finally {
    release();
  }
}

function settle({ store, clock }: BatchParts): void {
  for (const { id, judgeId } of runningBatches(store.read))
    store.write((tx) => endBatch(tx, { id, judgeId, at: clock() }, fail('batch-interrupted').error));
}

async function inOnePlace(parts: BatchParts, run: BatchRun, prepare: () => Result<string>): Promise<Result<Batch>> {
  const release = parts.claimBatch();
  if (release === null) return fail('batch-running');
  let id: string | null = null;
  try {
    settle(parts);
    const prepared = prepare();
    if (!prepared.ok) return prepared;
    id = prepared.value;
    run.onChange?.(id);
    end(parts, run, id, await signAll(parts, run, id));
    return ok(readBatch(parts.store.read, run.actor, id)!);
  } catch (error) {
    const failure = fail(isDiskFull(error) ? 'disk-full' : 'unexpected');
    if (id !== null) endIfThereIsRoom(parts, run, id, failure.error);
    if (failure.error.code === 'disk-full') return failure;
    throw error;
  } finally {
    release();
  }
}

function end({ store, clock }: BatchParts, run: BatchRun, id: string, stop: Failure | null): void {
  store.write((tx) => endBatch(tx, { id, judgeId: run.actor, at: clock() }, stop));
  run.onChange?.(id);
}

/** A ledger that cannot be written now is settled when batches are looked at next. */
function endIfThereIsRoom(parts: BatchParts, run: BatchRun, id: string, stop: Failure): void {
  try {
    end(parts, run, id, stop);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
}

/** Null when every act had its turn, else why it stopped. */
async function signAll(parts: BatchParts, run: BatchRun, id: string): Promise<Failure | null> {
  const { read } = parts.store;
  const waiting = () =>
    readBatch(read, run.actor, id)!.items.flatMap((item, position) => (item.state === 'waiting' ? [{ ...item, position }] : []));
  // nobody is asked for a PIN for what cannot be signed anyway
  for (const { actId, sha256, position } of waiting()) {
    const failure = whyNot(read, run.actor, { id: actId, sha256 });
    if (failure) parts.store.write((tx) => itemFailed(tx, id, position, failure, parts.clock()));
  }
  const toSign = waiting();
  if (toSign.length === 0) return null;
  run.onChange?.(id);

  let session: SigningSession | null = null;
  let isFirst = true;
  /** The key's part; the file of the act before is verified and kept meanwhile. */
  const sign = async (item: Item): Promise<Step<Begun | null, Failure>> => {
    const over = () => run.whyOver?.() ?? null;
    const mayNot = () => over() ?? run.mayGoOn?.() ?? null;
    const before = mayNot();
    if (before) return { stop: before };
    // a token that asks for the PIN at each signature is opened for each act
    if (session === null || signsOnce(session)) {
      await session?.close();
      session = null;
      const opened = await openKey(parts, run, id, isFirst ? toSign : [item]);
      if (!opened.ok) return { stop: opened.error };
      session = opened.value;
      const meanwhile = mayNot();
      if (meanwhile) return { stop: meanwhile };
    }
    isFirst = false;
    const begun = await beginOne(parts, run, id, session, item);
    // a program asks for its PIN while it signs
    const after = over();
    if (after) return { stop: after };
    if (begun.ok) return { made: begun.value, alone: signsOnce(session) };
    // a key that failed is not opened again for the next act: that would ask for another PIN
    const stop = failed(parts, run, id, item, begun.error);
    return stop ? { stop } : { made: null };
  };
  try {
    return await inTwoSteps(toSign, sign, (item, begun) => finishOne(parts, run, id, item, begun));
  } finally {
    await (session as SigningSession | null)?.close();
  }
}

async function openKey(parts: BatchParts, run: BatchRun, id: string, acts: readonly BatchItem[]): Promise<Result<SigningSession>> {
  const shown = { purpose: 'act' as const, ...run.display(acts), sha256: listSha256(acts.map(({ sha256 }) => sha256)) };
  const session = await openToSign(parts.tokenHost, run.key, shown, run.language ?? 'kk');
  if (!session.ok) return session;
  const wrong = await holdToOneCertificate(parts, run, id, session.value);
  if (wrong === null) return session;
  await session.value.close();
  return { ok: false, error: wrong };
}

/** The certificate of the whole batch, also when it is gone on with: the one that was chosen, fit, and of this judge. */
async function holdToOneCertificate(parts: BatchParts, run: BatchRun, id: string, session: SigningSession): Promise<Failure | null> {
  // a program that may choose its key by itself is never asked for acts
  if (session.certificate === null) return fail('key-not-of-user').error;
  const certificate = certificateLine(session.certificate);
  const before = readBatch(parts.store.read, run.actor, id)!.certificate;
  const wanted = before?.sha256 ?? run.certificate;
  if (certificate === null) return fail('certificate-unfit', { reason: 'format' }).error;
  if (wanted !== null && certificate.sha256 !== wanted) return fail('batch-other-certificate').error;
  const fit = await fitForSigning(parts, session.certificate, run.actor);
  if (!fit.ok) return fit.error;
  if (before === null) parts.store.write((tx) => lockCertificate(tx, id, certificate));
  return null;
}

const signsOnce = (session: SigningSession): boolean => 'signsOnce' in session && session.signsOnce;

type Item = BatchItem & { readonly position: number };
type Begun = { readonly act: ActToSign; readonly unjudged: Unjudged };

async function beginOne(
  parts: BatchParts,
  run: BatchRun,
  id: string,
  session: SigningSession,
  { actId, sha256, position }: Item,
): Promise<Result<Begun>> {
  parts.store.write((tx) => beginItem(tx, id, position, parts.clock()));
  run.onChange?.(id);
  const revision = readAct(parts.store.read, actId)?.revision ?? 0;
  const act = { actId, revision, sha256, actor: run.actor };
  const begun = await beginAct(parts, session, act);
  return begun.ok ? ok({ act, unjudged: begun.value }) : begun;
}

/** Null when the batch goes on, whatever became of this act. Act and ledger become signed in one transaction. */
async function finishOne(
  parts: BatchParts,
  run: BatchRun,
  id: string,
  { actId, position }: Item,
  begun: Begun | null,
): Promise<Failure | null> {
  // its fault is in the ledger already
  if (begun === null) return null;
  const alongside: Keeping['alongside'] = (tx, kept) => itemSigned(tx, id, position, { sha256: kept.sha256, at: parts.clock() });
  const signed = await finishAct(parts, begun.act, begun.unjudged, { alongside });
  if (!signed.ok) return failed(parts, run, id, { actId, position }, signed.error);
  run.onChange?.(id);
  return null;
}

/** Records why an act was not signed. Answers it when no other act can be signed either, null when the batch goes on. */
function failed(
  parts: BatchParts,
  run: BatchRun,
  id: string,
  { actId, position }: Pick<Item, 'actId' | 'position'>,
  error: Failure,
): Failure | null {
  const failure = inThisBatch(parts.store.read, actId, error);
  parts.store.write((tx) => itemFailed(tx, id, position, failure, parts.clock()));
  run.onChange?.(id);
  return isOfOneAct(failure) ? null : failure;
}

/** Why an act cannot be signed as it stands; null when it can. */
function whyNot(read: Reading, actor: string, { id, sha256 }: ChosenAct): Failure | null {
  const revision = readAct(read, id)?.revision ?? 0;
  const act = signable(read, { actId: id, revision, sha256, actor });
  return act.ok ? null : inThisBatch(read, id, act.error);
}

/** Somebody was faster: another window, another process, or the judge signed it alone. */
function inThisBatch(read: Reading, actId: string, failure: Failure): Failure {
  const signed = failure.code === 'move-not-allowed' && readAct(read, actId)?.state !== 'draft';
  return signed ? fail('act-already-signed').error : failure;
}
