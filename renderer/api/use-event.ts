import { useEffect, useLayoutEffect, useRef } from 'react';
import type { WindowApi } from '../../shared/contract/index.ts';
import { kense } from './kense.ts';

type On = WindowApi['on'];
type Payload<E extends keyof On> = Parameters<Parameters<On[E]>[0]>[0];

/** Hears what the core tells the window unasked. */
export function useEvent<E extends keyof On>(event: E, listener: (payload: Payload<E>) => void): void {
  const latest = useRef(listener);
  useLayoutEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const subscribe = kense().on[event] as (hear: (payload: Payload<E>) => void) => () => void;
    return subscribe((payload) => latest.current(payload));
  }, [event]);
}
