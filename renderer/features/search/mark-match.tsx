import { Fragment } from 'react';
import { fold } from '../../../shared/domain/kk-format.ts';

/** A text with what was looked for in bold: the beginnings of its words, as names are folded, and runs of digits anywhere. */
export function MarkMatch({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  return (
    <bdi>
      {partsOf(text, words).map(({ part, isMatch }, index) => (
        <Fragment key={index}>{isMatch ? <b>{part}</b> : part}</Fragment>
      ))}
    </bdi>
  );
}

/** Folding changes letters one for one, so that places in the folded text are places in the text itself. */
export function partsOf(text: string, words: readonly string[]): { readonly part: string; readonly isMatch: boolean }[] {
  const shown = text.normalize('NFC');
  const folded = fold(shown);
  if (folded.length !== shown.length) return [{ part: shown, isMatch: false }];
  const marked = new Array<boolean>(shown.length).fill(false);
  for (const word of words) {
    if (word === '') continue;
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
      const begins = at === 0 || !/[\p{L}\p{N}]/u.test(folded[at - 1]!);
      if (begins || /^\d+$/.test(word)) marked.fill(true, at, at + word.length);
    }
  }
  const parts: { part: string; isMatch: boolean }[] = [];
  for (let at = 0; at < shown.length; at++) {
    const last = parts.at(-1);
    if (last !== undefined && last.isMatch === marked[at]) last.part += shown[at]!;
    else parts.push({ part: shown[at]!, isMatch: marked[at]! });
  }
  return parts;
}
