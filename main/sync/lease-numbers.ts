import { NUMBER_STOCK } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Store } from '../store/index.ts';
import type { RegistryClient } from './registry-client.ts';

export type Series = { readonly series: 'incoming' | 'case'; readonly year: string; readonly typeIndex: string };
/** `held`: how many filings that would take a number of the series may be registered here without a line. */
export type NumberNeed = Series & { readonly held: number };

const BLOCK_SIZE = 100;
/** A block may be smaller than asked for. */
const MOST_BLOCKS = 50;

type Parts = { store: Store; client: RegistryClient; newId: () => string; clock: () => string };

/**
 * Keeps every series above the low water mark, so that a week without a line does not run out. A series that the registry refuses
 * leaves the others theirs; the first refusal is answered then.
 */
export async function leaseNumbers(parts: Parts, needs: readonly NumberNeed[]): Promise<Result<null>> {
  let refused: Result<null> = ok(null);
  for (const need of needs) {
    const enough = NUMBER_STOCK.lowWater + need.held;
    for (let blocks = 0; ; blocks++) {
      const left = numbersLeft(parts.store, need);
      if (left >= enough) break;
      if (blocks === MOST_BLOCKS) return fail('registry-answer-malformed');
      const leased = await leaseOne(parts, need, Math.min(NUMBER_STOCK.largestBlock, Math.max(BLOCK_SIZE, enough - left)));
      if (leased.ok) continue;
      if (leased.error.code !== 'registry-refused') return leased;
      if (refused.ok) refused = leased;
      break;
    }
  }
  return refused;
}

const numbersLeft = ({ read }: Store, { series, year, typeIndex }: Series): number =>
  read.get<{ left: number }>(
    'SELECT coalesce(sum(last - next + 1), 0) AS left FROM number_block WHERE series = ? AND year = ? AND type_index = ? AND returned_from IS NULL',
    series,
    year,
    typeIndex,
  )!.left;

/** The request is stored before asking: a lost answer is asked again under the same id, for as many. */
async function leaseOne(parts: Parts, { series, year, typeIndex }: Series, wanted: number): Promise<Result<null>> {
  const { id, size } = parts.store.write((tx) => {
    tx.run(
      'INSERT INTO number_request (request_id, series, year, type_index, size) VALUES (?, ?, ?, ?, ?) ON CONFLICT (series, year, type_index) DO NOTHING',
      parts.newId(),
      series,
      year,
      typeIndex,
      wanted,
    );
    return tx.get<{ id: string; size: number }>(
      'SELECT request_id AS id, size FROM number_request WHERE series = ? AND year = ? AND type_index = ?',
      series,
      year,
      typeIndex,
    )!;
  });
  const block = await parts.client.leaseNumbers({ requestId: id, series, year, typeIndex, size });
  if (!block.ok) return block;
  const { first, last } = block.value;
  parts.store.write((tx) => {
    tx.run(
      'INSERT INTO number_block (id, series, year, type_index, first, last, next) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
      block.value.id,
      series,
      year,
      typeIndex,
      first,
      last,
      first,
    );
    const closed = tx.run('DELETE FROM number_request WHERE request_id = ?', id);
    const details = { series, year, typeIndex, first, last };
    if (closed > 0) tx.journal({ at: parts.clock(), actor: null, action: 'numbers.leased', subject: null, details });
  });
  return ok(null);
}
