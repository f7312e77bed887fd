import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure, Result } from '../../shared/result.ts';
import { settle } from './kense.ts';

export type Answer<T> = {
  /** The last good value; kept while a newer one loads or when loading it fails. */
  readonly value: T | null;
  readonly failure: Failure | null;
  readonly reload: () => Promise<void>;
  /** Puts an answer of another call (a changed filing) in place without asking again; nothing once something else is asked. */
  readonly replace: (value: T) => void;
};

type State<T> = { readonly key: string; readonly value: T | null; readonly failure: Failure | null };

/** Asks the core now and whenever `key` changes. An answer to an older question is thrown away. */
export function useAnswer<T>(key: string, ask: () => Promise<Result<T>>): Answer<T> {
  const [state, setState] = useState<State<T>>({ key, value: null, failure: null });
  const question = useRef(0);
  const latestAsk = useRef(ask);
  const latestKey = useRef(key);
  useEffect(() => {
    latestAsk.current = ask;
    latestKey.current = key;
  });

  const load = useCallback(async () => {
    const mine = ++question.current;
    const result = await settle(latestAsk.current());
    if (mine !== question.current) return;
    setState((old) =>
      result.ok ? { key, value: result.value, failure: null } : { key, value: old.key === key ? old.value : null, failure: result.error },
    );
  }, [key]);

  useEffect(() => {
    void load();
    const questions = question;
    return () => {
      questions.current++;
    };
  }, [load]);

  const replace = useCallback(
    (value: T) => {
      if (latestKey.current !== key) return;
      question.current++;
      setState({ key, value, failure: null });
    },
    [key],
  );

  const current = state.key === key ? state : { value: null, failure: null };
  return { value: current.value, failure: current.failure, reload: load, replace };
}
