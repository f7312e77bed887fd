import { useRef } from 'react';
import { useCommands } from './use-commands.ts';

type Rows = {
  readonly current: number;
  readonly count: number;
  /** How many rows a page is. */
  readonly page: () => number;
  readonly moveTo: (index: number) => void;
  readonly open: (index: number) => void;
};

/** The keys of a list of rows, heard only while the focus is in it; spread the answer on the element around the rows. */
export function useRowKeys({ current, count, page, moveTo, open }: Rows) {
  const inside = useRef(false);
  const run = (act: () => void): boolean => {
    if (inside.current) act();
    return inside.current;
  };
  const go = (index: number) => run(() => moveTo(Math.max(0, Math.min(count - 1, index))));
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
  return {
    onFocus: () => {
      inside.current = true;
    },
    onBlur: () => {
      inside.current = false;
    },
  };
}
