import { useCallback, useEffect, useId, useRef, useSyncExternalStore } from 'react';
import type { Failure, Result } from '../../shared/result.ts';
import { settle } from '../api/kense.ts';
import { useSession } from './session-context.tsx';

type Call = () => Promise<Result<unknown>>;
export type Keeping = {
  /** To be kept after a short pause, in the place of what was to be kept before. */
  readonly put: (call: Call) => void;
  /** Nothing of it is to be kept any more. */
  readonly forget: () => void;
};

const PAUSE_MS = 400;
const AGAIN_MS = 5_000;

let failing: readonly (readonly [string, Failure])[] = [];
const listeners = new Set<() => void>();
function tell(of: string, failure: Failure | null): void {
  if (failure === null && !failing.some(([known]) => known === of)) return;
  failing = [...failing.filter(([known]) => known !== of), ...(failure ? [[of, failure] as const] : [])];
  for (const listener of listeners) listener();
}
const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
/** Why something that was typed is not kept yet; null when all of it is. */
export const useNotKept = (): Failure | null => useSyncExternalStore(listen, () => failing.at(-1)?.[1] ?? null);

/** Keeps what is typed about a subject: after a pause, at once when it is left, and again and again until it succeeds, also after unlocking. */
export function useKeeping(subject: string): Keeping {
  const { locked } = useSession();
  const me = useId();
  const due = useRef<Call | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef(0);
  const stop = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
  }, []);
  const save = useCallback(
    function saveNow() {
      stop();
      const call = due.current;
      if (call === null) return;
      due.current = null;
      const mine = ++latest.current;
      void settle(call()).then((kept) => {
        if (mine !== latest.current) return;
        tell(me, kept.ok ? null : kept.error);
        if (kept.ok || due.current !== null) return;
        due.current = call;
        // what it is about is gone: trying again does not bring it back
        if (kept.error.code !== 'not-found') timer.current = setTimeout(saveNow, AGAIN_MS);
      });
    },
    [me, stop],
  );
  const forget = useCallback(() => {
    stop();
    due.current = null;
    latest.current++;
    tell(me, null);
  }, [me, stop]);
  useEffect(
    () => () => {
      save();
      forget();
    },
    [subject, save, forget],
  );
  useEffect(() => {
    if (!locked) save();
  }, [locked, save]);
  const put = useCallback(
    (call: Call) => {
      due.current = call;
      timer.current ??= setTimeout(save, PAUSE_MS);
    },
    [save],
  );
  return { put, forget };
}
