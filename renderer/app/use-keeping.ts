import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Failure } from '../../shared/result.ts';
import { beginKeeping, keeperOf, listenToKeepers, whyNotKept, type Call } from './keeper.ts';
import { useSession } from './session-context.tsx';

export type Keeping = {
  /** To be kept after a short pause, in the place of what was to be kept before. `value` is what was typed, for `waiting`. */
  readonly put: (call: Call, value: unknown) => void;
  /** Nothing of it is to be kept any more. */
  readonly forget: () => void;
  /** What was typed about it, also before it was left, and could not be kept yet; null when there is nothing. */
  readonly waiting: () => unknown;
};

/** Why something that was typed is not kept yet; null when all of it is. What was left is kept as long as this is shown to the same person. */
export function useNotKept(): Failure | null {
  const { userId } = useSession();
  useEffect(() => {
    beginKeeping(userId);
    return () => beginKeeping(null);
  }, [userId]);
  return useSyncExternalStore(listenToKeepers, whyNotKept);
}

/** Keeps what is typed about a subject: after a pause, at once when it is left, and again and again until it succeeds, also after leaving and unlocking. */
export function useKeeping(subject: string): Keeping {
  const { locked, userId } = useSession();
  const keeper = useMemo(() => keeperOf(userId, subject), [userId, subject]);
  useEffect(() => {
    keeper.use();
    return () => keeper.leave();
  }, [keeper]);
  useEffect(() => {
    if (!locked) keeper.save();
  }, [locked, keeper]);
  return useMemo(
    () => ({
      put: (call, value) => keeper.put(call, value),
      forget: () => keeper.forget(),
      waiting: () => keeper.waiting(),
    }),
    [keeper],
  );
}
