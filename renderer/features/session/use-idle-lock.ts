import { useEffect } from 'react';

const ACTIVITY = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
const CHECK_MS = 5_000;
const AGAIN_MS = 60_000;

/** Calls `lock` when nobody has touched the window for so many minutes; 0 or less never locks. */
export function useIdleLock(minutes: number, active: boolean, lock: () => void): void {
  useEffect(() => {
    if (!active || minutes <= 0) return;
    let lastTouch = Date.now();
    const touch = () => {
      lastTouch = Date.now();
    };
    for (const event of ACTIVITY) window.addEventListener(event, touch, { passive: true, capture: true });
    /* Looked at by the clock, not by one long timer: a computer that slept locks at once when it wakes. */
    const timer = setInterval(() => {
      if (Date.now() - lastTouch < minutes * 60_000) return;
      /* Should the core not answer, it is asked again. */
      lastTouch += AGAIN_MS;
      lock();
    }, CHECK_MS);
    return () => {
      for (const event of ACTIVITY) window.removeEventListener(event, touch, { capture: true });
      clearInterval(timer);
    };
  }, [minutes, active, lock]);
}
