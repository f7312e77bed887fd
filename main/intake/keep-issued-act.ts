import type { RegistryFilingState } from '../../shared/registry/index.ts';
import type { Writing } from '../store/index.ts';

/** Keeps what the registry holds of an act, also of one that was signed at another desk. */
export function keepIssuedAct(tx: Writing, filingId: string, act: RegistryFilingState['acts'][number]): void {
  const { id, kind, sha256, signedAt, dispatched, size = null, level = null, signedBy = null, title = null } = act;
  tx.run(
    `INSERT INTO issued_act (id, filing_id, kind, sha256, size, level, signed_by, signed_at, dispatched, title) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size, level = excluded.level, dispatched = excluded.dispatched`,
    ...[id, filingId, kind, sha256, size, level, signedBy, signedAt, dispatched ? 1 : 0, title],
  );
}
