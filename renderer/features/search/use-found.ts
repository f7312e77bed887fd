import { useEffect, useState } from 'react';
import type { Found } from '../../../shared/contract/index.ts';
import { kense, settle } from '../../api/kense.ts';

const TYPING_PAUSE_MS = 60;

/** What was found last, and for which words; these may have gone on since. */
export type FoundFor = { readonly text: string; readonly found: Found };

/** Looks for what is typed once the typing pauses; `onFound` comes with every new answer. */
export function useFound(wanted: string, onFound: () => void): FoundFor | null {
  const [answer, setAnswer] = useState<FoundFor | null>(null);
  useEffect(() => {
    if (wanted === '') return;
    let here = true;
    const timer = setTimeout(() => {
      void settle(kense().search.find({ text: wanted })).then((result) => {
        if (!here || !result.ok) return;
        setAnswer({ text: wanted, found: result.value });
        onFound();
      });
    }, TYPING_PAUSE_MS);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [wanted, onFound]);
  return wanted === '' ? null : answer;
}
