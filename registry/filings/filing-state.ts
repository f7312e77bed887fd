import { appendToFeed } from '../feed/append-to-feed.ts';
import { single, type Sql } from '../store/database.ts';
import type { RegistryFilingState } from '../../shared/registry/index.ts';

type StateRow = {
  id: string;
  cabinet_number: string;
  state: string;
  flagged: boolean;
  incoming_number: string | null;
  case_number: string | null;
  joins_case: string | null;
  registered_at: string | null;
  registered_by: string | null;
  judge: string | null;
  defects: NonNullable<RegistryFilingState['defects']> | null;
  proposal: NonNullable<RegistryFilingState['proposal']> | null;
  talon_sha256: string | null;
  talon_issued_at: string | null;
  acts: RegistryFilingState['acts'];
  overrides: NonNullable<RegistryFilingState['overrides']>;
};

const SELECT_STATES = `
  SELECT f.id, f.cabinet_number, f.state, f.flagged, f.incoming_number, f.case_number, f.joins_case, f.registered_at, f.registered_by, f.judge, f.defects, f.proposal,
    f.talon_sha256, f.talon_issued_at,
    coalesce(
      (SELECT jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'sha256', a.sha256, 'signedAt', a.signed_at, 'dispatched', a.dispatched_at IS NOT NULL,
                                          'size', d.size, 'level', a.level, 'signedBy', a.signed_by)
                          || jsonb_strip_nulls(jsonb_build_object('title', a.title, 'terms', a.terms))
                          || CASE WHEN a.decision IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('decision', a.decision) END
                        ORDER BY a.position)
       FROM act a JOIN document d ON d.sha256 = a.sha256 WHERE a.filing = f.id), '[]'::jsonb) AS acts,
    coalesce(
      (SELECT jsonb_agg(jsonb_build_object('finding', o.finding, 'rule', o.rule, 'severity', o.severity, 'by', o.by_user, 'at', o.at, 'reason', o.reason)
                        ORDER BY o.at, o.finding)
       FROM finding_override o
       WHERE o.filing = f.id AND (o.severity = 'fatal' OR NOT EXISTS (
         SELECT 1 FROM finding_override g WHERE g.filing = o.filing AND g.finding = o.finding AND g.severity = 'fatal'))), '[]'::jsonb) AS overrides
  FROM filing f`;

function toState(row: StateRow): RegistryFilingState {
  return {
    id: row.id,
    cabinetNumber: row.cabinet_number,
    state: row.state,
    flagged: row.flagged,
    incomingNumber: row.incoming_number,
    caseNumber: row.case_number,
    joinsCase: row.joins_case,
    registeredAt: row.registered_at,
    ...(row.registered_by === null ? {} : { registeredBy: row.registered_by }),
    ...(row.judge === null ? {} : { judge: row.judge }),
    // a proposal that was taken back is none any more
    ...(row.flagged && row.defects !== null ? { defects: row.defects } : {}),
    ...(row.flagged && row.proposal !== null ? { proposal: row.proposal } : {}),
    talon: row.talon_sha256 !== null && row.talon_issued_at !== null ? { sha256: row.talon_sha256, issuedAt: row.talon_issued_at } : null,
    acts: row.acts,
    ...(row.overrides.length === 0 ? {} : { overrides: row.overrides }),
  };
}

/** Filings of a court in order of id, after a given one. `nextAfter` is null on the last page. */
export async function listFilingStates(
  sql: Sql,
  court: string,
  after: string | null,
  limit: number,
): Promise<{ filings: RegistryFilingState[]; nextAfter: string | null }> {
  const rows = await sql.query<StateRow>(
    `${SELECT_STATES} WHERE f.court = $1 AND ($2::uuid IS NULL OR f.id > $2::uuid) ORDER BY f.id LIMIT $3`,
    [court, after, limit + 1],
  );
  const filings = rows.slice(0, limit).map(toState);
  return { filings, nextAfter: rows.length > limit ? (filings.at(-1)?.id ?? null) : null };
}

/** One filing of a court; null when the court has none with this id. */
export async function readFilingState(sql: Sql, court: string, id: string): Promise<RegistryFilingState | null> {
  const [row] = await sql.query<StateRow>(`${SELECT_STATES} WHERE f.id = $1 AND f.court = $2`, [id, court]);
  return row ? toState(row) : null;
}

/** Tells the court's desks what the registry now holds true of a filing, and remembers when it came into its state. */
export async function announceFiling(sql: Sql, court: string, id: string, at: string): Promise<RegistryFilingState> {
  const state = toState(single(await sql.query<StateRow>(`${SELECT_STATES} WHERE f.id = $1`, [id])));
  await sql.query('INSERT INTO filing_milestone (filing, state, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [id, state.state, at]);
  await appendToFeed(sql, { court, kind: 'filing.changed', subject: id, at, data: state });
  return state;
}
