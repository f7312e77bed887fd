import { useCallback, useEffect, useRef, useState } from 'react';
import { kense, settle } from '../../api/kense.ts';
import { useKeeping } from '../../app/use-keeping.ts';

type Form =
  | 'hearing'
  | 'answer'
  | 'access'
  | 'decision'
  | 'reply'
  | 'act'
  | 'note'
  | 'correction'
  | `${'text' | 'reply' | 'dispatch' | 'resend'}:${string}`;
export type Draft<T> = {
  /** Null until it is known whether something was typed before. */
  readonly value: T | null;
  readonly change: (value: T) => void;
  /** Nothing is kept any more; the core does it by itself when the form was sent. */
  readonly drop: () => void;
  /** Begins anew after it was sent. */
  readonly reset: () => void;
};

/** A form that outlasts leaving the filing, locking and a restart of the core. `isForm` refuses what another version of the program kept. */
export function useDraft<T>(filingId: string, form: Form, empty: () => T, isForm: (kept: unknown) => kept is T): Draft<T> {
  const [value, setValue] = useState<T | null>(null);
  const { put, forget, waiting } = useKeeping(`${filingId} ${form}`);
  const first = useRef({ empty, isForm });

  useEffect(() => {
    let wanted = true;
    void settle(kense().draft.read({ filingId, form })).then((kept) => {
      if (!wanted) return;
      const found: unknown = waiting() ?? (kept.ok && kept.value !== null ? JSON.parse(kept.value) : null);
      setValue((old) => old ?? (first.current.isForm(found) ? found : first.current.empty()));
    });
    return () => {
      wanted = false;
    };
  }, [filingId, form, waiting]);

  const change = useCallback(
    (next: T) => {
      setValue(next);
      put(() => kense().draft.keep({ filingId, form, content: JSON.stringify(next) }), next);
    },
    [filingId, form, put],
  );
  const drop = useCallback(() => {
    forget();
    void settle(kense().draft.keep({ filingId, form, content: null }));
  }, [filingId, form, forget]);
  const reset = useCallback(() => {
    forget();
    setValue(first.current.empty());
  }, [forget]);
  return { value, change, drop, reset };
}
