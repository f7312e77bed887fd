import { useEffect, useLayoutEffect, useRef } from 'react';

const ACTIVITY = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Hears that somebody uses this window, by key, pointer or wheel. */
export function useTouch(listener: () => void): void {
  const latest = useRef(listener);
  useLayoutEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const touched = () => latest.current();
    for (const event of ACTIVITY) window.addEventListener(event, touched, { passive: true, capture: true });
    return () => {
      for (const event of ACTIVITY) window.removeEventListener(event, touched, { capture: true });
    };
  }, []);
}
