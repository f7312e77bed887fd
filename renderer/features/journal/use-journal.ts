import { useCallback, useEffect, useRef, useState } from 'react';
import type { JournalFilter, JournalLine } from '../../../shared/contract/index.ts';
import { JOURNAL_PAGE } from '../../../shared/domain/oversight.ts';
import type { Failure } from '../../../shared/result.ts';
import { kense, settle } from '../../api/kense.ts';

export type JournalRows = {
  /** Null until the first answer. */
  readonly total: number | null;
  /** From where older entries are to be looked for; null when `total` counts them all. */
  readonly next: number | null;
  readonly failure: Failure | null;
  readonly rowAt: (index: number) => JournalLine | null;
  /** Brings the pages between two rows that are not here yet. */
  readonly load: (first: number, last: number) => void;
  readonly reload: () => void;
};

/**
 * The journal under one filter, page by page as it is looked at; what is written meanwhile does not move it.
 * @param from the newest entry that counts; null: the newest of all.
 */
export function useJournal(filter: JournalFilter, from: number | null): JournalRows {
  const pages = useRef(new Map<number, readonly JournalLine[] | 'asked'>());
  const upTo = useRef<number | null>(from);
  const [{ total, next }, setFound] = useState<{ total: number | null; next: number | null }>({ total: null, next: null });
  const [failure, setFailure] = useState<Failure | null>(null);
  const [, redraw] = useState(0);

  const ask = useCallback(
    async (page: number) => {
      const asked = pages.current;
      asked.set(page, 'asked');
      const found = await settle(kense().journal.list({ ...filter, upTo: upTo.current, offset: page * JOURNAL_PAGE, limit: JOURNAL_PAGE }));
      if (asked !== pages.current) return;
      if (!found.ok) {
        asked.delete(page);
        setFailure(found.error);
        return;
      }
      upTo.current = found.value.upTo;
      asked.set(page, found.value.lines);
      setFound({ total: found.value.total, next: found.value.next });
      redraw((n) => n + 1);
    },
    [filter],
  );
  const reload = useCallback(() => {
    pages.current = new Map();
    upTo.current = from;
    setFailure(null);
    void ask(0);
  }, [ask, from]);
  useEffect(() => {
    upTo.current = from;
    void ask(0);
    return () => {
      pages.current = new Map();
    };
  }, [ask, from]);

  return {
    total,
    next,
    failure,
    reload,
    rowAt: (index) => {
      const page = pages.current.get(Math.floor(index / JOURNAL_PAGE));
      return page === undefined || page === 'asked' ? null : (page[index % JOURNAL_PAGE] ?? null);
    },
    load: (first, last) => {
      for (let page = Math.floor(first / JOURNAL_PAGE); page <= Math.floor(last / JOURNAL_PAGE); page++)
        if (!pages.current.has(page)) void ask(page);
    },
  };
}
