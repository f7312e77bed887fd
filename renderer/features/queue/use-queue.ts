import { useCallback, useEffect, useRef, useState } from 'react';
import type { QueueRow, QueueView } from '../../../shared/contract/index.ts';
import type { Failure } from '../../../shared/result.ts';
import { kense, settle } from '../../api/kense.ts';
import { useEvent } from '../../api/use-event.ts';
import { mergeRows, showAll, type ShownRow } from './merge-rows.ts';

export type Queue = {
  readonly rows: readonly ShownRow[] | null;
  readonly counts: Partial<Record<QueueView, number>>;
  readonly asOf: string | null;
  readonly arrived: number;
  readonly gone: number;
  readonly failure: Failure | null;
  readonly reload: () => void;
  /** Puts what waits in place: new rows in, rows that left out. */
  readonly showNew: () => void;
};

type State = {
  readonly key: string;
  readonly rows: readonly ShownRow[] | null;
  readonly fresh: readonly QueueRow[];
  readonly counts: Partial<Record<QueueView, number>>;
  readonly asOf: string | null;
  readonly failure: Failure | null;
};
const EMPTY = { rows: null, fresh: [], counts: {}, asOf: null, failure: null };

/** The rows of a view; a change in the office never moves what is on the screen. */
export function useQueue(view: QueueView, search: string): Queue {
  const key = `${view}\n${search}`;
  const [state, setState] = useState<State>({ key, ...EMPTY });
  const question = useRef(0);

  const ask = useCallback(
    async (how: 'replace' | 'merge') => {
      const mine = ++question.current;
      const result = await settle(kense().queue.list(search ? { view, search } : { view }));
      if (mine !== question.current) return;
      setState((old) => {
        const base = old.key === key ? old : { key, ...EMPTY, counts: old.counts };
        if (!result.ok) return { ...base, failure: result.error };
        const { rows: fresh, counts, asOf } = result.value;
        const keep = how === 'merge' && base.rows !== null && base.rows.length > 0;
        return { key, rows: keep ? mergeRows(base.rows, fresh).rows : showAll(fresh), fresh, counts, asOf, failure: null };
      });
    },
    [key, view, search],
  );

  useEffect(() => {
    void ask('replace');
    const questions = question;
    return () => {
      questions.current++;
    };
  }, [ask]);
  useEvent('workChanged', () => void ask('merge'));

  const current = state.key === key ? state : { ...EMPTY, counts: state.counts };
  const waiting = current.rows ? mergeRows(current.rows, current.fresh) : { arrived: 0, gone: 0 };
  return {
    rows: current.rows,
    counts: current.counts,
    asOf: current.asOf,
    arrived: waiting.arrived,
    gone: waiting.gone,
    failure: current.failure,
    reload: useCallback(() => void ask('replace'), [ask]),
    showNew: useCallback(() => setState((old) => ({ ...old, rows: showAll(old.fresh) })), []),
  };
}
