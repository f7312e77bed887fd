/**
 * ГОСТ 34.311-95, that is GOST R 34.11-94 (RFC 5831), with the S-boxes of its own test parameters (RFC 4357 §11.2,
 * id-GostR3411-94-TestParamSet) and a start vector of zeros: the hash of the older Kazakh keys.
 * Vectors of 256 bits are 32 octets, lowest first; the words below read them as such.
 */
const BLOCK = 32;

/** S-boxes from the lowest four bits to the highest. */
const BOXES = [
  '4a92d80e6b1c7f53',
  'eb4c6dfa23810759',
  '581da342efc7609b',
  '7da1089fe46cb253',
  '6c715fd84a9e03b2',
  '4ba0721d36859cfe',
  'db413f590ae7682c',
  '1fd057a4923e6b8c',
];

/** For each octet of a word: both its S-boxes, in place and turned left by 11 bits. */
const TABLE = new Int32Array(4 * 256);
for (let octet = 0; octet < 4; octet++)
  for (let value = 0; value < 256; value++) {
    const low = Number.parseInt(BOXES[2 * octet]![value & 15]!, 16);
    const high = Number.parseInt(BOXES[2 * octet + 1]![value >> 4]!, 16);
    const word = (low | (high << 4)) << (8 * octet);
    TABLE[256 * octet + value] = (word << 11) | (word >>> 21);
  }

function substitute(x: number): number {
  return TABLE[x & 255]! ^ TABLE[256 + ((x >>> 8) & 255)]! ^ TABLE[512 + ((x >>> 16) & 255)]! ^ TABLE[768 + (x >>> 24)]!;
}

/** C₃ of the key generation; C₂ and C₄ are zero. */
const C3 = Int32Array.of(0xff00ff00, 0xff00ff00, 0x00ff00ff, 0x00ff00ff, 0x00ffff00, 0xff0000ff, 0x000000ff, 0xff00ffff);

const u = new Int32Array(8);
const v = new Int32Array(8);
const key = new Int32Array(8);
const mixed = new Uint8Array(BLOCK);
const mixedWords = new Int32Array(mixed.buffer);
const s = new Int32Array(8);
const halves = new Uint16Array(s.buffer);

/** A(x₄‖x₃‖x₂‖x₁) = (x₁⊕x₂)‖x₄‖x₃‖x₂, in place. */
function turn(x: Int32Array): void {
  const low = x[0]! ^ x[2]!;
  const high = x[1]! ^ x[3]!;
  x.copyWithin(0, 2);
  x[6] = low;
  x[7] = high;
}

/** Four keys from h and m, and with each one the encryption of 64 bits of h (GOST 28147-89) into `s`. */
function encrypt(h: Int32Array, m: Int32Array): void {
  u.set(h);
  v.set(m);
  for (let part = 0; part < 4; part++) {
    if (part > 0) {
      turn(u);
      if (part === 2) for (let i = 0; i < 8; i++) u[i] = u[i]! ^ C3[i]!;
      turn(v);
      turn(v);
    }
    for (let i = 0; i < 8; i++) mixedWords[i] = u[i]! ^ v[i]!;
    for (let k = 0; k < 8; k++) key[k] = mixed[k]! | (mixed[8 + k]! << 8) | (mixed[16 + k]! << 16) | (mixed[24 + k]! << 24);
    let left = h[2 * part]!;
    let right = h[2 * part + 1]!;
    for (let round = 0; round < 32; round += 2) {
      const k = round < 24 ? round & 7 : 31 - round;
      right ^= substitute((left + key[k]!) | 0);
      left ^= substitute((right + key[round < 24 ? k + 1 : k - 1]!) | 0);
    }
    s[2 * part] = right;
    s[2 * part + 1] = left;
  }
}

const register = new Uint16Array(16 + 61);

/** ψ applied `times` times to the 16 half words of `x`, in place. */
function shuffle(x: Uint16Array, times: number): void {
  const r = register;
  r.set(x);
  for (let i = 0; i < times; i++) r[16 + i] = r[i]! ^ r[i + 1]! ^ r[i + 2]! ^ r[i + 3]! ^ r[i + 12]! ^ r[i + 15]!;
  x.set(r.subarray(times, times + 16));
}

/** h = χ(m, h), the step of the hash. */
function step(h: Int32Array, m: Int32Array): void {
  encrypt(h, m);
  shuffle(halves, 12);
  for (let i = 0; i < 8; i++) s[i] = s[i]! ^ m[i]!;
  shuffle(halves, 1);
  for (let i = 0; i < 8; i++) s[i] = s[i]! ^ h[i]!;
  shuffle(halves, 61);
  h.set(s);
}

/** A hash in the making; after `digest` it is used up. */
export class Gost34311 {
  private readonly h = new Int32Array(8);
  private readonly sum = new Int32Array(8);
  private readonly block = new Int32Array(8);
  private readonly octets = new Uint8Array(this.block.buffer);
  private filled = 0;
  private total = 0;

  update(data: Uint8Array): void {
    this.total += data.length;
    for (let at = 0; at < data.length;) {
      const taken = Math.min(BLOCK - this.filled, data.length - at);
      this.octets.set(data.subarray(at, at + taken), this.filled);
      this.filled += taken;
      at += taken;
      if (this.filled === BLOCK) this.absorb();
    }
  }

  digest(): Uint8Array {
    if (this.filled > 0) {
      this.octets.fill(0, this.filled);
      this.absorb();
    }
    const bits = new Int32Array(8);
    bits[0] = this.total * 8;
    bits[1] = Math.floor(this.total / 0x20000000);
    step(this.h, bits);
    step(this.h, this.sum);
    return new Uint8Array(this.h.buffer).slice();
  }

  private absorb(): void {
    step(this.h, this.block);
    let carry = 0;
    for (let i = 0; i < 8; i++) {
      carry += (this.sum[i]! >>> 0) + (this.block[i]! >>> 0);
      this.sum[i] = carry;
      carry = carry > 0xffffffff ? 1 : 0;
    }
    this.filled = 0;
  }
}
