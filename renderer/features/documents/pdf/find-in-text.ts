import { fold } from '../../../../shared/domain/kk-format.ts';

/** A run of text of a page as the PDF holds it; `endsLine` stands for a space. */
export type TextRun = { readonly text: string; readonly endsLine: boolean };
/** A part of one run: `from` inclusive, `to` exclusive, in characters. */
export type Segment = { readonly run: number; readonly from: number; readonly to: number };
export type Match = { readonly page: number; readonly segments: readonly Segment[] };

/** One character in, one out, so that positions hold. */
const foldCharacter = (c: string): string => {
  const folded = fold(c);
  return folded.length === c.length ? folded : c;
};
const foldText = (text: string): string => Array.from(text, foldCharacter).join('');

/** Finds `query` without regard to case and to Kazakh letters typed on a Russian layout, also across runs and line ends. */
export function findInPage(page: number, runs: readonly TextRun[], query: string): readonly Match[] {
  const wanted = foldText(query.trim().replace(/\s+/g, ' '));
  if (wanted === '') return [];
  let text = '';
  const places: { readonly run: number; readonly at: number }[] = [];
  runs.forEach(({ text: runText, endsLine }, run) => {
    const folded = foldText(runText);
    for (let at = 0; at < folded.length; at++) {
      const c = folded.charAt(at).replace(/\s/, ' ');
      if (c === ' ' && text.endsWith(' ')) continue;
      text += c;
      places.push({ run, at });
    }
    if (endsLine && !text.endsWith(' ')) {
      text += ' ';
      places.push({ run, at: folded.length });
    }
  });
  const matches: Match[] = [];
  for (let start = text.indexOf(wanted); start >= 0; start = text.indexOf(wanted, start + wanted.length)) {
    const segments: Segment[] = [];
    for (const { run, at } of places.slice(start, start + wanted.length)) {
      const last = segments.at(-1);
      if (at >= (runs[run]?.text.length ?? 0)) continue;
      if (last?.run === run) segments[segments.length - 1] = { run, from: last.from, to: at + 1 };
      else segments.push({ run, from: at, to: at + 1 });
    }
    matches.push({ page, segments });
  }
  return matches;
}
