import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { der, readWhole } from '../../../main/asn1/index.ts';
import { GOST_CURVES } from '../../../main/signature/algorithms/gost-curves.ts';
import { verifyGost } from '../../../main/signature/algorithms/gost-signature.ts';
import { digestOf } from '../../../main/signature/algorithms/hash.ts';
import { readPublicKey, type PublicKey } from '../../../main/signature/algorithms/public-key.ts';
import {
  algorithmName,
  readSignatureScheme,
  schemeHash,
  type SignatureScheme,
} from '../../../main/signature/algorithms/signature-scheme.ts';
import { verifyOverContent, verifyValue } from '../../../main/signature/algorithms/verify-value.ts';
import { contentFromStream } from '../../../main/signature/index.ts';
import { keyOf, newPath, openssl, useGostEngine, writeTemporary, type KeyKind } from '../../support/openssl-pki.ts';

const message = Buffer.from('Талап арыз: Ә Ғ Қ Ң Ө Ұ Ү Һ І');
const FIXTURES = process.env.KENSE_FIXTURES ?? path.resolve(import.meta.dirname, '../../../../shared/fixtures');
const VECTORS = path.join(FIXTURES, 'nca/fedor35_ncalayer-rs/test_gost512.vectors');

const scheme = (oid: string): SignatureScheme => readSignatureScheme(readWhole(der.sequence(der.oid(oid))), null);
const SCHEMES = {
  'GOST3410-2015-512': scheme('1.2.398.3.10.1.1.2.3.2'),
  'GOST3410-2015-256': scheme('1.2.398.3.10.1.1.2.3.1'),
  'GOST34310-2004': scheme('1.2.398.3.10.1.1.1.2'),
  'GOST3410-2012-512': scheme('1.2.643.7.1.1.3.3'),
  'GOST3410-2012-256': scheme('1.2.643.7.1.1.3.2'),
};
const KAZAKH_KEYS = {
  'GOST3410-2015-512': ['1.2.398.3.10.1.1.2.2', '1.2.398.3.10.1.1.2.2.1', '1.2.398.3.10.1.3.3'],
  'GOST3410-2015-256': ['1.2.398.3.10.1.1.2.1', '1.2.398.3.10.1.1.2.1.1', '1.2.398.3.10.1.3.2'],
  'GOST34310-2004': ['1.2.398.3.10.1.1.1.1', '1.2.398.3.10.1.1.1.1.1', '1.2.398.3.10.1.3.1.1.0'],
} as const;

const spki = (oid: string, parameters: readonly string[], point: Uint8Array): Uint8Array =>
  der.sequence(
    der.sequence(der.oid(oid), der.sequence(...parameters.map((parameter) => der.oid(parameter)))),
    der.bitString(der.octetString(point)),
  );
const read = (encoding: Uint8Array): PublicKey => readPublicKey(readWhole(encoding));
const kazakhKey = (name: keyof typeof KAZAKH_KEYS, point: Uint8Array): PublicKey => {
  const [oid, ...parameters] = KAZAKH_KEYS[name];
  return read(spki(oid, parameters, point));
};

type Signed = { readonly key: PublicKey; readonly point: Uint8Array; readonly value: Uint8Array };

/** The engine of OpenSSL signs a digest; the value is s ‖ r, highest octet first. */
function signByEngine(kind: KeyKind, digest: Uint8Array): Signed {
  const private_ = keyOf('gost', kind);
  const out = newPath('value');
  openssl('pkeyutl', '-sign', '-inkey', private_, '-in', writeTemporary('digest', digest), '-out', out);
  const key = read(new Uint8Array(openssl('pkey', '-in', private_, '-pubout', '-outform', 'DER')));
  if (key.kind !== 'gost') throw new Error('not a GOST key');
  return { key, point: key.point, value: new Uint8Array(readFileSync(out)) };
}

const KAZAKH = [
  ['GOST3410-2015-512', 'gost2012_512:A', 'STREEBOG-512'],
  ['GOST3410-2015-256', 'gost2012_256:TCA', 'STREEBOG-256'],
  ['GOST34310-2004', 'gost2012_256:A', 'GOST34311'],
] as const;
const RUSSIAN = [
  ...['A', 'B', 'C'].map((set) => ['GOST3410-2012-512', `gost2012_512:${set}`, 'STREEBOG-512'] as const),
  ...['A', 'B', 'C', 'XA', 'XB', 'TCA', 'TCB', 'TCC', 'TCD'].map(
    (set) => ['GOST3410-2012-256', `gost2012_256:${set}`, 'STREEBOG-256'] as const,
  ),
] as const;

beforeAll(useGostEngine);

describe('GOST signatures by the engine of OpenSSL', () => {
  it.each(RUSSIAN)('%s with %s are valid as they are, and no other way round', async (name, kind, hash) => {
    const { key, value } = signByEngine(kind, digestOf(hash, message)!);
    expect(verifyValue(SCHEMES[name], key, message, value)).toBe('valid');
    expect(verifyValue(SCHEMES[name], key, message, value.toReversed())).toBe('invalid');
    expect(verifyValue(SCHEMES[name], key, Buffer.from(`${String(message)}.`), value)).toBe('invalid');
    const pieces = async function* () {
      for (const octet of message) yield await Promise.resolve(Uint8Array.of(octet));
    };
    expect(await verifyOverContent(SCHEMES[name], key, contentFromStream(pieces), value)).toBe('valid');
  });

  it.each(KAZAKH)('%s is the same arithmetic with the octets of the value turned round', (name, kind, hash) => {
    const { point, value } = signByEngine(kind, digestOf(hash, message)!);
    const key = kazakhKey(name, point);
    expect(verifyValue(SCHEMES[name], key, message, value.toReversed())).toBe('valid');
    expect(verifyValue(SCHEMES[name], key, message, value)).toBe('invalid');
    expect(algorithmName(SCHEMES[name], key)).toBe(name);
    expect(schemeHash(SCHEMES[name])).toBe(hash);
  });

  it.each(KAZAKH)('%s and Russian identifiers do not mix, however the octets lie', (name, kind, hash) => {
    const { key: russian, point, value } = signByEngine(kind, digestOf(hash, message)!);
    const kazakh = kazakhKey(name, point);
    for (const bytes of [value, value.toReversed()])
      for (const other of Object.keys(SCHEMES).filter((candidate) => candidate !== name) as (keyof typeof SCHEMES)[]) {
        expect(verifyValue(SCHEMES[other], kazakh, message, bytes), other).toBe('invalid');
        expect(verifyValue(SCHEMES[name], russian, message, bytes), other).toBe('invalid');
      }
  });

  it('a digest of zero counts as one', () => {
    const zero = new Uint8Array(64);
    const { key, value } = signByEngine('gost2012_512:A', zero);
    if (key.kind !== 'gost') throw new Error('not a GOST key');
    expect(verifyGost(key, GOST_CURVES['tc26-512-A'], zero, value)).toBe(true);
    expect(verifyGost(key, GOST_CURVES['tc26-512-A'], Uint8Array.of(1, ...zero.subarray(1)), value)).toBe(true);
    expect(verifyGost(key, GOST_CURVES['tc26-512-A'], Uint8Array.of(2, ...zero.subarray(1)), value)).toBe(false);
  });
});

describe('a GOST signature is never valid', () => {
  const name = 'GOST3410-2015-256';
  const curve = GOST_CURVES['tc26-256-A'];
  const signed = () => {
    const { point, value } = signByEngine('gost2012_256:TCA', digestOf('STREEBOG-256', message)!);
    return { point, value: value.toReversed() };
  };
  const littleEndian = (x: bigint) => Buffer.from(x.toString(16).padStart(64, '0'), 'hex').reverse();

  it('with any bit of its value changed', () => {
    const { point, value } = signed();
    const key = kazakhKey(name, point);
    expect(verifyValue(SCHEMES[name], key, message, value)).toBe('valid');
    for (let bit = 0; bit < value.length * 8; bit++) {
      const changed = Uint8Array.from(value);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(verifyValue(SCHEMES[name], key, message, changed), `bit ${bit}`).toBe('invalid');
    }
  });

  it('with any octet of its key changed', () => {
    const { point, value } = signed();
    const [oid, ...parameters] = KAZAKH_KEYS[name];
    const encoding = spki(oid, parameters, point);
    for (let at = 0; at < encoding.length; at++)
      for (const mask of [0x01, 0x80, 0xff]) {
        const changed = Uint8Array.from(encoding);
        changed[at]! ^= mask;
        let outcome: string;
        try {
          outcome = verifyValue(SCHEMES[name], read(changed), message, value);
        } catch {
          outcome = 'unreadable';
        }
        expect(outcome, `octet ${at}`).not.toBe('valid');
      }
  });

  it('of another length, or with r or s outside 1 … q − 1', () => {
    const { point, value } = signed();
    const key = kazakhKey(name, point);
    const [r, s] = [value.subarray(0, 32), value.subarray(32)];
    const number = (octets: Uint8Array) => BigInt(`0x${Buffer.from(octets).reverse().toString('hex')}`);
    const zero = new Uint8Array(32);
    const bad: Uint8Array[] = [
      new Uint8Array(),
      value.subarray(0, 63),
      Buffer.concat([value, zero]),
      Buffer.concat([zero, s]),
      Buffer.concat([r, zero]),
      Buffer.concat([zero, zero]),
      Buffer.concat([littleEndian(curve.q), s]),
      Buffer.concat([r, littleEndian(curve.q)]),
      // The same numbers modulo q.
      Buffer.concat([littleEndian(number(r) + curve.q), s]),
      Buffer.concat([r, littleEndian(number(s) + curve.q)]),
      Buffer.concat([s, r]),
    ];
    expect(bad.map((changed) => verifyValue(SCHEMES[name], key, message, changed))).toEqual(bad.map(() => 'invalid'));
  });

  it('under a key that is no point, not on the curve, beyond the field, or outside the group of the base point', () => {
    const { point, value } = signed();
    // (t, 0) has order two where the curve came from one of Edwards: t = (e + d) / 6 with e = 1 (RFC 7836 §A.2).
    const orderTwo = [...rootsOfCurve()].map((x) => Buffer.concat([littleEndian(x), littleEndian(0n)]));
    expect(orderTwo).not.toEqual([]);
    const bad = [
      new Uint8Array(),
      new Uint8Array(64),
      point.subarray(0, 63),
      Buffer.concat([point, new Uint8Array(1)]),
      Buffer.concat([littleEndian(curve.x), littleEndian(curve.y + 1n)]),
      Buffer.alloc(64, 0xff),
      ...orderTwo,
      ...orderTwo.map((small) => addToKey(point, small)),
    ];
    expect(bad.map((changed) => verifyValue(SCHEMES[name], kazakhKey(name, changed), message, value))).toEqual(bad.map(() => 'invalid'));
  });

  /** Roots of x³ + ax + b: the points of order two. */
  function* rootsOfCurve(): Iterable<bigint> {
    const { p } = curve;
    const d = 0x0605f6b7c183fa81578bc39cfad518132b9df62897009af7e522c32d6dc7bffbn;
    const t = ((1n + d) * power(6n, p - 2n, p)) % p;
    if ((t * t * t + curve.a * t + curve.b) % p === 0n) yield t;
  }

  /** The key moved by a point of order two: on the curve, outside the group. */
  function addToKey(point: Uint8Array, small: Uint8Array): Uint8Array {
    const { p } = curve;
    const [x1, y1, x2] = [point.subarray(0, 32), point.subarray(32), small.subarray(0, 32)].map((octets) =>
      BigInt(`0x${Buffer.from(octets).reverse().toString('hex')}`),
    ) as [bigint, bigint, bigint];
    const modulo = (x: bigint) => ((x % p) + p) % p;
    const slope = modulo(y1 * power(modulo(x1 - x2), p - 2n, p));
    const x = modulo(slope * slope - x1 - x2);
    return Buffer.concat([littleEndian(x), littleEndian(modulo(slope * (x1 - x) - y1))]);
  }

  function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
    let result = 1n;
    for (const bit of exponent.toString(2)) result = (((result * result) % modulus) * (bit === '1' ? base : 1n)) % modulus;
    return result;
  }
});

describe('what is not known of GOST is undecided', () => {
  it.each([
    ['a parameter set nobody assigned', ['1.2.398.3.10.1.1.2.2.2', '1.2.398.3.10.1.3.3']],
    ['a Russian parameter set in a Kazakh key', ['1.2.643.7.1.2.1.2.1', '1.2.643.7.1.1.2.3']],
    ['the hash of another kind of key', ['1.2.398.3.10.1.1.2.2.1', '1.2.398.3.10.1.3.2']],
    ['no parameters', []],
  ])('%s', (_, parameters) => {
    const key = read(spki('1.2.398.3.10.1.1.2.2', parameters, new Uint8Array(128)));
    expect(verifyValue(SCHEMES['GOST3410-2015-512'], key, message, new Uint8Array(128))).toBe('unsupported');
  });

  it('keys and signatures of before 2016', () => {
    const key = read(spki('1.3.6.1.4.1.6801.1.5.8', [], new Uint8Array(64)));
    expect([key.kind, verifyValue(scheme('1.3.6.1.4.1.6801.1.2.2'), key, message, new Uint8Array(64))]).toEqual(['unknown', 'unsupported']);
  });
});

describe.skipIf(!existsSync(VECTORS))('the vectors made by KalkanCrypt', () => {
  it('digest, key and value agree', () => {
    const vectors = Object.fromEntries(
      readFileSync(VECTORS, 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split('=') as [string, string]),
    );
    const bytes = (name: string) => new Uint8Array(Buffer.from(vectors[name]!, 'hex'));
    const text = Buffer.from(vectors.msg!);
    expect(digestOf('STREEBOG-512', text)).toEqual(bytes('digest'));
    const key = read(bytes('spki'));
    expect(verifyValue(SCHEMES['GOST3410-2015-512'], key, text, bytes('sig'))).toBe('valid');
    expect(verifyValue(SCHEMES['GOST3410-2015-512'], key, bytes('cert_tbs'), bytes('cert_sig'))).toBe('valid');
    expect(verifyValue(SCHEMES['GOST3410-2015-512'], key, text, bytes('cert_sig'))).toBe('invalid');
  });
});
