import { PROPOSED } from '../../shared/contract/index.ts';
import type { RegistryFilingState } from '../../shared/registry/index.ts';
import type { Reading, Writing } from '../store/index.ts';

/**
 * What another desk marked and proposed with its registration is what the judge is to decide on; what was marked here counts no more. Of a
 * flagged filing whose defects the registry does not tell, what is here stays.
 */
export function adoptProposal(tx: Writing, remote: RegistryFilingState): void {
  const { id, flagged, defects, proposal } = remote;
  if (flagged && !defects && !proposal) return;
  tx.run('DELETE FROM defect WHERE filing_id = ?', id);
  tx.run('DELETE FROM proposal WHERE filing_id = ?', id);
  if (!flagged) return;
  for (const { code, note } of defects ?? [])
    tx.run('INSERT INTO defect (filing_id, code, note) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', id, code, note);
  const decision = PROPOSED.find((known) => known === proposal?.decision);
  if (!proposal || !decision) return;
  const { grounds, transferTo, notice } = proposal;
  tx.run(
    'INSERT INTO proposal (filing_id, decision, grounds, transfer_to, notice_kk, notice_ru, by_user, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ...[id, decision, JSON.stringify(grounds.map(({ code, note }) => ({ code, note })))],
    transferTo && JSON.stringify({ code: transferTo.code, name: transferTo.name }),
    ...[notice.kk, notice.ru, proposal.by, proposal.at],
  );
}

/** Of a filing that was registered elsewhere before desks were told what is proposed on it. */
export const lacksProposal = (read: Reading, id: string): boolean =>
  read.get(
    `SELECT 1 FROM filing WHERE id = ? AND flagged = 1 AND NOT EXISTS (SELECT 1 FROM defect d WHERE d.filing_id = filing.id)
       AND NOT EXISTS (SELECT 1 FROM proposal p WHERE p.filing_id = filing.id)`,
    id,
  ) !== undefined;
