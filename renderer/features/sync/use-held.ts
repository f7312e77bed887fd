import { useRef, useState, type FocusEvent } from 'react';

/** Whoever decides in a dialog comes back from it. */
const isInDialog = (target: EventTarget | null) => target instanceof Element && target.closest('[role="dialog"]') !== null;

/** Whether somebody is at a part of the screen, with the pointer or with the focus; spread `handlers` on its element. */
export function useHeld() {
  const [held, setHeld] = useState(false);
  const at = useRef({ pointer: false, focus: false });
  const note = (change: Partial<{ pointer: boolean; focus: boolean }>) => {
    Object.assign(at.current, change);
    setHeld(at.current.pointer || at.current.focus);
  };
  return {
    held,
    handlers: {
      onPointerEnter: () => note({ pointer: true }),
      onPointerLeave: () => note({ pointer: false }),
      onFocus: () => note({ focus: true }),
      onBlur: (event: FocusEvent<HTMLElement>) => {
        const to = event.relatedTarget;
        if (!event.currentTarget.contains(to) && !isInDialog(to)) note({ focus: false });
      },
    },
  };
}
