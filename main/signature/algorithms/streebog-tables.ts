import { A, C, PI } from './streebog-constants.ts';

/** 32-bit words of a vector of 512 bits, lowest first. */
const WORDS = 16;

/** For octet value v in word j of 64 bits: L(P(S)) of it, low and high half. */
export const TABLE = new Int32Array(8 * 256 * 2);
/** The round constants one after another. */
export const CONSTANTS = new Int32Array(C.length * WORDS);

for (let j = 0; j < 8; j++)
  for (let value = 0; value < 256; value++) {
    const substituted = Number.parseInt(PI.slice(2 * value, 2 * value + 2), 16);
    for (let bit = 0; bit < 8; bit++) {
      if (!((substituted >> bit) & 1)) continue;
      const row = 16 * (63 - 8 * j - bit);
      const at = 2 * (256 * j + value);
      TABLE[at] = TABLE[at]! ^ Number.parseInt(A.slice(row + 8, row + 16), 16);
      TABLE[at + 1] = TABLE[at + 1]! ^ Number.parseInt(A.slice(row, row + 8), 16);
    }
  }
C.forEach((vector, i) => {
  for (let word = 0; word < WORDS; word++) CONSTANTS[i * WORDS + word] = Number.parseInt(vector.slice(120 - 8 * word, 128 - 8 * word), 16);
});
