import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';

export type WorkstationEntry = { id: string; court: string; name: string; enrolledAt: string; revokedAt: string | null };
const COLUMNS = 'id, court, name, enrolled_at AS "enrolledAt", revoked_at AS "revokedAt"';

export function listWorkstations(registry: Registry): Promise<WorkstationEntry[]> {
  return registry.db.query<WorkstationEntry>(`SELECT ${COLUMNS} FROM workstation ORDER BY court, enrolled_at, id`);
}

/** Puts a workstation out for good, at once; a second time changes nothing. */
export async function revokeWorkstation(registry: Registry, id: string): Promise<Outcome<WorkstationEntry>> {
  const [entry] = await registry.db.query<WorkstationEntry>(
    `UPDATE workstation SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, registry.clock()],
  );
  return entry ? done(entry) : refuse('not-found');
}
