import { useEffect, useRef, useState } from 'react';
import type { FindState } from './find-bar.tsx';
import { findInPage, type Match, type TextRun } from './find-in-text.ts';
import type { OpenPdf } from './open-pdf.ts';

export type Find = FindState & { readonly matches: readonly Match[]; readonly selected: Match | null };

async function readRuns(pdf: OpenPdf, page: number): Promise<readonly TextRun[]> {
  const content = await (await pdf.page(page)).getTextContent({ disableNormalization: true });
  return content.items.flatMap((item) => ('str' in item ? [{ text: item.str, endsLine: item.hasEOL }] : []));
}

/** Searches the whole document; the texts of its pages are read once. */
export function useFind(pdf: OpenPdf | null, fromPage: () => number): Find {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<{ readonly matches: readonly Match[]; readonly index: number; readonly noText: boolean }>({
    matches: [],
    index: -1,
    noText: false,
  });
  const [searching, setSearching] = useState(false);
  const texts = useRef<{ readonly pdf: OpenPdf; readonly pages: Promise<readonly TextRun[]>[] } | null>(null);
  const startPage = useRef(fromPage);
  useEffect(() => {
    startPage.current = fromPage;
  });

  useEffect(() => {
    let stopped = false;
    void (async () => {
      if (!pdf || query.trim() === '') {
        setFound({ matches: [], index: -1, noText: false });
        return;
      }
      setSearching(true);
      if (texts.current?.pdf !== pdf) texts.current = { pdf, pages: [] };
      const { pages } = texts.current;
      const matches: Match[] = [];
      let characters = 0;
      for (let n = 1; n <= pdf.sizes.length; n++) {
        const runs = await (pages[n] ??= readRuns(pdf, n));
        if (stopped) return;
        characters += runs.reduce((sum, run) => sum + run.text.trim().length, 0);
        matches.push(...findInPage(n, runs, query));
      }
      const here = matches.findIndex((match) => match.page >= startPage.current());
      setFound({ matches, index: matches.length === 0 ? -1 : Math.max(0, here), noText: characters === 0 });
      setSearching(false);
    })();
    return () => {
      stopped = true;
    };
  }, [pdf, query]);

  const { matches, index, noText } = found;
  return {
    query,
    setQuery,
    matches,
    total: matches.length,
    selected: matches[index] ?? null,
    position: index + 1,
    step: (by) =>
      setFound((old) => ({ ...old, index: old.matches.length === 0 ? -1 : (old.index + by + old.matches.length) % old.matches.length })),
    searching,
    noText,
  };
}
