import type { QueueSort } from '../../../shared/contract/index.ts';

/** A column orders the list upwards, then downwards, then not at all. */
export function nextSort(now: QueueSort | null, column: QueueSort['column']): QueueSort | null {
  if (now?.column !== column) return { column, descending: false };
  return now.descending ? null : { column, descending: true };
}
