import type { RetentionTerms } from '../reference/index.ts';
import { filingOfSubjectSql, type Snapshot } from '../store/index.ts';

/** What the court has ended its work on. */
const DONE = "'accepted', 'returned', 'refused', 'transferred', 'fulfilled'";

/** The instants at which something happened to a filing, or will. */
const MOMENTS = `
  SELECT filing_id, signed_at AS at FROM filing_decision
  UNION ALL SELECT d.filing_id, t.value ->> '$.dueAt' FROM filing_decision d, json_each(d.terms) t
  UNION ALL SELECT filing_id, max(coalesce(signed_at, prepared_at), coalesce(dispatched_at, '')) FROM act
  UNION ALL SELECT filing_id, signed_at FROM issued_act
  UNION ALL SELECT filing_id, held ->> '$.startsAt' FROM hearing WHERE filing_id IS NOT NULL
  UNION ALL SELECT f.id, h.held ->> '$.startsAt' FROM hearing h JOIN filing f ON f.case_number = h.case_number
  UNION ALL SELECT f.id, h.held ->> '$.startsAt' FROM hearing h JOIN filing f ON f.joins_case = h.case_number
  UNION ALL SELECT content ->> '$.filingId', at FROM delivery
  UNION ALL SELECT a.filing_id, d.at FROM delivery d JOIN issued_act a ON a.id = d.subject
  UNION ALL SELECT filing_id, held ->> '$.fulfilledAt' FROM fulfilment
  UNION ALL SELECT filing_id, coalesce(held ->> '$.withdrawnAt', held ->> '$.until') FROM case_file_grant
  UNION ALL SELECT filing_id, max(coalesce(asked_at, made_at, ''), coalesce(answered_at, '')) FROM survey
  UNION ALL SELECT filing_id, made_at FROM filing_note
  UNION ALL SELECT filing_id, made_at FROM filing_correction
  UNION ALL SELECT filing_id, made_at FROM fact_correction
  UNION ALL SELECT filing_id, recalled_at FROM proposal_recall
  UNION ALL SELECT filing_id, received_at FROM filing_annex
  UNION ALL SELECT filing_id, at FROM form_draft`;

const ON_ITS_WAY = "d.content ->> '$.state' = 'waiting' OR d.content ->> '$.nextAt' IS NOT NULL";
/** Filings of which something is open here, waits for the registry or for a person, or is on its way. */
const BUSY = `
  SELECT ${filingOfSubjectSql('subject')} AS filing_id FROM outbox WHERE state <> 'done'
  UNION ALL SELECT payload ->> '$.filingId' FROM outbox WHERE state <> 'done'
  UNION ALL SELECT payload ->> '$.otherId' FROM outbox WHERE state <> 'done' AND kind = 'filing.link'
  UNION ALL SELECT json_extract(item, '$.subject') FROM feed_deferred
  UNION ALL SELECT json_extract(item, '$.data.filingId') FROM feed_deferred
  UNION ALL SELECT filing_id FROM act WHERE state = 'draft' OR (state = 'signed' AND set_aside_at IS NULL)
  UNION ALL SELECT a.filing_id FROM act_raise r JOIN act a ON a.id = r.act_id WHERE r.next_at IS NOT NULL
  UNION ALL SELECT a.filing_id FROM batch_item i JOIN batch b ON b.id = i.batch_id JOIN act a ON a.id = i.act_id WHERE b.state = 'running'
  UNION ALL SELECT filing_id FROM document WHERE state = 'pending'
  UNION ALL SELECT filing_id FROM lease
  UNION ALL SELECT filing_id FROM presence
  UNION ALL SELECT filing_id FROM own_work
  UNION ALL SELECT filing_id FROM registration_conflict
  UNION ALL SELECT filing_id FROM paper_work WHERE filing_id IS NOT NULL
  UNION ALL SELECT filing_id FROM hearing WHERE own IS NOT NULL
  UNION ALL SELECT f.id FROM hearing h JOIN filing f ON f.case_number = h.case_number WHERE h.own IS NOT NULL
  UNION ALL SELECT f.id FROM hearing h JOIN filing f ON f.joins_case = h.case_number WHERE h.own IS NOT NULL
  UNION ALL SELECT filing_id FROM fulfilment WHERE own IS NOT NULL
  UNION ALL SELECT filing_id FROM case_file_grant WHERE own IS NOT NULL
  UNION ALL SELECT iif(${ON_ITS_WAY}, d.content ->> '$.filingId', NULL) FROM delivery d
  UNION ALL SELECT iif(${ON_ITS_WAY}, a.filing_id, NULL) FROM delivery d JOIN issued_act a ON a.id = d.subject`;

const DUE = 'coalesce(k.value, @before)';
/** Done, and registered before its term began; what happened to it later is looked at by itself. */
const OLD = `
  SELECT f.id, ${DUE} AS due FROM filing f LEFT JOIN json_each(@byKind) k ON k.key = f.kind
  WHERE f.registered_at < @latest AND f.registered_at < ${DUE} AND f.state IN (${DONE}) AND f.confirmed_at IS NOT NULL
    AND f.id NOT IN (SELECT filing_id FROM filing_wiped)`;
/** All that are not gone, in the order in which they came. */
const FILINGS = `
  SELECT f.id, f.received_at AS receivedAt, f.earlier_id AS earlierId, coalesce(f.case_number, f.joins_case, f.message ->> '$.case', f.id) AS matter
  FROM filing f WHERE f.id NOT IN (SELECT filing_id FROM filing_wiped) ORDER BY f.received_at, f.id`;

type Filing = { readonly id: string; readonly receivedAt: string; readonly matter: string };
export type ExpiredFiling = Omit<Filing, 'matter'>;

/**
 * In the order in which they came. A case goes as a whole: each filing in it, or that names it, is done and beyond its term, an appeal too; so is what mends
 * a filing that was sent back. What is counted from is the last that happened to a filing, or that is still to come.
 * @param before what is done before that instant is beyond a term of so many years.
 */
export async function listExpiredFilings(
  read: Snapshot,
  { filingYears, filingYearsByKind }: RetentionTerms,
  before: (years: number) => string,
): Promise<readonly ExpiredFiling[]> {
  const byKind = Object.fromEntries(Object.entries(filingYearsByKind).map(([kind, years]) => [kind, before(years)]));
  const latest = [before(filingYears), ...Object.values(byKind)].reduce((a, b) => (a > b ? a : b));
  // a desk that has nothing so old is not read whole
  if (!read.get('SELECT 1 FROM filing WHERE registered_at < ? LIMIT 1', latest)) return [];
  const beyond = new Map<string, string>();
  const asked = { before: before(filingYears), latest, byKind: JSON.stringify(byKind) };
  for await (const piece of read.pieces<{ id: string; due: string }>(OLD, asked)) for (const { id, due } of piece) beyond.set(id, due);
  for await (const piece of read.pieces<{ filing_id: string; at: string | null }>(MOMENTS))
    for (const { filing_id: id, at } of piece) {
      const due = beyond.get(id);
      if (due !== undefined && at !== null && at >= due) beyond.delete(id);
    }
  for await (const piece of read.pieces<{ filing_id: string }>(BUSY)) for (const { filing_id: id } of piece) beyond.delete(id);
  return wholeMatters(read, beyond);
}

/** Those of which nothing that belongs to them stays. */
async function wholeMatters(read: Snapshot, beyond: ReadonlyMap<string, string>): Promise<readonly ExpiredFiling[]> {
  const found: Filing[] = [];
  const [stay, mended] = [new Set<string>(), new Set<string>()];
  for await (const piece of read.pieces<Filing & { readonly earlierId: string | null }>(FILINGS))
    for (const { earlierId, ...filing } of piece) {
      if (beyond.has(filing.id)) found.push(filing);
      else {
        stay.add(filing.matter);
        if (earlierId !== null) mended.add(earlierId);
      }
    }
  return found.filter(({ id, matter }) => !stay.has(matter) && !mended.has(id)).map(({ id, receivedAt }) => ({ id, receivedAt }));
}
