import { useCallback, useEffect, useState } from 'react';
import type { WorkDone } from '../../../shared/contract/index.ts';
import type { Failure, Result } from '../../../shared/result.ts';
import { kense, settle } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';

const UNDO_SHOWN_MS = 10_000;

export type Work = {
  readonly failure: Failure | null;
  /** What was last changed here; it is offered to be taken back for ten seconds. */
  readonly last: { readonly words: string; readonly undo: string | null } | null;
  readonly run: (call: () => Promise<Result<WorkDone>>, say: (changed: number) => string) => void;
  readonly undo: () => boolean;
  readonly dismiss: () => void;
};

/** Changes of who works on what, each of which can be taken back at once. */
export function useWork(taken: string): Work {
  const { failure, run: act, clear } = useAction();
  const [last, setLast] = useState<Work['last']>(null);
  useEffect(() => {
    if (last === null) return;
    const timer = setTimeout(() => setLast(null), UNDO_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [last]);
  const run = useCallback(
    (call: () => Promise<Result<WorkDone>>, say: (changed: number) => string) =>
      void act(call, ({ changed, undo }) => setLast({ words: say(changed), undo })),
    [act],
  );
  const undo = () => {
    const id = last?.undo;
    if (id == null) return false;
    setLast(null);
    void settle(kense().work.undo({ id })).then((result) => {
      if (result.ok) setLast({ words: taken, undo: null });
    });
    return true;
  };
  const dismiss = useCallback(() => {
    setLast(null);
    clear();
  }, [clear]);
  return { failure, last, run, undo, dismiss };
}
