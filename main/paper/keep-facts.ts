import type { Writing } from '../store/index.ts';
import type { PaperFacts } from './take-paper.ts';

/** Of what was taken here nothing has still to arrive: the documents of a filing, or those that were handed in to it together. */
export function keepFacts(
  tx: Writing,
  { filingId, annexId }: { readonly filingId: string; readonly annexId: string | null },
  facts: PaperFacts,
): void {
  const taken = 'filing_id = ? AND annex_id IS ?';
  tx.run(`UPDATE document SET state = 'stored' WHERE ${taken}`, filingId, annexId);
  for (const [sha256, { contentType, pages }] of facts)
    tx.run(`UPDATE document SET content_type = ?, pages = ? WHERE ${taken} AND sha256 = ?`, contentType, pages, filingId, annexId, sha256);
  tx.run(
    `UPDATE filing SET intake = CASE WHEN EXISTS (SELECT 1 FROM document WHERE filing_id = filing.id AND state = 'pending') THEN 'arriving'
       WHEN EXISTS (SELECT 1 FROM document WHERE filing_id = filing.id AND state <> 'stored') THEN 'damaged' ELSE 'ready' END WHERE id = ?`,
    filingId,
  );
}
