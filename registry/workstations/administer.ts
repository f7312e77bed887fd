import { isOlderThan } from '../../shared/registry/index.ts';
import { lockCourt } from '../courts/lock-court.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { single } from '../store/database.ts';
import { putOut } from './put-out.ts';
import { tellOfWorkstation } from './tell-of-workstation.ts';

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
    const [known] = await sql.query<{ court: string; revoked_at: string | null }>(
      'SELECT court, revoked_at FROM workstation WHERE id = $1',
      [id],
    );
    if (!known) return refuse('not-found');
    await lockCourt(sql, known.court);
    const at = registry.clock();
    await putOut(sql, { id, court: known.court }, at);
    const entry = single(await sql.query<WorkstationRow>(`SELECT ${COLUMNS} FROM workstation WHERE id = $1`, [id]));
    if (known.revoked_at === null) {
      const { name, court } = entry;
      await tellOfWorkstation(sql, { id, change: 'revoked', name, before: name, court, at, by: null, workstation: null });
    }
    return done(toEntry(registry, entry));
  });
}
