import { CONSTANTS, TABLE } from './streebog-tables.ts';

/**
 * Streebog, GOST R 34.11-2012 (RFC 6986), as it streams by. Vectors of 512 bits are 16 words of 32 bits, lowest first, so that the octets
 * of a message stand in them in their own order.
 */
export const BLOCK = 64;
const WORDS = 16;

/** h, N and Σ one after another. */
export const STATE_WORDS = 3 * WORDS;
/** Takes whole blocks of a message into a state. */
export type Absorb = (state: Int32Array, data: Uint8Array, blocks: number) => void;

/** out = LPS(a ⊕ b); `out` may be one of them. */
function lps(out: Int32Array, a: Int32Array, b: Int32Array): void {
  const l0 = a[0]! ^ b[0]!;
  const h0 = a[1]! ^ b[1]!;
  const l1 = a[2]! ^ b[2]!;
  const h1 = a[3]! ^ b[3]!;
  const l2 = a[4]! ^ b[4]!;
  const h2 = a[5]! ^ b[5]!;
  const l3 = a[6]! ^ b[6]!;
  const h3 = a[7]! ^ b[7]!;
  const l4 = a[8]! ^ b[8]!;
  const h4 = a[9]! ^ b[9]!;
  const l5 = a[10]! ^ b[10]!;
  const h5 = a[11]! ^ b[11]!;
  const l6 = a[12]! ^ b[12]!;
  const h6 = a[13]! ^ b[13]!;
  const l7 = a[14]! ^ b[14]!;
  const h7 = a[15]! ^ b[15]!;
  for (let k = 0; k < 4; k++) {
    mix(out, 2 * k, 8 * k, l0, l1, l2, l3, l4, l5, l6, l7);
    mix(out, 2 * k + 8, 8 * k, h0, h1, h2, h3, h4, h5, h6, h7);
  }
}

/** One word of 64 bits of the result, from the octet at `shift` of each word. */
function mix(
  out: Int32Array,
  at: number,
  shift: number,
  w0: number,
  w1: number,
  w2: number,
  w3: number,
  w4: number,
  w5: number,
  w6: number,
  w7: number,
): void {
  const t0 = ((w0 >>> shift) & 255) << 1;
  const t1 = (((w1 >>> shift) & 255) << 1) + 512;
  const t2 = (((w2 >>> shift) & 255) << 1) + 1024;
  const t3 = (((w3 >>> shift) & 255) << 1) + 1536;
  const t4 = (((w4 >>> shift) & 255) << 1) + 2048;
  const t5 = (((w5 >>> shift) & 255) << 1) + 2560;
  const t6 = (((w6 >>> shift) & 255) << 1) + 3072;
  const t7 = (((w7 >>> shift) & 255) << 1) + 3584;
  const T = TABLE;
  out[at] = T[t0]! ^ T[t1]! ^ T[t2]! ^ T[t3]! ^ T[t4]! ^ T[t5]! ^ T[t6]! ^ T[t7]!;
  out[at + 1] = T[t0 + 1]! ^ T[t1 + 1]! ^ T[t2 + 1]! ^ T[t3 + 1]! ^ T[t4 + 1]! ^ T[t5 + 1]! ^ T[t6 + 1]! ^ T[t7 + 1]!;
}

const key = new Int32Array(WORDS);
const text = new Int32Array(WORDS);
const ZERO = new Int32Array(WORDS);
const ROUNDS = Array.from({ length: CONSTANTS.length / WORDS }, (_, i) => CONSTANTS.subarray(i * WORDS, (i + 1) * WORDS));

/** h = g(N, m), the compression (RFC 6986 §8). */
function compress(h: Int32Array, n: Int32Array, m: Int32Array): void {
  lps(key, h, n);
  text.set(m);
  for (const constant of ROUNDS) {
    lps(text, text, key);
    lps(key, key, constant);
  }
  for (let i = 0; i < WORDS; i++) h[i] = h[i]! ^ text[i]! ^ key[i]! ^ m[i]!;
}

/** sum += addend modulo 2^512. */
function add(sum: Int32Array, addend: Int32Array): void {
  let carry = 0;
  for (let i = 0; i < WORDS; i++) {
    carry += (sum[i]! >>> 0) + (addend[i]! >>> 0);
    sum[i] = carry;
    carry = carry > 0xffffffff ? 1 : 0;
  }
}

const block = new Int32Array(WORDS);
const blockOctets = new Uint8Array(block.buffer);
const length = new Int32Array(WORDS);

/** Takes one block of which `bits` belong to the message. */
function absorbBlock(state: Int32Array, octets: Uint8Array, bits: number): void {
  blockOctets.set(octets);
  length[0] = bits;
  const n = state.subarray(WORDS, 2 * WORDS);
  compress(state.subarray(0, WORDS), n, block);
  add(n, length);
  add(state.subarray(2 * WORDS), block);
}

export const absorbInScript: Absorb = (state, data, blocks) => {
  for (let i = 0; i < blocks; i++) absorbBlock(state, data.subarray(i * BLOCK, (i + 1) * BLOCK), 8 * BLOCK);
};

/** A Streebog of 256 or 512 bits; after `digest` it is used up. */
export class Streebog {
  private readonly state = new Int32Array(STATE_WORDS);
  private readonly pending = new Uint8Array(BLOCK);
  private filled = 0;
  private readonly size: 32 | 64;
  private readonly absorb: Absorb;

  constructor(bits: 256 | 512, absorb: Absorb) {
    this.size = bits === 256 ? 32 : 64;
    this.absorb = absorb;
    if (bits === 256) this.state.fill(0x01010101, 0, WORDS);
  }

  update(data: Uint8Array): void {
    let at = 0;
    if (this.filled > 0) {
      at = Math.min(BLOCK - this.filled, data.length);
      this.pending.set(data.subarray(0, at), this.filled);
      this.filled += at;
      if (this.filled < BLOCK) return;
      this.absorb(this.state, this.pending, 1);
    }
    const blocks = Math.floor((data.length - at) / BLOCK);
    if (blocks > 0) this.absorb(this.state, data.subarray(at, at + blocks * BLOCK), blocks);
    at += blocks * BLOCK;
    this.pending.set(data.subarray(at));
    this.filled = data.length - at;
  }

  digest(): Uint8Array {
    const { state, pending, filled } = this;
    pending.fill(0, filled);
    pending[filled] = 1;
    absorbBlock(state, pending, 8 * filled);
    const h = state.subarray(0, WORDS);
    for (const last of [state.subarray(WORDS, 2 * WORDS), state.subarray(2 * WORDS)]) compress(h, ZERO, last);
    return new Uint8Array(h.buffer, 0, 4 * WORDS).slice(4 * WORDS - this.size);
  }
}
