import { useCallback, useEffect, useRef, useState } from 'react';
import type { PaperWorkView } from '../../../shared/contract/index.ts';
import type { PaperForm } from '../../../shared/domain/paper-form.ts';
import { kense, settle } from '../../api/kense.ts';
import { useAnswer, type Answer } from '../../api/use-answer.ts';

export type KeptForm = {
  readonly value: PaperForm | null;
  readonly change: (form: PaperForm) => void;
  /** Nothing of it is kept any more: it was taken or dropped. */
  readonly forget: () => void;
};

/** The work with this id; without one, the last that the person has not finished, else a new one. Annexes of another filing have no form at the counter. */
export const usePaperWork = (id: string | null, screen: 'counter' | 'scan'): Answer<PaperWorkView> =>
  useAnswer(`paper:${screen}:${id ?? ''}`, async () => {
    if (id !== null) return kense().paper.get({ id });
    const unfinished = await kense().paper.list({});
    if (!unfinished.ok) return unfinished;
    const last = unfinished.value.find(({ annexTo }) => screen === 'scan' || annexTo === null);
    return last ? kense().paper.get({ id: last.id }) : kense().paper.begin({});
  });

const PAUSE_MS = 400;

/** The form of a work, kept in the core while it is typed, and at once when it is left. */
export function useKeptForm(work: PaperWorkView | null): KeptForm {
  const [typed, setTyped] = useState<{ readonly id: string; readonly form: PaperForm } | null>(null);
  const unsaved = useRef<{ readonly id: string; readonly form: PaperForm } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const stop = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
  }, []);
  const save = useCallback(() => {
    stop();
    const due = unsaved.current;
    unsaved.current = null;
    if (due) void settle(kense().paper.keep(due));
  }, [stop]);
  const id = work?.id ?? null;
  useEffect(() => save, [id, save]);
  const change = useCallback(
    (form: PaperForm) => {
      if (id === null) return;
      setTyped({ id, form });
      unsaved.current = { id, form };
      timer.current ??= setTimeout(save, PAUSE_MS);
    },
    [id, save],
  );
  const forget = useCallback(() => {
    stop();
    unsaved.current = null;
  }, [stop]);
  return { value: typed !== null && typed.id === id ? typed.form : (work?.form ?? null), change, forget };
}
