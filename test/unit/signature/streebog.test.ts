import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHasher, digestOf, isDigest, type Digest } from '../../../main/signature/algorithms/hash.ts';
import { absorbInScript, Streebog, type Absorb } from '../../../main/signature/algorithms/streebog.ts';
import { absorbInWasm } from '../../../main/signature/algorithms/streebog-wasm.ts';
import { contentFromStream } from '../../../main/signature/index.ts';
import { openssl, useGostEngine, writeTemporary } from '../../support/openssl-pki.ts';

const hex = (bytes: Uint8Array | null) => Buffer.from(bytes ?? []).toString('hex');
const LENGTHS = [0, 1, 31, 32, 33, 55, 63, 64, 65, 127, 128, 129, 1_000, 32_768, 32_769, 70_001];
const WAYS: readonly [string, Absorb][] = [
  ['as script', absorbInScript],
  ['as WebAssembly', absorbInWasm!],
];

/** The examples of RFC 6986 §10: digits, and a line of the Tale of Igor in the Windows encoding. */
const DIGITS = Buffer.from('0123456789'.repeat(7).slice(0, 63));
const TALE = Buffer.from(
  'd1e520e2e5f2f0e82c20d1f2f0e8e1eee6e820e2edf3f6e82c20e2e5fef2fa20f120eceef0ff20f1f2f0e5ebe0ece820ede020f5f0e0e1f0fbff20efebfaeafb20c8e3eef0e5e2fb',
  'hex',
);

describe.each(WAYS)('Streebog %s', (_, absorb) => {
  const streebog = (bits: 256 | 512, ...pieces: Uint8Array[]) => {
    const hasher = new Streebog(bits, absorb);
    for (const piece of pieces) hasher.update(piece);
    return hex(hasher.digest());
  };

  it('gives what RFC 6986 gives', () => {
    expect(streebog(512, DIGITS)).toBe(
      '1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48',
    );
    expect(streebog(256, DIGITS)).toBe('9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500');
    expect(streebog(512, TALE)).toBe(
      '1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28',
    );
    expect(streebog(256, TALE)).toBe('9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50');
  });

  it('carries through all words of its sums', () => {
    const ones = Buffer.alloc(64 * 5, 0xff);
    useGostEngine();
    const [line] = openssl('dgst', '-r', '-md_gost12_512', writeTemporary('ones', ones)).toString().split(' ');
    expect(streebog(512, ones)).toBe(line);
  });

  it('does not depend on how the message is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), fc.array(fc.nat({ max: 200 }), { maxLength: 8 }), (message, cuts) => {
        const pieces: Uint8Array[] = [];
        let rest = message;
        for (const cut of cuts) {
          pieces.push(rest.subarray(0, cut));
          rest = rest.subarray(cut);
        }
        expect(streebog(512, ...pieces, rest)).toBe(streebog(512, message));
      }),
      { numRuns: 200 },
    );
  });
});

describe('Streebog in both its forms', () => {
  it('is one hash', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 40_000 }), (length, cut) => {
        const message = randomBytes(length);
        const results = WAYS.map(([, absorb]) => {
          const hasher = new Streebog(512, absorb);
          for (let at = 0; at < length; at += cut) hasher.update(message.subarray(at, at + cut));
          return hex(hasher.digest());
        });
        expect(results[0]).toBe(results[1]);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps apart hashes that grow side by side', () => {
    const messages = [randomBytes(1_000), randomBytes(1_000)];
    const hashers = messages.map(() => createHasher('STREEBOG-512'));
    for (let at = 0; at < 1_000; at += 100) messages.forEach((message, i) => hashers[i]!.update(message.subarray(at, at + 100)));
    expect(hashers.map((hasher) => hex(hasher.digest()))).toEqual(messages.map((message) => hex(digestOf('STREEBOG-512', message))));
  });

  it('the WebAssembly comes from its source', () => {
    const root = path.resolve(import.meta.dirname, '../../..');
    execFileSync(process.execPath, ['scripts/write-streebog-wasm.mjs', '--check'], { cwd: root });
  });
});

describe('hashes', () => {
  it.each([
    ['STREEBOG-256', '-md_gost12_256'],
    ['STREEBOG-512', '-md_gost12_512'],
  ] as const)('%s agrees with the engine of OpenSSL', (name, option) => {
    useGostEngine();
    const messages = LENGTHS.map((length) => randomBytes(length));
    const lines = openssl('dgst', '-r', option, ...messages.map((message) => writeTemporary('message', message)))
      .toString()
      .trim()
      .split('\n');
    expect(messages.map((message) => hex(digestOf(name, message)))).toEqual(lines.map((line) => line.split(' ')[0]));
  });

  it.each([
    ['SHA-1', 'sha1'],
    ['SHA-224', 'sha224'],
    ['SHA-256', 'sha256'],
    ['SHA-384', 'sha384'],
    ['SHA-512', 'sha512'],
    ['MD5', 'md5'],
  ] as const)('%s is computed, weak or not', (name, nodeName) => {
    expect(hex(digestOf(name, DIGITS))).toBe(createHash(nodeName).update(DIGITS).digest('hex'));
  });

  it('what is not known is not computed', () => {
    expect(['SHA3-256', '1.2.3.4', '', 'toString', 'SHA-256 '].map((name) => [isDigest(name), digestOf(name, DIGITS)])).toEqual(
      Array.from({ length: 5 }, () => [false, null]),
    );
  });

  it.each(['STREEBOG-512', 'GOST34311', 'SHA-256'] as const)('%s of a content that streams by', async (name: Digest) => {
    const message = randomBytes(200_000);
    const content = contentFromStream(async function* () {
      for (let at = 0; at < message.length; at += 4_097) yield await Promise.resolve(message.subarray(at, at + 4_097));
    });
    expect(hex(await content.digest(name))).toBe(hex(digestOf(name, message)));
  });
});
