import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ChecklistItem, FilingDetail } from '../../../shared/contract/index.ts';
import type { Failure } from '../../../shared/result.ts';
import { kense, settle } from '../../api/kense.ts';

export type Marks = {
  /** The person's own checks as they look now, those still being saved included. */
  readonly own: readonly ChecklistItem[];
  readonly mark: (check: string, value: boolean, page: number | null) => void;
  /** The filing after every mark so far has been saved. */
  readonly settled: () => Promise<FilingDetail>;
  readonly failure: Failure | null;
};

/**
 * Ticks are shown at once and saved one after another, each on the revision the one before left:
 * a clerk presses five digits faster than the first is written.
 */
export function useMarks(filing: FilingDetail, replace: (filing: FilingDetail) => void): Marks {
  const [pending, setPending] = useState<Readonly<Record<string, boolean>>>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const latest = useRef(filing);
  const chain = useRef<Promise<void>>(Promise.resolve());
  const waiting = useRef(0);
  useEffect(() => {
    if (waiting.current === 0 || filing.id !== latest.current.id) latest.current = filing;
  }, [filing]);

  const save = useCallback(
    async (check: string, value: boolean, page: number | null) => {
      const { id } = latest.current;
      const send = () => settle(kense().filing.mark({ id, revision: latest.current.revision, check, value, page }));
      let result = await send();
      if (!result.ok && result.error.code === 'stale-revision') {
        /* Something else changed the filing, a document that arrived perhaps; a tick holds all the same. */
        const fresh = await settle(kense().filing.get({ id }));
        if (fresh.ok) {
          latest.current = fresh.value;
          result = await send();
        }
      }
      setPending((old) => Object.fromEntries(Object.entries(old).filter(([id]) => id !== check)));
      setFailure(result.ok ? null : result.error);
      if (result.ok) {
        latest.current = result.value;
        replace(result.value);
      }
    },
    [replace],
  );

  const mark = useCallback(
    (check: string, value: boolean, page: number | null) => {
      setPending((old) => ({ ...old, [check]: value }));
      waiting.current++;
      chain.current = chain.current.then(() => save(check, value, page)).finally(() => waiting.current--);
    },
    [save],
  );
  const settled = useCallback(async () => {
    await chain.current;
    return latest.current;
  }, []);

  const own = useMemo(
    () => filing.checklist.filter((item) => !item.auto).map((item) => ({ ...item, passed: pending[item.id] ?? item.passed })),
    [filing, pending],
  );
  return { own, mark, settled, failure };
}
