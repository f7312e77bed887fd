/**
 * The block loop of Streebog (RFC 6986 §8) in AssemblyScript, compiled by write-streebog-wasm.mjs. Words are of 64 bits, lowest first.
 * The one page of memory holds what main/signature/algorithms/streebog-wasm.ts puts there.
 */
const CONSTANTS: usize = 16384;
const STATE: usize = 17152;
const N: usize = STATE + 64;
const SUM: usize = STATE + 128;
const KEY: usize = 17344;
const TEXT: usize = 17408;
const DATA: usize = 32768;

@inline
function mix(w0: u64, w1: u64, w2: u64, w3: u64, w4: u64, w5: u64, w6: u64, w7: u64, shift: u64): u64 {
  return (
    load<u64>((<usize>(w0 >> shift) & 255) << 3) ^
    load<u64>((<usize>(w1 >> shift) & 255) << 3, 2048) ^
    load<u64>((<usize>(w2 >> shift) & 255) << 3, 4096) ^
    load<u64>((<usize>(w3 >> shift) & 255) << 3, 6144) ^
    load<u64>((<usize>(w4 >> shift) & 255) << 3, 8192) ^
    load<u64>((<usize>(w5 >> shift) & 255) << 3, 10240) ^
    load<u64>((<usize>(w6 >> shift) & 255) << 3, 12288) ^
    load<u64>((<usize>(w7 >> shift) & 255) << 3, 14336)
  );
}

/** out = LPS(a ⊕ b) */
function lps(out: usize, a: usize, b: usize): void {
  const w0 = load<u64>(a) ^ load<u64>(b);
  const w1 = load<u64>(a, 8) ^ load<u64>(b, 8);
  const w2 = load<u64>(a, 16) ^ load<u64>(b, 16);
  const w3 = load<u64>(a, 24) ^ load<u64>(b, 24);
  const w4 = load<u64>(a, 32) ^ load<u64>(b, 32);
  const w5 = load<u64>(a, 40) ^ load<u64>(b, 40);
  const w6 = load<u64>(a, 48) ^ load<u64>(b, 48);
  const w7 = load<u64>(a, 56) ^ load<u64>(b, 56);
  store<u64>(out, mix(w0, w1, w2, w3, w4, w5, w6, w7, 0));
  store<u64>(out, mix(w0, w1, w2, w3, w4, w5, w6, w7, 8), 8);
  store<u64>(out, mix(w0, w1, w2, w3, w4, w5, w6, w7, 16), 16);
  store<u64>(out, mix(w0, w1, w2, w3, w4, w5, w6, w7, 24), 24);
  store<u64>(out, mix(w0, w1, w2, w3, w4, w5, w6, w7, 32), 32);
  store<u64>(out, mix(w0, w1, w2, w3, w4, w5, w6, w7, 40), 40);
  store<u64>(out, mix(w0, w1, w2, w3, w4, w5, w6, w7, 48), 48);
  store<u64>(out, mix(w0, w1, w2, w3, w4, w5, w6, w7, 56), 56);
}

/** Takes whole blocks of 512 message bits into the state. */
export function absorb(blocks: i32): void {
  for (let i = 0; i < blocks; i++) {
    const block = DATA + ((<usize>i) << 6);
    lps(KEY, STATE, N);
    memory.copy(TEXT, block, 64);
    for (let round: usize = 0; round < 12; round++) {
      lps(TEXT, TEXT, KEY);
      lps(KEY, KEY, CONSTANTS + (round << 6));
    }
    let n: u64 = 512;
    let carry: u64 = 0;
    for (let at: usize = 0; at < 64; at += 8) {
      const word = load<u64>(block + at);
      store<u64>(STATE + at, load<u64>(STATE + at) ^ load<u64>(TEXT + at) ^ load<u64>(KEY + at) ^ word);
      const length = load<u64>(N + at) + n;
      store<u64>(N + at, length);
      n = u64(length < n);
      const old = load<u64>(SUM + at);
      const sum = old + word;
      const total = sum + carry;
      store<u64>(SUM + at, total);
      carry = u64(sum < old) | u64(total < sum);
    }
  }
}
