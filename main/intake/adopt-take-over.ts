import type { LeaseTakenOver } from '../../shared/registry/index.ts';
import type { Writing } from '../store/index.ts';

/** The head took a filing over: both desks journal it, and the person who had it is told by whom and why. */
export function adoptTakeOver(tx: Writing, taken: LeaseTakenOver, workstationId: string, at: string): void {
  if (taken.byWorkstationId === workstationId)
    tx.journal({
      at,
      actor: taken.byId,
      action: 'lease.taken-over',
      subject: taken.filingId,
      details: { from: taken.fromHolderId ?? '', reason: taken.reason },
    });
  if (taken.fromWorkstationId !== workstationId) return;
  tx.run('DELETE FROM lease WHERE id = ?', taken.leaseId);
  tx.run(
    `INSERT INTO lease_loss (filing_id, by_user, reason, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (filing_id) DO UPDATE SET by_user = excluded.by_user, reason = excluded.reason, at = excluded.at`,
    taken.filingId,
    taken.byId,
    taken.reason,
    at,
  );
  tx.journal({
    at,
    actor: null,
    action: 'lease.lost',
    subject: taken.filingId,
    details: { by: taken.byId, from: taken.fromHolderId ?? '', reason: taken.reason },
  });
}
