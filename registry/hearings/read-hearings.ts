import type { CabinetHearings } from '../../shared/registry/index.ts';
import type { Sql } from '../store/database.ts';

type Hearing = CabinetHearings['hearings'][number];

/** The hearings that are read under a filing's number, the earliest first, with this filer's own summonses. */
export function readHearings(sql: Sql, filing: string): Promise<Hearing[]> {
  return sql.query<Hearing>(
    `SELECT h.id, h.case_number AS "caseNumber", h.content->>'startsAt' AS "startsAt", h.content->>'place' AS place, h.content->>'room' AS room,
       h.content->>'mode' AS mode, h.content->>'link' AS link, h.content->>'recordingNote' AS "recordingNote",
       (SELECT name FROM court_user WHERE id = (h.content->>'judgeId')::uuid) AS judge, h.cancelled_at AS "cancelledAt",
       (SELECT jsonb_agg(jsonb_build_object('event', c.event, 'at', c.at, 'startsAt', c.starts_at) ORDER BY c.position)
        FROM hearing_change c WHERE c.hearing = h.id) AS changes,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', s.id, 'issuedAt', s.issued_at) ORDER BY s.issued_at, s.id)
                 FROM summons s WHERE s.hearing = h.id AND s.filing = r.filing), '[]'::jsonb) AS summonses
     FROM hearing_reader r JOIN hearing h ON h.id = r.hearing WHERE r.filing = $1 ORDER BY h.content->>'startsAt', h.id`,
    [filing],
  );
}

/** The PDF of a summons that was issued to the sender of this filing. */
export async function visibleSummons(sql: Sql, filing: string, id: string): Promise<{ sha256: string; size: number } | null> {
  const [summons] = await sql.query<{ sha256: string; size: number }>(
    'SELECT d.sha256, d.size FROM summons s JOIN document d ON d.sha256 = s.sha256 WHERE s.id = $1 AND s.filing = $2',
    [id, filing],
  );
  return summons ?? null;
}
