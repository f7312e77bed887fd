import { isOlderThan } from '../../shared/registry/index.ts';
import { lockCourt } from '../courts/lock-court.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { endLeases, instantOf } from '../leases/lease-row.ts';
import { revokeSessions } from '../sessions/end-session.ts';
import { single } from '../store/database.ts';

type WorkstationRow = { id: string; court: string; name: string; enrolledAt: string; revokedAt: string | null; version: string | null };
/** `updateNeeded`: its commands wait until the program there has been updated. */
export type WorkstationEntry = WorkstationRow & { updateNeeded: boolean };
const COLUMNS = 'id, court, name, enrolled_at AS "enrolledAt", revoked_at AS "revokedAt", version';

export async function listWorkstations(registry: Registry): Promise<WorkstationEntry[]> {
  const rows = await registry.db.query<WorkstationRow>(`SELECT ${COLUMNS} FROM workstation ORDER BY court, enrolled_at, id`);
  return rows.map((row) => toEntry(registry, row));
}

const toEntry = ({ minimumDesk }: Registry, row: WorkstationRow): WorkstationEntry => ({
  ...row,
  updateNeeded: row.revokedAt === null && minimumDesk !== null && isOlderThan(row.version, minimumDesk),
});

/** Puts a workstation out for good, at once, and frees what it had; a second time changes nothing. */
export function revokeWorkstation(registry: Registry, id: string): Promise<Outcome<WorkstationEntry>> {
  return registry.db.transaction(async (sql) => {
    const [known] = await sql.query<{ court: string }>('SELECT court FROM workstation WHERE id = $1', [id]);
    if (!known) return refuse('not-found');
    await lockCourt(sql, known.court);
    const at = registry.clock();
    const entry = single(
      await sql.query<WorkstationRow>(`UPDATE workstation SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1 RETURNING ${COLUMNS}`, [
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
    await revokeSessions(sql, { workstation: id }, at);
    return done(toEntry(registry, entry));
  });
}
