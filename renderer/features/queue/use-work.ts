import { useCallback, useEffect, useState } from 'react';
import type { WorkDone } from '../../../shared/contract/index.ts';
import type { Failure, Result } from '../../../shared/result.ts';
import { kense } from '../../api/kense.ts';
import { useAction, type Action } from '../../api/use-action.ts';
import { useTexts } from '../../i18n/use-texts.ts';

const UNDO_SHOWN_MS = 10_000;

export type Work = {
  readonly failure: Failure | null;
  /** What was last changed here; it is offered to be taken back for ten seconds. */
  readonly last: { readonly words: string; readonly undo: string | null; readonly changed: number } | null;
  readonly run: (call: () => Promise<Result<WorkDone>>, say: (changed: number) => string) => void;
  /** Another call, whose failure stands where theirs does. */
  readonly act: Action['run'];
  readonly undo: () => boolean;
  readonly dismiss: () => void;
};

/** Changes of who works on what, each of which can be taken back at once. */
export function useWork(): Work {
  const { t } = useTexts();
  const { failure, run: act, clear } = useAction();
  const [last, setLast] = useState<Work['last']>(null);
  useEffect(() => {
    if (last === null) return;
    const timer = setTimeout(() => setLast(null), UNDO_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [last]);
  const run = useCallback(
    (call: () => Promise<Result<WorkDone>>, say: (changed: number) => string) =>
      void act(call, ({ changed, undo }) => setLast({ words: say(changed), undo, changed })),
    [act],
  );
  const undo = () => {
    if (last === null || last.undo === null) return false;
    const { undo: id, changed: of } = last;
    const say = (changed: number) =>
      changed === 0 ? t('work.undoneNone') : changed < of ? t('work.undonePart', { changed, of }) : t('work.undone', { changed });
    void act(
      () => kense().work.undo({ id }),
      ({ changed }) => setLast({ words: say(changed), undo: null, changed }),
    );
    return true;
  };
  const dismiss = useCallback(() => {
    setLast(null);
    clear();
  }, [clear]);
  return { failure, last, run, act, undo, dismiss };
}
