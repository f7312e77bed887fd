import { lockCourt } from '../courts/lock-court.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { endLeases, instantOf } from '../leases/lease-row.ts';
import { single } from '../store/database.ts';

export type WorkstationEntry = { id: string; court: string; name: string; enrolledAt: string; revokedAt: string | null };
const COLUMNS = 'id, court, name, enrolled_at AS "enrolledAt", revoked_at AS "revokedAt"';

export function listWorkstations(registry: Registry): Promise<WorkstationEntry[]> {
  return registry.db.query<WorkstationEntry>(`SELECT ${COLUMNS} FROM workstation ORDER BY court, enrolled_at, id`);
}

/** Puts a workstation out for good, at once, and frees what it had; a second time changes nothing. */
export function revokeWorkstation(registry: Registry, id: string): Promise<Outcome<WorkstationEntry>> {
  return registry.db.transaction(async (sql) => {
    const [known] = await sql.query<{ court: string }>('SELECT court FROM workstation WHERE id = $1', [id]);
    if (!known) return refuse('not-found');
    await lockCourt(sql, known.court);
    const at = registry.clock();
    const entry = single(
      await sql.query<WorkstationEntry>(`UPDATE workstation SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1 RETURNING ${COLUMNS}`, [
        id,
        at,
      ]),
    );
    const held = await sql.query<{ id: string }>('SELECT id FROM filing_lease WHERE workstation = $1 AND ended_at IS NULL', [id]);
    await endLeases(
      sql,
      known.court,
      held.map((lease) => lease.id),
      'revoked',
      instantOf(at),
    );
    return done(entry);
  });
}
