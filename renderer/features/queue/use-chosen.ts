import { useCallback, useMemo, useState } from 'react';
import type { QueueRow } from '../../../shared/contract/index.ts';
import { kense, settle } from '../../api/kense.ts';
import type { GridSelection } from '../../ui/row-grid.tsx';
import type { Queue, ShownRow } from './use-queue.ts';

export type Chosen = {
  readonly ids: readonly string[];
  readonly selection: GridSelection<ShownRow>;
  readonly setCurrent: (id: string) => void;
  readonly currentRow: () => QueueRow | null;
  readonly clear: () => void;
};

/** Which rows of a list are chosen, also those that are not loaded; and which one is current. */
export function useChosen(queue: Queue): Chosen {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [currentId, setCurrent] = useState<string | null>(null);
  const clear = useCallback(() => setChosen(new Set()), []);
  const { list, total } = queue;
  const change = useCallback((into: readonly ShownRow[], out: readonly ShownRow[]) => {
    setChosen((old) => {
      const next = new Set(old);
      for (const { row } of into) next.add(row.id);
      for (const { row } of out) next.delete(row.id);
      return next;
    });
  }, []);
  const selection = useMemo(
    (): GridSelection<ShownRow> => ({
      has: ({ row }) => chosen.has(row.id),
      allows: ({ gone }) => !gone,
      toggle: (row) => (chosen.has(row.row.id) ? change([], [row]) : change([row], [])),
      change,
      toggleAll: () => {
        if (total !== null && chosen.size >= total) return clear();
        void settle(kense().queue.ids({ list })).then((result) => {
          if (result.ok) setChosen(new Set(result.value));
        });
      },
    }),
    [chosen, change, clear, list, total],
  );
  const index = currentId === null ? 0 : queue.placeOf(currentId);
  return {
    ids: [...chosen],
    selection,
    setCurrent,
    currentRow: () => queue.rowAt(Math.max(0, index))?.row ?? null,
    clear,
  };
}
