import type { CabinetStatus } from '../../shared/registry/index.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import type { Sql } from '../store/database.ts';
import { readTimeline } from './read-timeline.ts';

/** What the filer may know: the state, the numbers, what happened when, and of the acts only those that were dispatched. */
export async function readStatus(sql: Sql, cabinetNumber: string): Promise<Outcome<CabinetStatus>> {
  const [status] = await sql.query<CabinetStatus>(
    `SELECT f.cabinet_number AS "cabinetNumber", f.state, f.received_at AS "receivedAt", f.registered_at AS "registeredAt",
       f.incoming_number AS "incomingNumber", f.case_number AS "caseNumber", f.joins_case AS "joinsCase", f.talon_sha256 IS NOT NULL AS talon,
       coalesce(
         (SELECT jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'signedAt', a.signed_at)
                           || jsonb_strip_nulls(jsonb_build_object('title', a.title, 'terms', a.terms))
                           || CASE WHEN a.decision IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('decision', a.decision) END ORDER BY a.position)
          FROM act a WHERE a.dispatched_at IS NOT NULL
            AND (a.filing = f.id OR a.id IN (SELECT subject FROM notice WHERE filing = f.id AND steps IS NOT NULL))), '[]'::jsonb) AS acts
     FROM filing f WHERE f.cabinet_number = $1`,
    [cabinetNumber],
  );
  return status ? done({ ...status, timeline: await readTimeline(sql, cabinetNumber) }) : refuse('not-found');
}

/** With the filing that it is of. */
type HeldDocument = { sha256: string; size: number; filing: string; court: string };

export async function visibleTalon(sql: Sql, cabinetNumber: string): Promise<Outcome<HeldDocument>> {
  const [talon] = await sql.query<HeldDocument>(
    'SELECT d.sha256, d.size, f.id AS filing, f.court FROM filing f JOIN document d ON d.sha256 = f.talon_sha256 WHERE f.cabinet_number = $1',
    [cabinetNumber],
  );
  return talon ? done(talon) : refuse('not-found');
}

export async function visibleAct(sql: Sql, cabinetNumber: string, actId: string): Promise<Outcome<HeldDocument>> {
  const [act] = await sql.query<HeldDocument>(
    `SELECT d.sha256, d.size, f.id AS filing, f.court FROM filing f, act a JOIN document d ON d.sha256 = a.sha256
     WHERE f.cabinet_number = $1 AND a.id = $2 AND a.dispatched_at IS NOT NULL
       AND (a.filing = f.id OR EXISTS (SELECT 1 FROM notice n WHERE n.filing = f.id AND n.subject = a.id AND n.steps IS NOT NULL))`,
    [cabinetNumber, actId],
  );
  return act ? done(act) : refuse('not-found');
}
