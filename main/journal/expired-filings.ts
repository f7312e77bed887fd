import type { RetentionTerms } from '../reference/index.ts';
import { filingOfSubjectSql, type Reading } from '../store/index.ts';

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
  UNION ALL SELECT content ->> '$.filingId' FROM delivery WHERE content ->> '$.state' = 'waiting' OR content ->> '$.nextAt' IS NOT NULL
  UNION ALL SELECT a.filing_id FROM delivery d JOIN issued_act a ON a.id = d.subject
    WHERE d.content ->> '$.state' = 'waiting' OR d.content ->> '$.nextAt' IS NOT NULL`;

/**
 * A case goes as a whole: each filing in it, or that names it, is done and beyond its term, an appeal too; so is what mends a filing that was sent back.
 * What is counted from is the last that happened to a filing, or that is still to come.
 */
const EXPIRED = `
  WITH moment AS MATERIALIZED (SELECT filing_id, max(at) AS at FROM (${MOMENTS}) GROUP BY filing_id),
  busy AS MATERIALIZED (SELECT DISTINCT filing_id FROM (${BUSY}) WHERE filing_id IS NOT NULL),
  one AS MATERIALIZED (
    SELECT f.id, f.received_at, f.earlier_id, coalesce(f.case_number, f.joins_case, f.message ->> '$.case', f.id) AS matter, w.filing_id IS NOT NULL AS gone,
      w.filing_id IS NOT NULL OR coalesce(f.state IN (${DONE}) AND f.confirmed_at IS NOT NULL AND b.filing_id IS NULL AND
        max(f.registered_at, coalesce(m.at, '')) < coalesce(k.value, @before), 0) AS beyond
    FROM filing f LEFT JOIN moment m ON m.filing_id = f.id LEFT JOIN busy b ON b.filing_id = f.id LEFT JOIN filing_wiped w ON w.filing_id = f.id
      LEFT JOIN json_each(@byKind) k ON k.key = f.kind
  )
  SELECT id, received_at AS receivedAt FROM one WHERE beyond AND NOT gone
    AND matter NOT IN (SELECT matter FROM one WHERE NOT beyond) AND id NOT IN (SELECT earlier_id FROM one WHERE NOT beyond AND earlier_id IS NOT NULL)
  ORDER BY received_at, id`;

/** In the order in which they came. `before`: what is done before that instant is beyond a term of so many years. */
export function listExpiredFilings(
  read: Reading,
  { filingYears, filingYearsByKind }: RetentionTerms,
  before: (years: number) => string,
): readonly { readonly id: string; readonly receivedAt: string }[] {
  const byKind = Object.fromEntries(Object.entries(filingYearsByKind).map(([kind, years]) => [kind, before(years)]));
  const latest = [before(filingYears), ...Object.values(byKind)].reduce((a, b) => (a > b ? a : b));
  // a desk that has nothing so old is not read whole
  if (!read.get('SELECT 1 FROM filing WHERE registered_at < ? LIMIT 1', latest)) return [];
  return read.all(EXPIRED, { before: before(filingYears), byKind: JSON.stringify(byKind) });
}
