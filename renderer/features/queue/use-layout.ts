import { useCallback, useEffect, useState } from 'react';
import type { ListLayout } from '../../../shared/contract/index.ts';
import { kense, settle } from '../../api/kense.ts';

export const NO_LAYOUT: ListLayout = { hidden: [], widths: {} };

/** The columns of a list as this person has set them up here; `atFirst` until then. */
export function useLayout(list: string, atFirst: ListLayout): readonly [ListLayout, (layout: ListLayout) => void] {
  const [layout, setLayout] = useState<ListLayout | null>(null);
  useEffect(() => {
    let here = true;
    void settle(kense().queue.layout({ list })).then((result) => {
      if (here && result.ok && (result.value.hidden.length > 0 || Object.keys(result.value.widths).length > 0)) setLayout(result.value);
    });
    return () => {
      here = false;
    };
  }, [list]);
  const keep = useCallback(
    (next: ListLayout) => {
      setLayout(next);
      void settle(kense().queue.keepLayout({ list, layout: next }));
    },
    [list],
  );
  return [layout ?? atFirst, keep];
}
