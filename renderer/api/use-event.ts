import { useEffect, useLayoutEffect, useRef } from 'react';
import type { WindowApi } from '../../shared/contract/index.ts';
import { kense } from './kense.ts';

type On = WindowApi['on'];
type Payload<E extends keyof On> = Parameters<Parameters<On[E]>[0]>[0];
type Subscribe<E extends keyof On> = (hear: (payload: Payload<E>) => void) => () => void;

/** Hears what the core tells the window unasked. */
export function useEvent<E extends keyof On>(event: E, listener: (payload: Payload<E>) => void): void {
  const latest = useRef(listener);
  useLayoutEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const { on } = kense() as { readonly on: { readonly [K in keyof On]: Subscribe<K> } };
    return on[event]((payload) => latest.current(payload));
  }, [event]);
}
