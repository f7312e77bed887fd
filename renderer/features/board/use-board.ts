import { useCallback, useEffect, useRef, useState } from 'react';
import type { Board } from '../../../shared/contract/index.ts';
import type { BoardPeriod } from '../../../shared/domain/board-figures.ts';
import type { Failure } from '../../../shared/result.ts';
import { kense, settle } from '../../api/kense.ts';
import { useEvent } from '../../api/use-event.ts';
import { keepOrder } from './keep-order.ts';

/** Many changes in a row are one reason to look. */
const PAUSE_MS = 1000;
/** Terms end while nothing else happens. */
const MINUTE_MS = 60_000;

type State = { readonly period: BoardPeriod; readonly board: Board | null; readonly failure: Failure | null };

/** The numbers of a period, brought up to date in their places when something changes, and each minute. */
export function useBoard(period: BoardPeriod): {
  readonly board: Board | null;
  readonly failure: Failure | null;
  readonly reload: () => void;
} {
  const [state, setState] = useState<State>({ period, board: null, failure: null });
  const turn = useRef(0);
  const pause = useRef<ReturnType<typeof setTimeout> | null>(null);

  const load = useCallback(
    async (anew: boolean) => {
      const mine = ++turn.current;
      const result = await settle(kense().board.get({ period }));
      if (mine !== turn.current) return;
      setState((old) => {
        const shown = old.period === period ? old.board : null;
        return result.ok
          ? { period, board: keepOrder(anew ? null : shown, result.value), failure: null }
          : { period, board: shown, failure: result.error };
      });
    },
    [period],
  );

  useEffect(() => {
    void load(true);
    const every = setInterval(() => void load(false), MINUTE_MS);
    const [turns, waiting] = [turn, pause];
    return () => {
      turns.current++;
      clearInterval(every);
      if (waiting.current !== null) clearTimeout(waiting.current);
      waiting.current = null;
    };
  }, [load]);
  useEvent('workChanged', () => {
    pause.current ??= setTimeout(() => {
      pause.current = null;
      void load(false);
    }, PAUSE_MS);
  });

  // the numbers of the period before stay until those of this one are here
  return { board: state.board, failure: state.failure, reload: useCallback(() => void load(true), [load]) };
}
