import { useCallback, useEffect, useRef, useState } from 'react';
import type { AdministrationChange, AdministrationQuery } from '../../../shared/contract/index.ts';
import type { Failure } from '../../../shared/result.ts';
import { kense, settle } from '../../api/kense.ts';

export type ChangeFilter = Omit<AdministrationQuery, 'before'>;
export type Changes = {
  /** Null until the first answer. */
  readonly lines: readonly AdministrationChange[] | null;
  readonly failure: Failure | null;
  readonly busy: boolean;
  /** There are older ones. */
  readonly more: boolean;
  /** Asks for the older ones, or again for what was not answered. */
  readonly load: () => void;
};

type Found = { readonly lines: readonly AdministrationChange[] | null; readonly next: number | null; readonly failure: Failure | null };
const NOTHING: Found = { lines: null, next: null, failure: null };

/** What was changed under one filter, which stays the same while this is used: newest first, page by page as it is asked for. */
export function useChanges({ from, until, about }: ChangeFilter): Changes {
  const [found, setFound] = useState(NOTHING);
  const [busy, setBusy] = useState(false);
  const question = useRef(0);

  const ask = useCallback(
    async (old: Found) => {
      const mine = ++question.current;
      const answer = await settle(kense().administration.changes({ before: old.next, from, until, about }));
      if (mine !== question.current) return;
      setBusy(false);
      setFound(
        answer.ok
          ? { lines: [...(old.lines ?? []), ...answer.value.lines], next: answer.value.nextBefore, failure: null }
          : { ...old, failure: answer.error },
      );
    },
    [from, until, about],
  );
  useEffect(() => {
    void ask(NOTHING);
    const questions = question;
    return () => {
      questions.current++;
    };
  }, [ask]);
  const load = () => {
    setBusy(true);
    void ask(found);
  };
  return { lines: found.lines, failure: found.failure, busy, more: found.next !== null, load };
}
