import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { QueueCounts, QueueQuestion, QueueRow } from '../../../shared/contract/index.ts';
import type { Failure } from '../../../shared/result.ts';
import { kense, settle } from '../../api/kense.ts';
import { useEvent } from '../../api/use-event.ts';

/** A row as it stands on the screen; `gone` when it does not belong into the list any more. */
export type ShownRow = { readonly row: QueueRow; readonly gone: boolean };
export type Queue = {
  /** Names it to the core; 0 until it is here. */
  readonly list: number;
  /** Null until the list is here. */
  readonly total: number | null;
  readonly rowAt: (index: number) => ShownRow | null;
  /** Asks for what is missing between two places, both included. */
  readonly see: (first: number, last: number) => void;
  readonly placeOf: (id: string) => number;
  /** The ids of the rows that are here around a place, in order. */
  readonly idsAround: (index: number) => { readonly ids: readonly string[]; /** The place of the first of them. */ readonly first: number };
  readonly counts: Partial<QueueCounts>;
  readonly asOf: string | null;
  readonly arrived: number;
  readonly gone: number;
  readonly failure: Failure | null;
  readonly reload: () => void;
  /** Opens the list anew: what waits comes in, what left goes out. */
  readonly showNew: () => void;
};

type State = {
  readonly key: string;
  readonly list: number;
  readonly total: number | null;
  /** By place; grows as the person looks around. */
  readonly rows: ReadonlyMap<number, ShownRow>;
  readonly counts: Partial<QueueCounts>;
  readonly asOf: string | null;
  readonly arrived: number;
  readonly gone: number;
  readonly failure: Failure | null;
};
const EMPTY = { list: 0, total: null, rows: new Map<number, ShownRow>(), counts: {}, asOf: null, arrived: 0, gone: 0, failure: null };
/** Rows are asked for by such parts; the parts beside what is seen come with it. */
const PART = 60;
const MOST_KEPT_PARTS = 60;

/** The rows of a view, as far as somebody looks; a change in the office never moves what is on the screen. */
export function useQueue(question: QueueQuestion): Queue {
  const key = JSON.stringify(question);
  const [state, setState] = useState<State>({ key, ...EMPTY });
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });
  const turn = useRef(0);
  const asked = useRef(new Set<number>());
  const seen = useRef<readonly [number, number]>([0, PART]);

  const open = useCallback(async () => {
    const mine = ++turn.current;
    asked.current = new Set([0]);
    const result = await settle(kense().queue.list(JSON.parse(key) as QueueQuestion));
    if (mine !== turn.current) return;
    if (!result.ok) {
      setState((old) => ({ ...(old.key === key ? old : { key, ...EMPTY, counts: old.counts }), failure: result.error }));
      return;
    }
    const { list, total, rows, counts, asOf } = result.value;
    const first = new Map(rows.map((row, index) => [index, { row, gone: false }]));
    setState({ key, list, total: total ?? rows.length, rows: first, counts, asOf, arrived: 0, gone: 0, failure: null });
    if (total !== null) return;
    const news = await settle(kense().queue.news({ list }));
    if (mine === turn.current && news.ok) setState((old) => (old.list === list ? { ...old, total: news.value.total } : old));
  }, [key]);

  const load = useCallback(async (part: number) => {
    const { list } = latest.current;
    if (list === 0) return;
    const mine = turn.current;
    const result = await settle(kense().queue.rows({ list, from: part * PART, count: PART }));
    if (mine !== turn.current || !result.ok) {
      asked.current.delete(part);
      return;
    }
    setState((old) => {
      if (old.list !== list) return old;
      const rows = new Map(old.rows);
      result.value.forEach((row, at) => rows.set(part * PART + at, row));
      return { ...old, rows };
    });
  }, []);

  const see = useCallback(
    (first: number, last: number) => {
      seen.current = [first, last];
      if (asked.current.size > MOST_KEPT_PARTS) forgetFar();
      for (let part = Math.max(0, Math.floor(first / PART)); part <= Math.floor(last / PART) + 1; part++) {
        if (asked.current.has(part) || part * PART >= (latest.current.total ?? 0)) continue;
        asked.current.add(part);
        void load(part);
      }
      function forgetFar() {
        const at = Math.floor(first / PART);
        const near = (part: number) => Math.abs(part - at) < MOST_KEPT_PARTS / 4;
        asked.current = new Set([...asked.current].filter(near));
        setState((old) => ({ ...old, rows: new Map([...old.rows].filter(([index]) => near(Math.floor(index / PART)))) }));
      }
    },
    [load],
  );

  /** What is on the screen is brought up to date in its place, and what is new is counted. */
  const look = useCallback(async () => {
    const { list, key: shown } = latest.current;
    if (list === 0 || shown !== key) return open();
    const mine = turn.current;
    const [first, last] = seen.current;
    asked.current = new Set();
    see(first, last);
    const news = await settle(kense().queue.news({ list }));
    if (mine !== turn.current) return;
    if (!news.ok || latest.current.total === 0) return open();
    setState((old) => (old.list === list ? { ...old, ...news.value, total: old.total } : old));
  }, [key, open, see]);

  useEffect(() => {
    // eslint-disable-next-line react-hooks/set-state-in-effect -- nothing is set before the core has answered
    void open();
    const turns = turn;
    return () => {
      turns.current++;
    };
  }, [open]);
  useEvent('workChanged', () => void look());

  const current = state.key === key ? state : { ...EMPTY, counts: state.counts };
  const { rows } = current;
  const places = useMemo(() => new Map([...rows].map(([index, { row }]) => [row.id, index])), [rows]);
  return {
    ...current,
    rowAt: useCallback((index: number) => rows.get(index) ?? null, [rows]),
    placeOf: useCallback((id: string) => places.get(id) ?? -1, [places]),
    idsAround: useCallback((index: number) => idsAround(rows, index), [rows]),
    see,
    reload: useCallback(() => void open(), [open]),
    showNew: useCallback(() => void open(), [open]),
  };
}

function idsAround(rows: ReadonlyMap<number, ShownRow>, index: number): ReturnType<Queue['idsAround']> {
  const ids: string[] = [];
  let first = index;
  while (rows.has(first - 1)) first--;
  for (let at = first; rows.has(at); at++) ids.push(rows.get(at)!.row.id);
  return { ids, first };
}
