import type { Writing } from '../store/index.ts';

type Block = { id: string; series: string; year: string; type_index: string; next: number; last: number };
const UNUSED = 'SELECT id, series, year, type_index, next, last FROM number_block WHERE returned_from IS NULL AND next <= last';

/**
 * Gives numbers back that this desk is not going to use: from here on they are not used, and the registry hears of it like of any other
 * work. Answers how many there were.
 */
export function returnNumbers(
  tx: Writing,
  parts: { newId: () => string; at: string; actor: string | null },
  which: 'all' | { before: string },
): number {
  const blocks = which === 'all' ? tx.all<Block>(UNUSED) : tx.all<Block>(`${UNUSED} AND year < ?`, which.before);
  for (const { id, series, year, type_index: typeIndex, next: first, last } of blocks) {
    tx.run('UPDATE number_block SET returned_from = next WHERE id = ?', id);
    tx.journal({
      at: parts.at,
      actor: parts.actor,
      action: 'numbers.returned',
      subject: null,
      details: { series, year, typeIndex, first, last },
    });
    tx.outbox({
      id: parts.newId(),
      subject: 'workstation',
      kind: 'number.return',
      actor: parts.actor,
      at: parts.at,
      uploads: [],
      payload: { blockId: id, first },
    });
  }
  return blocks.reduce((sum, block) => sum + block.last - block.next + 1, 0);
}
