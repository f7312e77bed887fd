import { useCallback, useEffect, useRef, useState } from 'react';
import type { PaperWorkView } from '../../../shared/contract/index.ts';
import type { Arrangement } from '../../../shared/domain/paper-pages.ts';
import type { Failure } from '../../../shared/result.ts';
import { kense, settle } from '../../api/kense.ts';

export type Arranging = {
  /** As the person wants it, also before the core has it. */
  readonly arrangement: Arrangement;
  readonly failure: Failure | null;
  readonly arrange: (change: (old: Arrangement) => Arrangement) => void;
  /** False when there is nothing to take back. */
  readonly undo: () => boolean;
  readonly clear: () => void;
};

const count = ({ documents, dropped }: Arrangement) => documents.reduce((sum, { pages }) => sum + pages.length, dropped.length);

/** Moves of pages are shown at once and kept one after the other, however quickly the keys come. What the core refuses is shown as it is there. */
export function useArrangement(work: PaperWorkView, onWork: (work: PaperWorkView) => void, reload: () => Promise<void>): Arranging {
  const [wanted, setWanted] = useState<Arrangement | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const latest = useRef(work.arrangement);
  const revision = useRef(work.revision);
  const pending = useRef(0);
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const before = useRef<Arrangement[]>([]);
  const { id } = work;
  useEffect(() => {
    if (pending.current > 0) return;
    latest.current = work.arrangement;
    revision.current = work.revision;
  }, [work]);

  const put = useCallback(
    (next: Arrangement) => {
      latest.current = next;
      setWanted(next);
      pending.current++;
      last.current = last.current.then(async () => {
        const kept = await settle(kense().paper.arrange({ id, revision: revision.current, arrangement: next }));
        pending.current--;
        if (kept.ok) revision.current = kept.value.revision;
        setFailure(kept.ok ? null : kept.error);
        if (pending.current > 0) return;
        if (kept.ok) onWork(kept.value);
        else await reload();
        setWanted(null);
      });
    },
    [id, onWork, reload],
  );
  const arrange = useCallback(
    (change: (old: Arrangement) => Arrangement) => {
      const old = latest.current;
      const next = change(old);
      if (next === old) return;
      before.current.push(old);
      put(next);
    },
    [put],
  );
  const undo = useCallback(() => {
    const old = before.current.pop();
    // pages that came meanwhile are in no earlier arrangement
    if (!old || count(old) !== count(latest.current)) {
      before.current = [];
      return false;
    }
    put(old);
    return true;
  }, [put]);
  return { arrangement: wanted ?? work.arrangement, failure, arrange, undo, clear: useCallback(() => setFailure(null), []) };
}
