import { useEffect, useRef } from 'react';
import { useEvent } from '../../api/use-event.ts';
import { useTouch } from './use-touch.ts';

const CHECK_MS = 5_000;
const AGAIN_MS = 60_000;

/**
 * By the clock, so that a computer that slept locks at once when it wakes, and by the time that this window has run, which no correction of the
 * clock moves: either of the two suffices.
 */
const CLOCKS = [() => Date.now(), () => performance.now()] as const;
const readClocks = (): number[] => CLOCKS.map((read) => read());

/** Calls `lock` when nobody has touched this window or that of a torn-off document for so many minutes; 0 or less never locks. */
export function useIdleLock(minutes: number, active: boolean, lock: () => void): void {
  const lastTouch = useRef<number[]>([]);
  const touch = () => {
    lastTouch.current = readClocks();
  };
  useTouch(touch);
  useEvent('tornTouched', touch);
  useEffect(() => {
    if (!active || minutes <= 0) return;
    lastTouch.current = readClocks();
    const timer = setInterval(() => {
      const idle = Math.max(...readClocks().map((now, clock) => now - lastTouch.current[clock]!));
      if (idle < minutes * 60_000) return;
      /* Should the core not answer, it is asked again. */
      lastTouch.current = readClocks().map((now) => now - minutes * 60_000 + AGAIN_MS);
      lock();
    }, CHECK_MS);
    return () => clearInterval(timer);
  }, [minutes, active, lock]);
}
