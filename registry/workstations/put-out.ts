import { endLeases, instantOf } from '../leases/lease-row.ts';
import { revokeSessions } from '../sessions/end-session.ts';
import type { Sql } from '../store/database.ts';
import type { Workstation } from './workstation.ts';

/** Puts a workstation out at once and frees what it had. The court must be locked. */
export async function putOut(sql: Sql, workstation: Workstation, at: string): Promise<void> {
  await sql.query('UPDATE workstation SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1', [workstation.id, at]);
  await freeWorkstation(sql, workstation, at);
}

/** Ends the leases and sessions of a workstation. The court must be locked. */
export async function freeWorkstation(sql: Sql, { id, court }: Workstation, at: string): Promise<void> {
  const held = await sql.query<{ id: string }>('SELECT id FROM filing_lease WHERE workstation = $1 AND ended_at IS NULL', [id]);
  await endLeases(
    sql,
    court,
    held.map((lease) => lease.id),
    'revoked',
    instantOf(at),
  );
  await revokeSessions(sql, { workstation: id }, at);
}
