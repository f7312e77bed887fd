import type { QueueRow } from '../../../shared/contract/index.ts';

/** A row as it stands on the screen; `gone` when a newer answer no longer holds it in this view. */
export type ShownRow = { readonly row: QueueRow; readonly gone: boolean };

export const showAll = (rows: readonly QueueRow[]): readonly ShownRow[] => rows.map((row) => ({ row, gone: false }));

/**
 * Takes a newer answer into the shown list without moving a row: known rows are brought up to date in their places,
 * rows that left stay and say so, new ones wait (`arrived`) until the person asks for them.
 */
export function mergeRows(
  shown: readonly ShownRow[],
  fresh: readonly QueueRow[],
): { readonly rows: readonly ShownRow[]; readonly arrived: number; readonly gone: number } {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const rows = shown.map((old) => {
    const row = byId.get(old.row.id);
    return row ? { row, gone: false } : { row: old.row, gone: true };
  });
  const known = new Set(shown.map(({ row }) => row.id));
  return {
    rows,
    arrived: fresh.filter((row) => !known.has(row.id)).length,
    gone: rows.filter((row) => row.gone).length,
  };
}
