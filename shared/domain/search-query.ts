import { fold } from './kk-format.ts';

export type SearchQuery = {
  /** Words to look for at the beginning of names, folded. */
  readonly words: readonly string[];
  /** A number without what stands between its parts; null when it is none. */
  readonly number: string | null;
  /** Twelve digits: an IIN, a BIN or a number of the cabinet. */
  readonly identifier: string | null;
};

const SHORTEST_NUMBER = 3;

/**
 * What a person may mean by what he typed. Numbers may be written with or without hyphens, slashes, dots and spaces: `9900-26-00-2/17`,
 * `9900 26 000017`, `2611 004218`, `4к/1454`. Marks of direction, emoji and the like are left out.
 */
export function readQuery(typed: string): SearchQuery {
  const text = fold(typed.replace(/№|\p{Cf}/gu, '').normalize('NFKC'));
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const squeezed = text.replace(/[\s\-–—/.()№]+/gu, '');
  const number = /^\d+(?:[а-я]{1,2}\d*)?$/u.test(squeezed) && squeezed.length >= SHORTEST_NUMBER ? squeezed : null;
  return { words, number, identifier: number !== null && /^\d{12}$/.test(number) ? number : null };
}

/** Every word as the beginning of one in an index. */
export const asBeginnings = (words: readonly string[]): string => words.map((word) => `"${word}"*`).join(' AND ');
