import { useCallback, useRef, useState } from 'react';
import type { Failure, Result } from '../../shared/result.ts';
import { settle } from './kense.ts';

export type Action = {
  readonly busy: boolean;
  readonly failure: Failure | null;
  /** Runs one call at a time; a second press while one is under way does nothing. */
  readonly run: <T>(call: () => Promise<Result<T>>, then?: (value: T) => void) => Promise<void>;
  readonly clear: () => void;
};

export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const underWay = useRef(false);

  const run = useCallback(async <T>(call: () => Promise<Result<T>>, then?: (value: T) => void) => {
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    setFailure(null);
    const result = await settle(call());
    underWay.current = false;
    setBusy(false);
    if (result.ok) then?.(result.value);
    else setFailure(result.error);
  }, []);
  const clear = useCallback(() => setFailure(null), []);
  return { busy, failure, run, clear };
}
