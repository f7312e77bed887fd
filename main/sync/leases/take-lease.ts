import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Store } from '../../store/index.ts';
import type { RegistryClient } from '../registry-client.ts';
import { endHere } from './lease-time.ts';

export type LeaseParts = {
  readonly store: Store;
  readonly client: RegistryClient;
  readonly clock: () => string;
  readonly workstationId: string;
};
/** `keep`: the person has begun to decide on it. */
export type Taking = { readonly filingId: string; readonly holderId: string; readonly keep: boolean };

/** Takes a filing for a person, or renews it. Needs the line. Errors: `lease-held` when another desk has it, those of the registry. */
export async function takeLease(parts: LeaseParts, taking: Taking): Promise<Result<null>> {
  const askedAt = parts.clock();
  const answer = await parts.client.takeLease(taking);
  if (!answer.ok) {
    const code = answer.error.params?.['code'];
    if (code === 'lease-held') return fail('lease-held');
    return code === 'already-registered' ? fail(code) : answer;
  }
  const { lease, time } = answer.value;
  const until = endHere(askedAt, time, lease.workUntil ?? lease.until);
  parts.store.write((tx) => {
    tx.run('DELETE FROM lease_word WHERE lease_id = ?', lease.id);
    tx.run(
      `INSERT INTO lease (filing_id, id, reserved, holder, kept, work_until) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (filing_id) DO UPDATE SET id = excluded.id, reserved = excluded.reserved, work_until = excluded.work_until,
         kept = CASE WHEN excluded.kept = 1 OR (lease.kept = 1 AND lease.holder = excluded.holder AND lease.id = excluded.id) THEN 1 ELSE 0 END,
         holder = excluded.holder`,
      lease.filingId,
      lease.id,
      lease.reserved ? 1 : 0,
      taking.holderId,
      taking.keep ? 1 : 0,
      until,
    );
    tx.run('DELETE FROM presence WHERE filing_id = ?', lease.filingId);
    tx.run('DELETE FROM lease_loss WHERE filing_id = ?', lease.filingId);
  });
  return ok(null);
}
