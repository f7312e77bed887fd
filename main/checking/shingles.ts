import { fold } from '../../shared/domain/kk-format.ts';

/** Words in a row that count as one piece of a text. */
const WORDS = 5;
/** How many of the smallest hashes of a text are kept: likeness is told from them within about 5 %. */
const PRINT = 128;

/** Hashes of every five words in a row, in the form that search uses: letters and digits alone, Kazakh and look-alike letters together. */
export function shinglesOf(text: string): Set<number> {
  const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const found = new Set<number>();
  for (let at = 0; at + WORDS <= words.length; at++) found.add(hashOf(words.slice(at, at + WORDS).join(' ')));
  return found;
}

/** FNV-1a with a last mixing, so that the smallest hashes are a fair sample. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Of two texts: pieces that both have among all that either has; 0 to 1. */
export function likenessOf(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let both = 0;
  for (const hash of a) if (b.has(hash)) both++;
  return both / (a.size + b.size - both);
}

/** The smallest hashes in order, four octets each: what is kept of a text to compare it with many. */
export function printOf(shingles: ReadonlySet<number>): Uint8Array {
  const smallest = Uint32Array.from(shingles).sort().subarray(0, PRINT);
  return new Uint8Array(smallest.buffer.slice(0, smallest.byteLength));
}

/** About the likeness of the texts behind two prints: of the smallest hashes of both together, how many both have. */
export function likenessOfPrints(a: Uint8Array, b: Uint8Array): number {
  const [x, y] = [numbersOf(a), numbersOf(b)];
  let [i, j, both, seen] = [0, 0, 0, 0];
  while (i < x.length && j < y.length && seen < PRINT) {
    if (x[i] === y[j]) {
      both++;
      i++;
      j++;
    } else if (x[i]! < y[j]!) i++;
    else j++;
    seen++;
  }
  const rest = Math.min(PRINT - seen, x.length - i + (y.length - j));
  return seen + rest === 0 ? 0 : both / (seen + rest);
}
const numbersOf = (print: Uint8Array): Uint32Array =>
  new Uint32Array(print.buffer.slice(print.byteOffset, print.byteOffset + print.byteLength));
