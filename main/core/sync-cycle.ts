import { recheckAtOnce } from '../checking/index.ts';
import { collectDocuments, filingOfSubject, recountTerms, tellOldLinks } from '../intake/index.ts';
import { countPages } from '../pdf/index.ts';
import { finishTalons, numberYear } from '../registration/index.ts';
import { draftRulings, raiseActs, raiseAtOnce } from '../acts/index.ts';
import {
  anchorJournal,
  downloadDocument,
  failureOf,
  forgetBackoff,
  lastSuccessAt,
  leaseNumbers,
  noteClock,
  noteSuccess,
  noteVersions,
  openClaims,
  outboxStatus,
  pullFeed,
  readFinding,
  readUpdateHold,
  replayDeferred,
  resumeSending,
  retryFreed,
  returnNumbers,
  sendOutbox,
  updateFailure,
  type HistoryFinding,
} from '../sync/index.ts';
import { forgetPassing, isDiskFull, readSetting, writeSetting } from '../store/index.ts';
import { RESERVE_LIMITS } from '../../shared/registry/index.ts';
import type { SyncStep } from '../../shared/contract/index.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import { versionOf, type Desk } from './desk.ts';
import { noteRevoked, noteTime } from './offline-sign-in.ts';
import { filingsToVerify } from './filings-to-verify.ts';
import { numbersNeeded } from './numbers-needed.ts';
import { makeScheduledReports, notePulled } from './scheduled-reports.ts';
import { takeFeedItem } from './take-feed-item.ts';
import { anchorParts, auditHistory, compareJournal, noteFailure, watchHistory } from './watch-history.ts';

/** What the steps of a round changed, gathered also when a later step fails, so that a window can look again. */
export type Changes = {
  readonly filingIds: Set<string>;
  arrived: number;
  /** Reports of a month that were made. */
  reports: number;
  /** Why the registry leased no numbers; all else went on. */
  unleased: Failure | null;
  readonly onStep?: (step: SyncStep) => void;
  /** A filing is otherwise than before, long before the round is over perhaps. */
  readonly onFiling?: (id: string) => void;
};
/** `now`: a person is waiting, so that every back-off is over. `patient`: the round of the background. */
export type Pace = 'now' | 'patient';
export const noChanges = (): Changes => ({ filingIds: new Set(), arrived: 0, reports: 0, unleased: null });

function noteFiling(changes: Changes, id: string): void {
  changes.filingIds.add(id);
  changes.onFiling?.(id);
}

const LINE_DOWN = 'sync.line-down-since';

/** What an interrupted run may have left half said; harmless to repeat. Runs once when the desk opens. */
export function resume(desk: Desk): void {
  resumeSending(desk.store);
  resumeReading(desk);
}

const resumeReading = (desk: Desk, changes?: Changes) =>
  replayDeferred({ store: desk.store, apply: (tx, item) => takeFeedItem(desk, tx, item, changes) });

/**
 * Brings the feed and the documents, leases numbers, verifies what has arrived. Needs the line. A desk whose own past is in doubt
 * takes in what comes, leases nothing, and says so.
 */
export const pull = (desk: Desk, changes = noChanges(), pace: Pace = 'now'): Promise<Result<Changes>> =>
  onADisk(() => pullAll(desk, changes, pace));

async function pullAll(desk: Desk, changes: Changes, pace: Pace): Promise<Result<Changes>> {
  desk.store.write((tx) => {
    const now = desk.config.clock();
    noteClock(tx, now);
    noteTime(tx, now);
  });
  const before = countFilings(desk);
  changes.onStep?.('asking');
  const mode = await desk.client.health();
  const returned = noteLine(desk, mode.ok);
  if (!mode.ok) return mode;
  if (mode.value.mode !== desk.profile.mode) return fail('registry-mode-mismatch');
  noteVersions(desk.store, mode.value, versionOf(desk.config));
  const history = await watchHistory(desk, mode.value);
  if (!history.ok) return history;
  changes.onStep?.('reading');
  if (desk.store.read.get("SELECT 1 FROM feed_deferred WHERE reason = 'number-taken'")) resumeReading(desk, changes);
  const feed = await pullFeed({
    store: desk.store,
    client: desk.client,
    court: desk.profile.court.code,
    apply: (tx, item) => takeFeedItem(desk, tx, item, changes),
  });
  changes.arrived += countFilings(desk) - before;
  if (!feed.ok) return noteFailure(desk, feed.error);
  const { time } = mode.value;
  desk.store.write((tx) => notePulled(tx, time));
  if (history.value === null) {
    changes.onStep?.('holding');
    const kept = await keepLeases(desk, changes);
    if (!kept.ok) return kept;
    const leased = await lease(desk);
    if (!leased.ok) return leased;
    changes.unleased = leased.value;
    const audited = await auditHistory(desk);
    if (!audited.ok) return audited;
  }
  const touched = new Set<string>();
  changes.onStep?.('documents');
  const collected = await collectDocuments(
    {
      store: desk.store,
      blobs: desk.blobs,
      countPages,
      clock: desk.config.clock,
      random: desk.config.random ?? Math.random,
      impatient: pace === 'now' || returned,
      download: (wanted) => downloadDocument({ client: desk.client, blobs: desk.blobs }, wanted),
    },
    touched,
  );
  for (const id of touched) noteFiling(changes, id);
  changes.onStep?.('checking');
  await verifyDue(desk, touched, changes);
  if (!collected.ok) return collected;
  if (history.value !== null) return failureOf(history.value);
  desk.store.write((tx) => noteSuccess(tx, desk.config.clock()));
  return changes.unleased === null ? ok(changes) : { ok: false, error: changes.unleased };
}

/** No numbers for now, or none left of a series. */
const isUnleased = ({ code }: Failure) => code === 'numbers-held' || code === 'registry-refused';

/** What the desk has bound is claimed before it gets more. A registry that leases no numbers for now keeps nothing else from going on. */
async function lease(desk: Desk): Promise<Result<Failure | null>> {
  const { store, client, config } = desk;
  if (openClaims(store.read).length > 0) return ok(null);
  const leased = await leaseNumbers({ store, client, newId: config.newId, clock: config.clock }, numbersNeeded(desk));
  return leased.ok || !isUnleased(leased.error) ? leased : ok(leased.error);
}

/** How many filings a desk wants set aside; the registry gives less where several desks share a queue. */
const RESERVE = RESERVE_LIMITS.alone;

/** Tells the registry which filings are worked on here, hears who has the others, sends again what waited for one of them, and gives back numbers of years that are over. */
async function keepLeases(desk: Desk, changes: Changes): Promise<Result<null>> {
  const { store, config } = desk;
  const kept = await desk.leases.keep({ count: RESERVE, onlyAlone: config.sharesQueue !== true });
  if (!kept.ok) return kept;
  for (const id of kept.value.changed) changes.filingIds.add(id);
  const now = config.clock();
  store.write((tx) => {
    retryFreed(tx, now);
    returnNumbers(tx, { newId: config.newId, at: now, actor: null }, { before: numberYear(now) });
  });
  return ok(null);
}

/** What waits for the network is tried as soon as it is back, also when the program was closed in between. True when it is back just now. */
function noteLine({ store, config, evidence, acts }: Desk, up: boolean): boolean {
  const downSince = readSetting<string>(store.read, LINE_DOWN);
  if (up === (downSince === null)) return false;
  const now = config.clock();
  store.write((tx) => writeSetting(tx, LINE_DOWN, up ? null : now));
  if (!up) return false;
  evidence.lineReturned();
  acts.sealing.timestamps?.lineReturned();
  store.write((tx) => raiseAtOnce(tx, now));
  recheckAtOnce(store, now);
  forgetBackoff(store);
  return true;
}

/** Verifies what has never been, what has just changed and what is due for another try. Needs no line. */
async function verifyDue(desk: Desk, touched: Iterable<string>, changes: Changes): Promise<void> {
  if (await desk.evidenceChanged()) recheckAtOnce(desk.store, desk.config.clock());
  const due = filingsToVerify(desk.store.read, desk.config.clock());
  for (const id of new Set([...touched, ...due])) {
    const before = standOf(desk, id);
    await desk.verify(id);
    if (standOf(desk, id) !== before) noteFiling(changes, id);
  }
  await desk.evidenceChanged();
}

/** Work that follows from what was decided and needs no line: talons to draw, reports of a month that is over, rulings to draft, verdicts due for another try, signatures to raise. */
export const finishWork = (desk: Desk, changes = noChanges()): Promise<Result<Changes>> => onADisk(() => finishAll(desk, changes));

async function finishAll(desk: Desk, changes: Changes): Promise<Result<Changes>> {
  forgetPassing(desk, desk.config.clock());
  for (const id of recountTerms(desk.store, desk.reference, desk.config.clock())) changes.filingIds.add(id);
  await verifyDue(desk, [], changes);
  const talons = await finishTalons(desk.registration);
  if (!talons.ok) return talons;
  const drafts = await draftRulings(desk.acts);
  if (!drafts.ok) return drafts;
  const raised = await raiseActs(desk.acts);
  if (!raised.ok) return raised;
  for (const id of [...talons.value.filingIds, ...drafts.value.filingIds, ...raised.value.filingIds]) changes.filingIds.add(id);
  const reports = await makeScheduledReports(desk);
  if (!reports.ok) return reports;
  changes.reports += reports.value;
  return ok(changes);
}

/** Sends what is due, then anchors the head of the journal in the registry. */
export const push = (desk: Desk, changes = noChanges()): Promise<Result<Changes>> => onADisk(() => pushAll(desk, changes));

async function pushAll(desk: Desk, changes: Changes): Promise<Result<Changes>> {
  const { store, blobs, client, config } = desk;
  const finding = readFinding(store.read);
  if (finding) return failureOf(finding);
  const hold = readUpdateHold(store.read);
  if (hold) return updateFailure(hold);
  changes.onStep?.('sending');
  const known = await desk.sessions.handIn();
  if (!known.ok) return known;
  tellOldLinks({ store, clock: config.clock, newId: config.newId }, (id) => desk.sessions.isOpen(id));
  const settled = new Set<string>();
  const sent = await sendOutbox(
    { store, blobs, client, clock: config.clock, random: config.random ?? Math.random, adopt: desk.adopt },
    settled,
  );
  for (const subject of settled) changes.filingIds.add(filingOfSubject(subject));
  if (!sent.ok) return sent;
  const anchored = await anchorJournal(anchorParts(desk));
  if (anchored.ok) return ok(changes);
  if (anchored.error.code !== 'journal-rolled-back') return anchored;
  const compared = await compareJournal(desk, true);
  const found = readFinding(store.read);
  return !compared.ok ? compared : found ? failureOf(found) : anchored;
}

/** One whole round: pull, follow-up work, push. Afterwards the desk knows whether the registry lets it in. */
export async function syncOnce(desk: Desk, changes = noChanges(), pace: Pace = 'now'): Promise<Result<Changes>> {
  const done = await syncAll(desk, changes, pace);
  const revoked = !done.ok && done.error.code === 'workstation-revoked';
  const noted = await onADisk(() => {
    if (done.ok || revoked) noteRevoked(desk.store, revoked ? desk.config.clock() : null);
    return Promise.resolve(ok(null));
  });
  return done.ok && !noted.ok ? noted : done;
}

async function syncAll(desk: Desk, changes: Changes, pace: Pace): Promise<Result<Changes>> {
  const pulled = await pull(desk, changes, pace);
  const finished = await finishWork(desk, changes);
  const held = !pulled.ok && pulled.error === changes.unleased ? pulled : null;
  if (!pulled.ok && held === null) return pulled;
  if (!finished.ok) return finished;
  if (pace === 'now') forgetBackoff(desk.store);
  const pushed = await push(desk, changes);
  if (!pushed.ok) return pushed;
  return onADisk(() => {
    desk.store.write((tx) => noteSuccess(tx, desk.config.clock()));
    return Promise.resolve(held ?? ok(changes));
  });
}

/** A disk without room is a normal day: what was written before stays, and the round says why it stopped. */
async function onADisk<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (isDiskFull(error)) return fail('disk-full');
    throw error;
  }
}

export const lastSuccessOf = (desk: Desk): string | null => lastSuccessAt(desk.store.read);
export const findingOf = (desk: Desk): HistoryFinding | null => readFinding(desk.store.read);
export const outboxOf = (desk: Desk) => outboxStatus(desk.store.read);

/** What the window shows of a verdict: itself, and when it is tried again. */
const standOf = (desk: Desk, id: string) =>
  JSON.stringify(desk.store.read.get('SELECT revision, recheck_at FROM filing WHERE id = ?', id) ?? null);
const countFilings = (desk: Desk) => desk.store.read.get<{ n: number }>('SELECT count(*) AS n FROM filing')!.n;
