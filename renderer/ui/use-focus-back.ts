import { useCallback, useEffect, useState } from 'react';

/** The nearest first; behind a part that another one opened over stands what that one had come from. */
type Way = readonly HTMLElement[];
const wayOf = new WeakMap<Element, Way>();
/** Of a part that was closed and whose focus is not back yet. */
let due: Way = [];

function wayHere(): Way {
  const at = document.activeElement;
  if (!(at instanceof HTMLElement) || at === document.body) return due;
  const over = at.closest('[data-over-window]');
  return [at, ...((over && wayOf.get(over)) ?? [])];
}

/** For what lies over the window: when it is gone, the focus goes back to where it was, unless something else has taken it. Put the answer on its element, with `data-over-window`. */
export function useFocusBack(): (element: HTMLElement | null) => void {
  const [way] = useState(wayHere);
  useEffect(
    () => () => {
      due = way;
      requestAnimationFrame(() => {
        if (due === way) due = [];
        if (document.activeElement === document.body) way.find((element) => element.isConnected)?.focus({ preventScroll: true });
      });
    },
    [way],
  );
  return useCallback(
    (element) => {
      if (element) wayOf.set(element, way);
    },
    [way],
  );
}
