import { useRef } from 'react';
import { useCommands } from './use-commands.ts';

type Rows = {
  /** Whether the keys are for this list while nothing at all has the focus: nothing else here has rows. */
  readonly isOnly: () => boolean;
  readonly current: number;
  readonly count: number;
  /** How many rows a page is. */
  readonly page: () => number;
  readonly moveTo: (index: number) => void;
  readonly open: (index: number) => void;
  /** Absent where nothing is chosen. */
  readonly select?: {
    readonly toggle: (index: number) => void;
    readonly toggleAll: () => void;
    readonly extendTo: (index: number) => void;
  };
};

/** The keys of a list of rows, heard while the focus is in it, or nowhere and there is no other list; spread the answer on the element around the rows. */
export function useRowKeys({ isOnly, current, count, page, moveTo, open, select }: Rows) {
  const inside = useRef(false);
  const run = (act: () => void): boolean => {
    const isMeant = inside.current || (document.activeElement === document.body && isOnly());
    if (isMeant) act();
    return isMeant;
  };
  const go = (index: number) => run(() => moveTo(Math.max(0, Math.min(count - 1, index))));
  const toggle = () => run(() => select?.toggle(current));
  useCommands('panel', {
    'list.next': () => go(current + 1),
    'list.next-letter': () => go(current + 1),
    'list.previous': () => go(current - 1),
    'list.previous-letter': () => go(current - 1),
    'list.page-down': () => go(current + page()),
    'list.page-up': () => go(current - page()),
    'list.first': () => go(0),
    'list.last': () => go(count - 1),
    'list.open': () => run(() => open(current)),
  });
  useCommands(
    'panel',
    {
      'list.select': toggle,
      'list.select-letter': toggle,
      'list.select-all': () => run(() => select?.toggleAll()),
      'list.extend-down': () => run(() => select?.extendTo(current + 1)),
      'list.extend-up': () => run(() => select?.extendTo(current - 1)),
    },
    { on: select !== undefined },
  );
  return {
    onFocus: () => {
      inside.current = true;
    },
    onBlur: () => {
      inside.current = false;
    },
  };
}
