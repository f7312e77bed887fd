import { useRef, useState, type FocusEvent } from 'react';

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
        if (!event.currentTarget.contains(event.relatedTarget)) note({ focus: false });
      },
    },
  };
}
