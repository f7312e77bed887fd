import { ok, type Result } from '../../shared/result.ts';
import type { Store } from '../store/index.ts';
import type { RegistryClient } from './registry-client.ts';

export type NumberNeed = { readonly series: 'incoming' | 'case'; readonly year: string; readonly typeIndex: string };

const BLOCK_SIZE = 100;
/** A new block is leased while this many numbers are left, so that a day without a line does not run out. */
const LOW_WATER = 50;

/** Keeps every series above the low water mark. The request id is stored before asking: a lost answer is asked again under it. */
export async function leaseNumbers(
  parts: { store: Store; client: RegistryClient; newId: () => string; clock: () => string },
  needs: readonly NumberNeed[],
): Promise<Result<null>> {
  for (const need of needs) {
    const { left } = parts.store.read.get<{ left: number }>(
      'SELECT coalesce(sum(last - next + 1), 0) AS left FROM number_block WHERE series = ? AND year = ? AND type_index = ? AND returned_from IS NULL',
      need.series,
      need.year,
      need.typeIndex,
    )!;
    if (left >= LOW_WATER) continue;
    const requestId = parts.store.write((tx) => {
      tx.run(
        'INSERT INTO number_request (request_id, series, year, type_index, size) VALUES (?, ?, ?, ?, ?) ON CONFLICT (series, year, type_index) DO NOTHING',
        parts.newId(),
        need.series,
        need.year,
        need.typeIndex,
        BLOCK_SIZE,
      );
      return tx.get<{ request_id: string }>(
        'SELECT request_id FROM number_request WHERE series = ? AND year = ? AND type_index = ?',
        need.series,
        need.year,
        need.typeIndex,
      )!.request_id;
    });
    const block = await parts.client.leaseNumbers({ requestId, ...need, size: BLOCK_SIZE });
    if (!block.ok) return block;
    parts.store.write((tx) => {
      tx.run(
        'INSERT INTO number_block (id, series, year, type_index, first, last, next) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
        block.value.id,
        need.series,
        need.year,
        need.typeIndex,
        block.value.first,
        block.value.last,
        block.value.first,
      );
      const closed = tx.run('DELETE FROM number_request WHERE request_id = ?', requestId);
      const { first, last } = block.value;
      if (closed > 0)
        tx.journal({ at: parts.clock(), actor: null, action: 'numbers.leased', subject: null, details: { ...need, first, last } });
    });
  }
  return ok(null);
}
