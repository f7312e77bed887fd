import { useEffect, useRef } from 'react';
import { useEvent } from '../../api/use-event.ts';
import { useTouch } from './use-touch.ts';

const CHECK_MS = 5_000;
const AGAIN_MS = 60_000;

/** Calls `lock` when nobody has touched this window or that of a torn-off document for so many minutes; 0 or less never locks. */
export function useIdleLock(minutes: number, active: boolean, lock: () => void): void {
  const lastTouch = useRef(0);
  const touch = () => {
    lastTouch.current = Date.now();
  };
  useTouch(touch);
  useEvent('tornTouched', touch);
  useEffect(() => {
    if (!active || minutes <= 0) return;
    lastTouch.current = Date.now();
    /* Looked at by the clock, not by one long timer: a computer that slept locks at once when it wakes. */
    const timer = setInterval(() => {
      if (Date.now() - lastTouch.current < minutes * 60_000) return;
      /* Should the core not answer, it is asked again. */
      lastTouch.current += AGAIN_MS;
      lock();
    }, CHECK_MS);
    return () => clearInterval(timer);
  }, [minutes, active, lock]);
}
