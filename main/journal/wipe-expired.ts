import { courtDayOf, startOfCourtDay, type CourtDay } from '../../shared/domain/court-day.ts';
import { addMonths } from '../../shared/domain/term-end.ts';
import type { RetentionTerms } from '../reference/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { giveWay, wipedDigest, type BlobStore, type Pace, type Reading, type Store, type Writing } from '../store/index.ts';
import { listExpiredFilings } from './expired-filings.ts';
import { oldUpTo, type Bounds } from './period-bounds.ts';
import { finishWiping, wipeFilings } from './wipe-filings.ts';

export type WipeParts = {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly terms: (day: string) => RetentionTerms;
  readonly clock: () => string;
  /** When the registry last confirmed the time, null when never: a clock set ahead wipes nothing early. */
  readonly confirmedAt: string | null;
};
/** What would go now. */
export type Expired = {
  readonly terms: RetentionTerms;
  readonly journal: { readonly before: string; readonly entries: number; readonly first: number | null; readonly last: number | null };
  readonly drafts: { readonly before: string; readonly count: number };
  /** That the program made for a month. */
  readonly reports: { readonly before: string; readonly count: number };
  /** Whose contents go; `oldest` and `newest` are the instants at which the first and the last of them came. */
  readonly filings: { readonly before: string; readonly count: number; readonly oldest: string | null; readonly newest: string | null };
};
export type WipeCounts = { readonly entries: number; readonly drafts: number; readonly reports: number; readonly filings: number };

/** What tells of wipings and of doubts about the past stays whole. */
const KEPT =
  "'journal.wiped', 'journal.drafts-wiped', 'journal.reports-wiped', 'filing.wiped', 'history.found', 'history.accept-asked', 'history.accepted', 'clock.set-back'";
const EXPIRED = `seq BETWEEN @first AND @last AND wiped_by IS NULL AND action NOT IN (${KEPT}) AND (details <> '{}' OR actor IS NOT NULL OR subject IS NOT NULL)`;
const AT_ONCE = 2000;
/** Entries that are looked at before others have their turn. */
export const COUNTED_AT_ONCE = 10_000;

/** Null when the time is not confirmed by the registry, since nobody can say what is old then. */
export async function readExpired(parts: WipeParts): Promise<Expired | null> {
  const found = await findExpired(parts, {});
  if (found === null) return null;
  const { terms, journal, drafts, reports, filings } = found;
  return { terms, journal, drafts, reports, filings };
}

type Found = Expired & { readonly filingIds: readonly string[] };

/** Drafts and filings are read last: where that is done `alone`, what the caller does next is done to what was found. */
async function findExpired({ store, terms, clock, confirmedAt }: WipeParts, pace: Pace): Promise<Found | null> {
  if (confirmedAt === null) return null;
  const today = courtDayOf(clock() < confirmedAt ? clock() : confirmedAt);
  const set = terms(today);
  const journal = { before: monthsBefore(today, 12 * set.journalYears) };
  const drafts = { before: monthsBefore(today, set.draftMonths) };
  const now = clock() > confirmedAt ? clock() : confirmedAt;
  const found = await countEntries(store.read, oldUpTo(store.read, newestOf(store.read), { ...journal, now }));
  const { count } = store.read.get<{ count: number }>('SELECT count(*) AS count FROM form_draft WHERE at < @before', drafts)!;
  const before = (years: number) => monthsBefore(today, 12 * years);
  const reports = { before: before(set.reportYears) };
  const made = store.read.get<{ count: number }>('SELECT count(*) AS count FROM made_report WHERE made_at < @before', reports)!;
  const old = await store.snapshot((read) => listExpiredFilings(read, set, before), pace);
  return {
    terms: set,
    journal: { ...journal, ...found },
    drafts: { ...drafts, count },
    reports: { ...reports, ...made },
    filings: {
      before: before(set.filingYears),
      count: old.length,
      oldest: old[0]?.receivedAt ?? null,
      newest: old.at(-1)?.receivedAt ?? null,
    },
    filingIds: old.map(({ id }) => id),
  };
}

type Counted = { readonly entries: number; readonly first: number | null; readonly last: number | null };

/** The whole journal may be old: it is looked at piece by piece, with the turn of others in between. */
async function countEntries(read: Reading, upTo: number): Promise<Counted> {
  let found: Counted = { entries: 0, first: null, last: null };
  for (let first = 1; first <= upTo; first += COUNTED_AT_ONCE) {
    const last = Math.min(first + COUNTED_AT_ONCE - 1, upTo);
    const piece = read.get<Counted>(`SELECT count(*) AS entries, min(seq) AS first, max(seq) AS last FROM journal WHERE ${EXPIRED}`, {
      ...{ first, last },
    })!;
    found = { entries: found.entries + piece.entries, first: found.first ?? piece.first, last: piece.last ?? found.last };
    await giveWay();
  }
  return found;
}

/**
 * Wipes what is beyond its term: of an entry of the journal who, about what and what was noted; its time, action and hash stay, so that the chain
 * still holds; of a filing everything but its bare row (`wipeFilings`). Each part is one transaction with the entry that tells of it; what was interrupted goes on with the next call.
 * @param seen what the person was shown; other figures now are `stale-revision`, and nothing is wiped.
 */
export async function wipeExpired(
  parts: WipeParts,
  { actor, reason, seen }: { actor: string; reason: string; seen: WipeCounts },
): Promise<Result<WipeCounts>> {
  const { store, blobs, clock } = parts;
  await finishWiping(store, blobs);
  const expired = await findExpired(parts, { alone: true });
  if (expired === null) return fail('nothing-expired');
  const { journal, drafts, reports, filings, filingIds } = expired;
  const now: WipeCounts = { entries: journal.entries, drafts: drafts.count, reports: reports.count, filings: filings.count };
  if (Object.values(now).every((count) => count === 0)) return fail('nothing-expired');
  if ((Object.keys(now) as (keyof WipeCounts)[]).some((what) => now[what] !== seen[what])) return fail('stale-revision');
  const wiped = { ...now, entries: 0, drafts: 0, reports: 0 };
  const told = { actor, reason, at: clock };
  if (drafts.count > 0) wiped.drafts = store.write((tx) => wipeDrafts(tx, drafts.before, told));
  if (reports.count > 0) wiped.reports = store.write((tx) => wipeReports(tx, reports.before, told));
  await wipeFilings(store, blobs, filingIds, { actor, reason, clock });
  const last = journal.last ?? 0;
  for (let first = journal.first ?? 1; first <= last;) {
    const part = store.write((tx) => wipePart(tx, { before: journal.before, first, last }, told));
    if (part === null) break;
    wiped.entries += part.count;
    first = part.to + 1;
    await giveWay();
  }
  store.settle();
  return ok(wiped);
}

type Told = { readonly actor: string; readonly reason: string; readonly at: () => string };

function wipePart(
  tx: Writing,
  old: Bounds & { readonly before: string },
  { actor, reason, at }: Told,
): { readonly count: number; readonly to: number } | null {
  const rows = tx.all<{ seq: number; at: string; action: string; hash: string }>(
    `SELECT seq, at, action, hash FROM journal WHERE ${EXPIRED} ORDER BY seq LIMIT ${AT_ONCE}`,
    { first: old.first, last: old.last },
  );
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return null;
  const { count, sha256 } = wipedDigest(rows);
  const details = { entries: count, from: first.seq, to: last.seq, before: old.before, reason, sha256 };
  tx.journal({ at: at(), actor, action: 'journal.wiped', subject: null, details });
  const place = newestOf(tx);
  for (const { seq } of rows)
    tx.run("UPDATE journal SET details = '{}', actor = NULL, subject = NULL, wiped_by = ? WHERE seq = ?", place, seq);
  return { count, to: last.seq };
}

function wipeDrafts(tx: Writing, before: string, { actor, reason, at }: Told): number {
  const count = tx.run('DELETE FROM form_draft WHERE at < ?', before);
  tx.journal({ at: at(), actor, action: 'journal.drafts-wiped', subject: null, details: { count, before, reason } });
  return count;
}

/** The rows; `finishWiping` takes the files away. */
function wipeReports(tx: Writing, before: string, { actor, reason, at }: Told): number {
  const old = 'made_report WHERE made_at < @before';
  tx.run(
    `INSERT OR IGNORE INTO wiping_left (what) SELECT xlsx_sha256 FROM ${old} UNION SELECT pdf_sha256 FROM ${old} AND pdf_sha256 IS NOT NULL`,
    { before },
  );
  const count = tx.run(`DELETE FROM ${old}`, { before });
  tx.journal({ at: at(), actor, action: 'journal.reports-wiped', subject: null, details: { count, before, reason } });
  return count;
}

const newestOf = (read: Reading): number => read.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM journal')!.seq ?? 0;

/** With the beginning of a court day, so that the figures stay the same from when somebody reads them until they say so. */
const monthsBefore = (today: CourtDay, months: number): string => new Date(startOfCourtDay(addMonths(today, -months))).toISOString();
