import { useCallback, useEffect, useRef, useState } from 'react';
import { kense, settle } from '../../api/kense.ts';

type Form = 'hearing' | 'answer' | 'access' | 'decision' | 'reply' | 'act' | 'note' | 'correction' | `text:${string}` | `reply:${string}`;
export type Draft<T> = {
  /** Null until it is known whether something was typed before. */
  readonly value: T | null;
  readonly change: (value: T) => void;
  /** Nothing is kept any more; the core does it by itself when the form was sent. */
  readonly drop: () => void;
  /** Begins anew after it was sent. */
  readonly reset: () => void;
};

const PAUSE_MS = 400;

/** A form that outlasts leaving the filing, locking and a restart of the core. `isForm` refuses what another version of the program kept. */
export function useDraft<T>(filingId: string, form: Form, empty: () => T, isForm: (kept: unknown) => kept is T): Draft<T> {
  const [value, setValue] = useState<T | null>(null);
  const unsaved = useRef<T | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const first = useRef({ empty, isForm });

  const save = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    if (unsaved.current === null) return;
    const content = JSON.stringify(unsaved.current);
    unsaved.current = null;
    void settle(kense().draft.keep({ filingId, form, content }));
  }, [filingId, form]);

  useEffect(() => {
    let wanted = true;
    void settle(kense().draft.read({ filingId, form })).then((kept) => {
      if (!wanted) return;
      const found: unknown = kept.ok && kept.value !== null ? JSON.parse(kept.value) : null;
      setValue((old) => old ?? (first.current.isForm(found) ? found : first.current.empty()));
    });
    return () => {
      wanted = false;
      save();
    };
  }, [filingId, form, save]);

  const change = useCallback(
    (next: T) => {
      setValue(next);
      unsaved.current = next;
      timer.current ??= setTimeout(save, PAUSE_MS);
    },
    [save],
  );
  const forget = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    unsaved.current = null;
  }, []);
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
