import type { Health } from '../../shared/registry/index.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import { walkToEnd, type JournalCheck, type Store } from '../store/index.ts';
import {
  acceptHistory,
  auditFeed,
  checkAgainstAnchors,
  concludeAsked,
  failureOf,
  firstDifference,
  isDeskFinding,
  keepFinding,
  lastSuccessAt,
  noteRestored,
  pinHistoryKey,
  readCursor,
  readFinding,
  readReceipt,
  REGISTRY_FINDINGS,
  type AnchorParts,
  type Decision,
  type HistoryFinding,
} from '../sync/index.ts';
import { acceptedJournal, trustedPart, type AcceptedJournal } from './accepted-journal.ts';
import type { Desk } from './desk.ts';
import { compareWithKnown, keepFault, noteChecked, type JournalFault } from './journal-watch.ts';

/** What the database said of changes by others when the journal was last compared; once for every opened database. */
const compared = new WeakMap<Store, number>();

export const anchorParts = (desk: Desk): AnchorParts => ({
  store: desk.store,
  client: desk.client,
  workstationId: desk.profile.workstationId,
  clock: desk.config.clock,
  newId: desk.config.newId,
  command: desk.sessions.command,
});

/**
 * Whether both sides still have the past they agreed on. The journal is compared when the database has just been opened and whenever
 * another process has written to it; before the first answer is taken over, so that what is found is named as it was.
 * A finding about the registry is a failure; one about the desk is answered, for what comes in does no harm.
 */
export async function watchHistory(desk: Desk, health: Health): Promise<Result<HistoryFinding | null>> {
  const { store, config } = desk;
  await concludeAsked(anchorParts(desk));
  if (!readFinding(store.read)) {
    if (!pinHistoryKey(store, health))
      keepFinding(store, { code: 'registry-key-changed', entry: 1, since: lastSuccessAt(store.read) }, config.clock());
    else if (noteRestored(store, health.restoredAt)) {
      const noted = await noteRestoration(desk);
      if (!noted.ok) return noted;
    } else {
      const checked = await compareJournal(desk);
      if (!checked.ok) return checked;
    }
  }
  const finding = readFinding(store.read);
  return finding === null || isDeskFinding(finding.code) ? ok(finding) : failureOf(finding);
}

/** What was sent may be gone even where nothing is missing of the feed as this desk has read it. */
async function noteRestoration({ store, client, config }: Desk): Promise<Result<null>> {
  const difference = await firstDifference({ store, client });
  if (!difference.ok) return difference;
  const entry = difference.value ?? readCursor(store.read) + 1;
  keepFinding(store, { code: 'registry-restored', entry, since: lastSuccessAt(store.read) }, config.clock());
  return ok(null);
}

/** Compares the journal when it may have been changed, or when told to. */
export async function compareJournal(desk: Desk, always = false, walked?: { brokenAt: number | null }): Promise<Result<null>> {
  const { store, config } = desk;
  const version = store.read.get<{ data_version: number }>('PRAGMA data_version')!.data_version;
  if (!always && compared.get(store) === version) return ok(null);
  const found = await checkAgainstAnchors(anchorParts(desk), walked);
  if (!found.ok) return found;
  if (found.value) keepFinding(store, found.value, config.clock());
  else compared.set(store, version);
  return ok(null);
}

/** Turns what a pull says of the registry's past into a finding; every other failure stays what it is. */
export function noteFailure(desk: Desk, error: Failure): { ok: false; error: Failure } {
  const code = REGISTRY_FINDINGS.find((c) => c === error.code);
  if (!code) return { ok: false, error };
  const found = { code, entry: Number(error.params?.['entry'] ?? 1), since: lastSuccessAt(desk.store.read) };
  return failureOf(keepFinding(desk.store, found, desk.config.clock()));
}

/** One step of looking again at what was read of the feed. */
export async function auditHistory(desk: Desk): Promise<Result<null>> {
  const { store, client, config } = desk;
  const audited = await auditFeed({ store, client, clock: config.clock });
  if (!audited.ok) return audited.error.params?.['status'] === 404 ? ok(null) : audited;
  if (audited.value === null) return ok(null);
  const found = { code: 'registry-history-changed', entry: audited.value, since: lastSuccessAt(store.read) } as const;
  return failureOf(keepFinding(store, found, config.clock()));
}

/** A person lets the desk go on; see acceptHistory. */
export const acceptHistoryOf = (desk: Desk, decision: Decision): Promise<Result<null>> => acceptHistory(anchorParts(desk), decision);

export type HistoryCheck = JournalCheck & {
  /** What does not hold, and how. */
  readonly fault: JournalFault | null;
  /** What a person has accepted as it is; the chain is walked from there on. */
  readonly accepted: AcceptedJournal | null;
  /** What the registry last signed of this journal. */
  readonly anchored: { readonly entries: number; readonly at: string } | null;
  /** Whether the registry was asked now; `finding` is then as of now. */
  readonly compared: boolean;
  readonly finding: HistoryFinding | null;
};

/**
 * Walks the journal, from what a person has accepted on, and compares it with what the profile knew of it; with a line also with all that was anchored, and the whole feed with
 * what was read.
 */
export async function checkHistory(desk: Desk): Promise<Result<HistoryCheck>> {
  const { store, client } = desk;
  const trusted = trustedPart(desk);
  const walk = store.walkJournal(trusted);
  await walkToEnd(walk);
  const fault = walk.broken() ?? compareWithKnown(desk);
  const compared = await compareAll();
  if (!compared.ok) return compared;
  if (fault !== null) keepFault(desk, fault);
  if (fault !== null || readFinding(store.read) === null) noteChecked(desk, fault);
  const receipt = readReceipt(store.read);
  const brokenAt = walk.broken()?.entry ?? null;
  return ok({
    entries: store.journalHead().entries,
    chain: brokenAt === null ? 'ok' : 'broken',
    brokenAt,
    fault,
    accepted: acceptedJournal(desk),
    anchored: receipt && { entries: receipt.entries, at: receipt.anchoredAt },
    compared: compared.value,
    finding: readFinding(store.read),
  });

  async function compareAll(): Promise<Result<boolean>> {
    const health = await client.health();
    if (!health.ok) return ok(false);
    const watched = await watchHistory(desk, health.value);
    if (!watched.ok) return readFinding(store.read) ? ok(true) : unasked(watched);
    if (watched.value !== null) return ok(true);
    const same = trustedPart(desk).head === trusted.head;
    const journal = await compareJournal(desk, true, same ? { brokenAt: walk.broken()?.entry ?? null } : undefined);
    if (!journal.ok) return unasked(journal);
    const entry = await firstDifference({ store, client });
    if (!entry.ok) return unasked(entry);
    if (entry.value !== null) noteFailure(desk, fail('registry-history-changed', { entry: entry.value }).error);
    return ok(true);
  }
}

/** A line that broke in between is as good as none; anything else is told. */
const unasked = (failed: { ok: false; error: Failure }): Result<boolean> =>
  failed.error.code === 'registry-unreachable' ? ok(false) : failed;
