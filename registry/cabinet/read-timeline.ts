import type { TimelineEntry } from '../../shared/registry/index.ts';
import type { Sql } from '../store/database.ts';

/** What happened to a filing that its sender may know, in order of time. An act is told when it was dispatched. */
export function readTimeline(sql: Sql, cabinetNumber: string): Promise<TimelineEntry[]> {
  return sql.query<TimelineEntry>(
    `WITH own AS (SELECT id, message, received_at FROM filing WHERE cabinet_number = $1)
     SELECT event, at, subject FROM (
       SELECT 0 AS rank, 'sent' AS event, message->>'sentAt' AS at, NULL::uuid AS subject FROM own WHERE message->>'sentAt' IS NOT NULL
       UNION ALL SELECT 1, 'received', received_at, NULL FROM own
       UNION ALL SELECT CASE m.state WHEN 'registered' THEN 2 WHEN 'with-judge' THEN 3 ELSE 4 END, m.state, m.at, NULL FROM filing_milestone m JOIN own ON own.id = m.filing
         WHERE m.state NOT IN ('received', 'checking')
       UNION ALL SELECT 5, 'act-dispatched', a.dispatched_at, a.id FROM act a JOIN own ON own.id = a.filing WHERE a.dispatched_at IS NOT NULL
       UNION ALL SELECT 6, c.event, c.at, c.hearing FROM hearing_change c JOIN hearing_reader r ON r.hearing = c.hearing JOIN own ON own.id = r.filing
       UNION ALL SELECT 7, 'summons-issued', s.issued_at, s.id FROM summons s JOIN own ON own.id = s.filing
     ) AS told ORDER BY at, rank, event, subject`,
    [cabinetNumber],
  );
}
