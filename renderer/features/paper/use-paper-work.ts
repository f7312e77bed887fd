import { useCallback, useMemo, useState } from 'react';
import type { PaperWorkView } from '../../../shared/contract/index.ts';
import type { PaperForm } from '../../../shared/domain/paper-form.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer, type Answer } from '../../api/use-answer.ts';
import { useKeeping } from '../../app/use-keeping.ts';

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

/** The form of a work, kept in the core while it is typed, and at once when it is left. */
export function useKeptForm(work: PaperWorkView | null): KeptForm {
  const [typed, setTyped] = useState<{ readonly id: string; readonly form: PaperForm } | null>(null);
  const id = work?.id ?? null;
  const { put, forget, waiting } = useKeeping(id ?? '');
  const left = useMemo(() => waiting() as PaperForm | null, [waiting]);
  const change = useCallback(
    (form: PaperForm) => {
      if (id === null) return;
      setTyped({ id, form });
      put(() => kense().paper.keep({ id, form }), form);
    },
    [id, put],
  );
  return { value: typed !== null && typed.id === id ? typed.form : (left ?? work?.form ?? null), change, forget };
}
