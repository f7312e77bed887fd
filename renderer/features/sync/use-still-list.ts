import { useState } from 'react';

export type StillRow<T> = {
  readonly item: T;
  /** It is in the list no more; it stays in its place until nobody looks. */ readonly gone: boolean;
};
type State<T> = { readonly source: readonly T[]; readonly rows: readonly StillRow<T>[]; readonly arrived: number };

const showAll = <T>(items: readonly T[]): State<T> => ({ source: items, rows: items.map((item) => ({ item, gone: false })), arrived: 0 });

/** Known rows are brought up to date where they stand, gone ones stay and say so, new ones wait. */
export function holdStill<T>(shown: readonly StillRow<T>[], fresh: readonly T[], idOf: (item: T) => string): State<T> {
  const byId = new Map(fresh.map((item) => [idOf(item), item]));
  const rows = shown.map(({ item }) => {
    const newer = byId.get(idOf(item));
    return newer === undefined ? { item, gone: true } : { item: newer, gone: false };
  });
  const known = new Set(shown.map(({ item }) => idOf(item)));
  return { source: fresh, rows, arrived: fresh.filter((item) => !known.has(idOf(item))).length };
}

/** A live list that does not move while `held`: under the cursor or with the focus in it. */
export function useStillList<T>(items: readonly T[], idOf: (item: T) => string, held: boolean) {
  const [state, setState] = useState(() => showAll(items));
  const behind = !held && (state.arrived > 0 || state.rows.some((row) => row.gone));
  if (state.source !== items || behind) setState(held ? holdStill(state.rows, items, idOf) : showAll(items));
  return { rows: state.rows, arrived: state.arrived, show: () => setState(showAll(items)) };
}
