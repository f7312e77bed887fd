import { useSyncExternalStore } from 'react';

/** The height of a list row in whole pixels: it follows the density, the text size and the width of the window. */
function measure(): number {
  const style = getComputedStyle(document.documentElement);
  const rem = Number.parseFloat(style.fontSize) || 15;
  return Math.round(Number.parseFloat(style.getPropertyValue('--row')) * rem) || 36;
}

function subscribe(changed: () => void): () => void {
  const watcher = new MutationObserver(changed);
  watcher.observe(document.documentElement, { attributes: true, attributeFilter: ['data-density', 'style'] });
  window.addEventListener('resize', changed);
  return () => {
    watcher.disconnect();
    window.removeEventListener('resize', changed);
  };
}

export const useRowHeight = (): number => useSyncExternalStore(subscribe, measure);
