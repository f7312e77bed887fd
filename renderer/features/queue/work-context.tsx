import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { WorkDone } from '../../../shared/contract/index.ts';
import type { Failure, Result } from '../../../shared/result.ts';
import { kense } from '../../api/kense.ts';
import { useAction, type Action } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useSession } from '../../app/session-context.tsx';
import { useTexts } from '../../i18n/use-texts.ts';

const UNDO_SHOWN_MS = 10_000;

type Change = { readonly words: string; readonly undo: string | null; readonly changed: number };
type LastWork = {
  /** What was last changed in this window; it is offered to be taken back for ten seconds, on whatever screen. */
  readonly last: Change | null;
  readonly announce: (change: Change) => void;
  readonly undo: () => boolean;
  /** Why it was not taken back. */
  readonly failure: Failure | null;
  readonly clear: () => void;
};
const WorkContext = createContext<LastWork | null>(null);

export function useLastWork(): LastWork {
  const work = use(WorkContext);
  if (!work) throw new Error('no work');
  return work;
}

/** Keeps the last change of who works on what beside the screens: it outlives the one on which it was made. */
export function WorkProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useTexts();
  const { activeRole } = useSession();
  const { failure, run, clear } = useAction();
  const [last, setLast] = useState<Change | null>(null);
  useEffect(() => {
    if (last === null) return;
    const timer = setTimeout(() => setLast(null), UNDO_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [last]);
  const announce = useCallback(
    (change: Change) => {
      clear();
      setLast(change);
    },
    [clear],
  );
  const undo = useCallback(() => {
    if (last === null || last.undo === null) return false;
    const { undo: id, changed: of } = last;
    const say = (changed: number) =>
      changed === 0 ? t('work.undoneNone') : changed < of ? t('work.undonePart', { changed, of }) : t('work.undone', { changed });
    void run(
      () => kense().work.undo({ id }),
      ({ changed }) => setLast({ words: say(changed), undo: null, changed }),
    );
    return true;
  }, [last, run, t]);
  useCommands('window', { 'app.undo': undo }, { on: activeRole === 'secretary' || activeRole === 'office-head' });
  const work = useMemo(() => ({ last, announce, undo, failure, clear }), [last, announce, undo, failure, clear]);
  return <WorkContext value={work}>{children}</WorkContext>;
}

export type Work = {
  readonly failure: Failure | null;
  readonly run: (call: () => Promise<Result<WorkDone>>, say: (changed: number) => string) => void;
  /** Another call, whose failure stands where theirs does. */
  readonly act: Action['run'];
};

/** Changes of who works on what, each of which can be taken back at once. */
export function useWork(): Work {
  const { announce } = useLastWork();
  const { failure, run: act } = useAction();
  const run = useCallback(
    (call: () => Promise<Result<WorkDone>>, say: (changed: number) => string) =>
      void act(call, ({ changed, undo }) => announce({ words: say(changed), undo, changed })),
    [act, announce],
  );
  return { failure, run, act };
}
