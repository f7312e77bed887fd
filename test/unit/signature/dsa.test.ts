import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { der, readWhole } from '../../../main/asn1/index.ts';
import { inheritParameters, readPublicKey, type PublicKey } from '../../../main/signature/algorithms/public-key.ts';
import { algorithmName, readSignatureScheme } from '../../../main/signature/algorithms/signature-scheme.ts';
import { verifyValue } from '../../../main/signature/algorithms/verify-value.ts';
import { newPath, openssl, writeTemporary } from '../../support/openssl-pki.ts';

const DSA = '1.2.840.10040.4.1';
const SHA1 = readSignatureScheme(readWhole(der.sequence(der.oid('1.2.840.10040.4.3'))), null);
const SHA256 = readSignatureScheme(readWhole(der.sequence(der.oid('2.16.840.1.101.3.4.3.2'))), null);
const message = Buffer.from('certification path');

function keyPair(bits: number, groupBits: number): { path: string; key: PublicKey & { kind: 'dsa' } } {
  const parameters = newPath('dsa-parameters.pem');
  const keyPath = newPath('dsa.pem');
  const sizes = ['-pkeyopt', `dsa_paramgen_bits:${bits}`, '-pkeyopt', `dsa_paramgen_q_bits:${groupBits}`];
  openssl('genpkey', '-genparam', '-algorithm', 'DSA', ...sizes, '-out', parameters);
  openssl('genpkey', '-paramfile', parameters, '-out', keyPath);
  const key = readPublicKey(readWhole(new Uint8Array(openssl('pkey', '-in', keyPath, '-pubout', '-outform', 'DER'))));
  if (key.kind !== 'dsa') throw new Error('not a DSA key');
  return { path: keyPath, key };
}

function sign(keyPath: string, hash: string): Uint8Array {
  const out = newPath('value');
  openssl('dgst', `-${hash}`, '-sign', keyPath, '-out', out, writeTemporary('message', message));
  return new Uint8Array(readFileSync(out));
}

const withoutParameters = (key: PublicKey & { kind: 'dsa' }): PublicKey =>
  readPublicKey(readWhole(der.sequence(der.sequence(der.oid(DSA)), der.bitString(der.integer(key.y)))));

describe('DSA', () => {
  it.each([
    [1024, 160],
    [2048, 256],
  ])('of %i and %i bits by OpenSSL verifies, and nothing else does', (bits, groupBits) => {
    const { path, key } = keyPair(bits, groupBits);
    expect(key.bits).toBe(bits);
    for (const [scheme, hash] of [
      [SHA1, 'sha1'],
      [SHA256, 'sha256'],
    ] as const) {
      const value = sign(path, hash);
      expect(verifyValue(scheme, key, message, value)).toBe('valid');
      expect(verifyValue(scheme, key, Buffer.from('another'), value)).toBe('invalid');
      for (let at = 0; at < value.length; at++) {
        const changed = Uint8Array.from(value);
        changed[at]! ^= 0x04;
        expect(verifyValue(scheme, key, message, changed), `octet ${at}`).toBe('invalid');
      }
      expect(verifyValue(scheme, key, message, new Uint8Array())).toBe('invalid');
      expect(verifyValue(scheme, key, message, der.sequence(der.integer(0), der.integer(0)))).toBe('invalid');
    }
    expect([algorithmName(SHA1, key), algorithmName(SHA256, key)]).toEqual(['DSA-SHA1', 'DSA-SHA256']);
  });

  it('a key without parameters takes those of its issuer, and is undecided without them', () => {
    const { path, key } = keyPair(1024, 160);
    const value = sign(path, 'sha256');
    const bare = withoutParameters(key);
    expect(bare).toMatchObject({ kind: 'dsa', parameters: null, y: key.y });
    expect(verifyValue(SHA256, bare, message, value)).toBe('unsupported');
    const inherited = inheritParameters(bare, key);
    expect(verifyValue(SHA256, inherited, message, value)).toBe('valid');
    expect(Buffer.from(inherited.der)).toEqual(Buffer.from(key.der));
    expect(inheritParameters(inherited, keyPair(1024, 160).key)).toBe(inherited);
    const wrong = inheritParameters(bare, keyPair(1024, 160).key);
    expect(verifyValue(SHA256, wrong, message, value)).toBe('invalid');
  });

  it('parameters too small, too large or even are not computed with', () => {
    const { path, key } = keyPair(1024, 160);
    const value = sign(path, 'sha256');
    const { p, q, g } = key.parameters!;
    for (const parameters of [
      { p: p + 1n, q, g },
      { p: 1n << 511n, q, g },
      { p: (1n << 5_000n) + 1n, q, g },
      { p, q: 7n, g },
      { p, q: -q, g },
      { p: 0n, q, g },
    ])
      expect(verifyValue(SHA256, { ...key, parameters }, message, value)).toBe('unsupported');
    expect(verifyValue(SHA256, { ...key, parameters: { p, q, g: 1n } }, message, value)).toBe('invalid');
    expect(verifyValue(SHA256, { ...key, y: 1n }, message, value)).toBe('invalid');
  });
});
