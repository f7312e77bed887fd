import { sortKey } from '../../shared/domain/kk-format.ts';
import type { Store } from '../store/index.ts';

const AT_ONCE = 2000;
/** Names agree by then, or it does not matter which comes first. */
const KEY_LENGTH = 60;

/** Gives the names that have come or changed their place in the order of the Kazakh alphabet; some at a time. Answers how many. */
export function sortNames(store: Store): number {
  const find = `SELECT id, claimant, respondent FROM filing INDEXED BY filing_unkeyed WHERE claimant_key IS NULL LIMIT ${AT_ONCE}`;
  type Named = { id: string; claimant: string; respondent: string | null };
  if (store.read.get<Named>(find) === undefined) return 0;
  return store.write((tx) => {
    const rows = tx.all<Named>(find);
    for (const { id, claimant, respondent } of rows)
      tx.run('UPDATE filing SET claimant_key = ?, respondent_key = ? WHERE id = ?', keyOf(claimant), keyOf(respondent ?? ''), id);
    return rows.length;
  });
}

const keyOf = (name: string): string => sortKey(Array.from(name).slice(0, KEY_LENGTH).join(''));
