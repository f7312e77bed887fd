import { mayHaveForgotten } from '../restorations/number-guard.ts';
import type { Sql } from '../store/database.ts';
import type { Workstation } from '../workstations/workstation.ts';
import { endLeases, instantOf, isInForce, leaseOf } from './lease-row.ts';
import { askFor } from './take-lease.ts';

export type Unfit = 'lease-missing' | 'lease-held' | 'lease-taken-over';

/**
 * Null when a desk may register a filing under the lease it names: that lease was given to this very desk for this filing, and no other desk
 * has it now. A lease whose time ran out while the line was down still fits: the desk registered while it held, and nobody else has
 * begun. What another desk has only set aside is asked for. A desk from before leases names none; then what it has now counts. The court must be locked.
 */
export async function refuseLease(
  sql: Sql,
  workstation: Workstation,
  registering: { readonly filing: string; readonly leaseId: string | null; readonly now: string },
): Promise<Unfit | null> {
  const { filing, leaseId } = registering;
  const now = instantOf(registering.now);
  const [named] =
    leaseId === null
      ? []
      : await sql.query<{ ended_how: string | null }>(
          'SELECT ended_how FROM filing_lease WHERE id = $1 AND filing = $2 AND workstation = $3',
          [leaseId, filing, workstation.id],
        );
  const found = await leaseOf(sql, filing);
  const held = found && isInForce(found, now) ? found : null;
  if (held && held.workstation !== workstation.id) {
    await askFor(sql, workstation.court, held);
    return named?.ended_how === 'taken-over' ? 'lease-taken-over' : 'lease-held';
  }
  if (named || (leaseId === null && held)) return null;
  return leaseId !== null && (await isForgotten(sql, workstation.court, leaseId)) ? null : 'lease-missing';
}

/** A registry that was put back to an earlier day does not know the leases that it gave after it. */
async function isForgotten(sql: Sql, court: string, leaseId: string): Promise<boolean> {
  const known = await sql.query('SELECT 1 FROM filing_lease WHERE id = $1', [leaseId]);
  return known.length === 0 && (await mayHaveForgotten(sql, court));
}

/** What was registered needs no lease any more. */
export async function endOnRegistering(sql: Sql, court: string, filing: string, now: string): Promise<void> {
  const found = await leaseOf(sql, filing);
  if (found) await endLeases(sql, court, [found.id], 'registered', instantOf(now));
}
