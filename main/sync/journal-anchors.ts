import { anchorText, type JournalAnchor } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readSetting, walkToEnd, writeSetting, type JournalHead, type Reading, type Store, type Writing } from '../store/index.ts';
import type { HistoryFinding } from './history-finding.ts';
import { isSignedByRegistry } from './history-key.ts';
import { lastSuccessAt } from './last-success.ts';
import type { RegistryClient, WorkstationIdentity } from './registry-client.ts';
import type { DeskSessions } from './sessions.ts';

export type AnchorParts = {
  readonly store: Store;
  readonly client: RegistryClient;
  /** The workstation of the profile that the database lies in. */
  readonly workstationId: string;
  readonly clock: () => string;
  readonly newId: () => string;
  /** Sends what a person decided, with the proof of it. */
  readonly command: DeskSessions['command'];
};
type Found = Omit<HistoryFinding, 'foundAt'>;

const RECEIPT = 'journal.receipt';
const ACCEPTED = 'journal.accepted';
const ANCHORS_PER_PAGE = 200;

/** What the registry last signed for this journal. */
export const readReceipt = (read: Reading): JournalAnchor | null => readSetting<JournalAnchor>(read, RECEIPT);

export function keepReceipt(tx: Writing, anchor: JournalHead, receipt: JournalAnchor | undefined, accepted: boolean): void {
  const kept = receipt ?? { ...anchor, anchoredAt: '', signature: '' };
  writeSetting(tx, RECEIPT, kept);
  if (accepted) writeSetting(tx, ACCEPTED, kept);
}
export const forgetReceipt = (tx: Writing): void => writeSetting(tx, RECEIPT, null);

/** Tells the registry how long the journal is and what its last hash is. `journal-rolled-back`: it knows another journal. */
export async function anchorJournal({ store, client, clock, newId }: AnchorParts): Promise<Result<null>> {
  const { entries, head } = store.journalHead();
  const before = readReceipt(store.read);
  if (before?.entries === entries && before.head === head) return ok(null);
  // a decision about the past names an earlier head, which would contradict the receipt for this one
  if (store.read.get("SELECT 1 FROM outbox WHERE kind = 'journal.accept' AND state <> 'done' AND state IN ('waiting', 'sending')"))
    return ok(null);
  const answer = await client.command({
    id: newId(),
    kind: 'journal.anchor',
    schemaVersion: 1,
    subject: 'workstation',
    actor: null,
    at: clock(),
    payload: { entries, head },
  });
  if (!answer.ok) return answer;
  const { outcome, receipt } = answer.value;
  if (outcome !== 'applied' && outcome !== 'duplicate')
    return answer.value.code === 'journal-rolled-back' || answer.value.code === 'update-needed'
      ? fail(answer.value.code)
      : fail('registry-refused', { code: outcome });
  store.write((tx) => keepReceipt(tx, { entries, head }, receipt, false));
  return ok(null);
}

/**
 * Compares the journal, entry by entry and with all that was anchored. Null: it is the one that the registry knows.
 * @param walked where the chain does not hold, when that was just found out.
 */
export async function checkAgainstAnchors(
  parts: AnchorParts,
  walked?: { readonly brokenAt: number | null },
): Promise<Result<Found | null>> {
  const { store, client, workstationId } = parts;
  const { read } = store;
  if (readSetting<WorkstationIdentity>(read, 'workstation.identity')?.workstationId !== workstationId)
    return ok({ code: 'database-swapped', entry: 1, since: null });
  const newest = await client.journalAnchors(null, 1);
  if (!newest.ok) return newest.error.params?.['status'] === 404 ? ok(null) : newest;
  const latest = newest.value.anchors[0] ?? null;
  const unsigned = newest.value.anchors.find((anchor) => isSigned(read, workstationId, anchor) === false);
  if (unsigned) return ok({ code: 'registry-head-unsigned', entry: unsigned.entries, since: lastSuccessAt(read) });

  const { brokenAt } = walked ?? (await walkFrom(store, acceptedPart(read, workstationId)));
  const receipt = readReceipt(read);
  if (brokenAt === null && receipt && isSigned(read, workstationId, receipt) && hashAt(read, receipt.entries) === receipt.head) {
    const held = await client.journalAnchors(receipt.entries + 1, 1);
    if (!held.ok) return held;
    const [same] = held.value.anchors;
    if (same?.entries !== receipt.entries || same.head !== receipt.head)
      return ok({ code: 'registry-anchors-changed', entry: receipt.entries, since: receipt.anchoredAt });
  }
  if (brokenAt === null && (latest === null || hashAt(read, latest.entries) === latest.head)) return ok(null);
  return locate(parts, brokenAt, latest);
}

async function walkFrom(store: Store, trusted: JournalHead): Promise<{ brokenAt: number | null }> {
  const walk = store.walkJournal(trusted);
  await walkToEnd(walk);
  return { brokenAt: walk.broken()?.entry ?? null };
}

/** Names what is wrong by the newest anchor that still fits. */
async function locate({ store, client }: AnchorParts, brokenAt: number | null, latest: JournalAnchor | null): Promise<Result<Found>> {
  const { entries } = store.journalHead();
  const limit = brokenAt === null ? entries : brokenAt - 1;
  let contradictedFrom = Infinity;
  for (let before: number | null = null; ;) {
    const page = await client.journalAnchors(before, ANCHORS_PER_PAGE);
    if (!page.ok) return page;
    for (const anchor of page.value.anchors) {
      if (anchor.entries > limit) continue;
      if (hashAt(store.read, anchor.entries) === anchor.head) return ok(name(anchor));
      contradictedFrom = Math.min(contradictedFrom, anchor.entries);
    }
    const last = page.value.anchors.at(-1);
    if (!page.value.more || last === undefined || last.entries === 0) return ok(name(null));
    before = last.entries;
  }

  function name(good: JournalAnchor | null): Found {
    const since = good?.anchoredAt ?? null;
    if (brokenAt !== null) return { code: 'journal-edited', entry: brokenAt, since };
    // an older copy may have been worked on before it was compared: what it wrote is younger than all that was anchored
    const rolledBackAt = latest && firstAfter(store.read, latest.anchoredAt);
    if (rolledBackAt !== null && contradictedFrom >= rolledBackAt) return { code: 'journal-rolled-back', entry: rolledBackAt, since };
    return { code: good ? 'journal-edited' : 'database-swapped', entry: (good?.entries ?? 0) + 1, since };
  }
}

/** Null where the registry is an older one, which signs nothing. */
export const isSigned = (read: Reading, workstationId: string, anchor: JournalAnchor) =>
  isSignedByRegistry(read, anchorText(workstationId, anchor), anchor.signature);

const hashAt = (read: Reading, seq: number): string | null =>
  read.get<{ hash: string }>('SELECT hash FROM journal WHERE seq = ?', seq)?.hash ?? (seq === 0 ? '0'.repeat(64) : null);

/** The first entry made after an instant; the place after the last when there is none. */
const firstAfter = (read: Reading, instant: string): number =>
  read.get<{ seq: number }>(
    'SELECT coalesce((SELECT min(seq) FROM journal WHERE at > ?), (SELECT max(seq) FROM journal) + 1, 1) AS seq',
    instant,
  )!.seq;

/** The part of the journal that a person has accepted as it is, when the registry has signed that. */
export function acceptedPart(read: Reading, workstationId: string): JournalHead {
  const accepted = readSetting<JournalAnchor>(read, ACCEPTED);
  const holds = accepted && isSigned(read, workstationId, accepted) && hashAt(read, accepted.entries) === accepted.head;
  return holds ? { entries: accepted.entries, head: accepted.head } : { entries: 0, head: '0'.repeat(64) };
}
