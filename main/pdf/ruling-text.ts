import type { ActBlock, ActText } from '../../shared/domain/act-text.ts';
import { citeGround, fillLine, type FrameWords, type RulingValues, type RulingVariant } from './ruling-template.ts';

/** A ground in the language of the ruling; `code` names its article. */
export type WordedGround = { readonly code: string; readonly text: string };

/** Grounds as a ruling lists them, with the articles cited where they are known. */
export function citedGrounds(grounds: readonly WordedGround[], variant: RulingVariant, words: FrameWords): string[] {
  return grounds.map(({ code, text }, at) => {
    const citation = citeGround(code, variant.law, words);
    return `${citation === null ? text : `${text} (${citation})`}${at + 1 < grounds.length ? ';' : '.'}`;
  });
}

/** What the template says of a case, as a text that can be edited. */
export function textOfTemplate(variant: RulingVariant, words: FrameWords, values: RulingValues, grounds: readonly WordedGround[]): ActText {
  const paragraph = (text: string): ActBlock => ({ type: 'paragraph', text });
  const established = variant.established.flatMap((line): ActBlock[] => {
    if (typeof line !== 'string' && 'grounds' in line)
      return grounds.length === 0
        ? [paragraph(words.noGrounds)]
        : [{ type: 'list', ordered: true, items: citedGrounds(grounds, variant, words) }];
    const text = fillLine(line, values);
    return text === null ? [] : [paragraph(text)];
  });
  const ruled = variant.ruled.map((line) => fillLine(line, values)).filter((text) => text !== null);
  return {
    version: 1,
    blocks: [
      paragraph(variant.opening),
      { type: 'heading', text: words.established },
      ...established,
      paragraph(variant.guidedBy),
      { type: 'operative', items: ruled },
    ],
  };
}
