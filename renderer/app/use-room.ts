import { useEffect } from 'react';

/** Below this width, in pixels at the usual text size, document and panel no longer fit side by side. */
const WIDE_ENOUGH = 1100;

/** Larger text leaves less room: the stylesheets ask `data-room`, since media queries do not know the text size. */
export function useRoom(textSizePercent: number): void {
  useEffect(() => {
    const measure = () => {
      const room = window.innerWidth / (textSizePercent / 100);
      document.documentElement.dataset['room'] = room < WIDE_ENOUGH ? 'narrow' : 'wide';
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [textSizePercent]);
}
