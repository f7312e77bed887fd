import { courtDayOf } from '../../shared/domain/court-day.ts';
import { freePlaces, shareWork, USUAL_NORM, type ShareFiling, type SharePerson, type ShareRule } from '../../shared/domain/share-work.ts';
import type { FilingAssigned } from '../../shared/registry/index.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { instantOf } from '../leases/lease-row.ts';
import type { Sql } from '../store/database.ts';
import { WORKERS } from './workers.ts';

/** So that the court is not locked for long; the rest goes out with what happens next, at the latest with the next word of a desk. */
const MOST_AT_ONCE = 50;

export type Sharing = { readonly court: string; readonly now: string; readonly newId: () => string };

/**
 * Gives filings that nobody has to those whom the court's rules name, the oldest first; the court is locked, so that it happens once. It is asked whenever
 * one more may find somebody: something arrived, a place became free, the plan changed, or only the day did. What a person has open or keeps is left to
 * that person. Every desk is told by which rule.
 */
export async function shareFilings(sql: Sql, { court, now, newId }: Sharing): Promise<void> {
  const [plan] = await sql.query<{ rules: ShareRule[]; set_by: string }>('SELECT rules, set_by FROM share_rules WHERE court = $1', [court]);
  if (!plan?.rules.some(({ on }) => on)) return;
  const people = await peopleOf(sql, court, courtDayOf(now));
  const places = freePlaces({ people, rules: plan.rules });
  if (places.length === 0) return;
  const filings = await waitingFilings(sql, { court, now, places });
  for (const { filingId, personId, ruleId } of shareWork({ filings, people, rules: plan.rules })) {
    // nobody has given it to him, so that only the head takes it from him
    await sql.query('UPDATE filing SET assignee = $2, assigned_by = NULL WHERE id = $1', [filingId, personId]);
    const data: FilingAssigned = { filingId, assignee: personId, by: plan.set_by, command: newId(), rule: ruleId };
    await appendToFeed(sql, { court, kind: 'filing.assigned', subject: filingId, at: now, data });
  }
}

/** Only those for which there is a place, so that what finds nobody is in the way of nothing. */
async function waitingFilings(
  sql: Sql,
  { court, now, places }: Pick<Sharing, 'court' | 'now'> & { readonly places: ReturnType<typeof freePlaces> },
): Promise<ShareFiling[]> {
  return sql.query<ShareFiling>(
    `SELECT f.id, f.message->>'kind' AS kind, f.received_at AS "receivedAt", f.assigned_by AS "leftBy"
     FROM filing f
     WHERE f.court = $1 AND f.incoming_number IS NULL AND f.assignee IS NULL
       AND NOT EXISTS (SELECT 1 FROM filing_lease l WHERE l.filing = f.id AND l.ended_at IS NULL AND l.holder IS NOT NULL AND l.work_until > $2)
       AND EXISTS (
         SELECT 1 FROM jsonb_to_recordset($3::jsonb) AS place (kinds jsonb, people jsonb)
         WHERE (place.kinds = '[]' OR place.kinds ? (f.message->>'kind'))
           AND (f.assigned_by IS NULL OR place.people - f.assigned_by::text <> '[]'))
     ORDER BY f.received_at, f.id LIMIT ${MOST_AT_ONCE}`,
    [court, instantOf(now), JSON.stringify(places)],
  );
}

/** Everybody of the court who works on filings, with the open ones that each has. */
async function peopleOf(sql: Sql, court: string, today: string): Promise<SharePerson[]> {
  return sql.query<SharePerson>(
    `SELECT u.id, (SELECT count(*)::integer FROM filing f WHERE f.court = $1 AND f.incoming_number IS NULL AND f.assignee = u.id) AS open,
       coalesce(n.norm, d.norm, ${USUAL_NORM}) AS norm, a.id IS NOT NULL AS absent, a.covered_by AS "coveredBy"
     FROM court_user u
     LEFT JOIN work_norm n ON n.court = $1 AND n.who = u.id::text
     LEFT JOIN work_norm d ON d.court = $1 AND d.who = ''
     LEFT JOIN LATERAL (
       SELECT x.id, x.covered_by FROM absence x
       WHERE x.court = $1 AND x.court_user = u.id AND NOT x.withdrawn AND x.from_day <= $2 AND x.until_day >= $2 ORDER BY x.from_day, x.id LIMIT 1) a ON true
     WHERE u.court = $1 AND u.active AND u.roles ?| $3::text[]`,
    [court, today, WORKERS],
  );
}
