import { beforeAll, describe, expect, it } from 'vitest';
import { der } from '../../../main/asn1/index.ts';
import { readGostPrivateKey } from '../../../main/signature/algorithms/gost-private-key.ts';
import { digestOf } from '../../../main/signature/algorithms/hash.ts';
import { GOST_CURVES } from '../../../main/signature/algorithms/gost-curves.ts';
import { keyOf, newPath, openssl, useGostEngine, writeTemporary } from '../../support/openssl-pki.ts';

const message = Buffer.from('Талап арыз: Ә Ғ Қ Ң Ө Ұ Ү Һ І');
const KAZAKH = {
  'GOST3410-2015-512': {
    engine: 'gost2012_512:A',
    hash: 'STREEBOG-512',
    octets: 64,
    oids: ['1.2.398.3.10.1.1.2.2', '1.2.398.3.10.1.1.2.2.1', '1.2.398.3.10.1.3.3'],
    curve: GOST_CURVES['tc26-512-A'],
  },
  'GOST34310-2004': {
    engine: 'gost2012_256:A',
    hash: 'GOST34311',
    octets: 32,
    oids: ['1.2.398.3.10.1.1.1.1', '1.2.398.3.10.1.1.1.1.1', '1.2.398.3.10.1.3.1.1.0'],
    curve: GOST_CURVES['CryptoPro-A'],
  },
} as const;
type Name = keyof typeof KAZAKH;

function pkcs8(name: Name, value: Uint8Array): Uint8Array {
  const [oid, ...parameters] = KAZAKH[name].oids;
  const algorithm = der.sequence(der.oid(oid), der.sequence(...parameters.map((parameter) => der.oid(parameter))));
  return der.sequence(der.integer(0), algorithm, der.octetString(value));
}

/** A key of the engine of OpenSSL: its file, and its secret number, lowest octet first. */
function engineKey(name: Name): { readonly file: string; readonly secret: Uint8Array } {
  const { engine, octets } = KAZAKH[name];
  const file = keyOf('gost-signing', engine);
  return { file, secret: new Uint8Array(openssl('pkey', '-in', file, '-outform', 'DER')).slice(-octets) };
}

beforeAll(useGostEngine);

describe.each(Object.keys(KAZAKH) as Name[])('a Kazakh key of %s', (name) => {
  const { hash, octets, curve } = KAZAKH[name];

  it('signs what the engine of OpenSSL verifies by the same key, and each time by another random number', () => {
    const { file, secret } = engineKey(name);
    const key = readGostPrivateKey(pkcs8(name, der.octetString(secret)))!;
    const values = [key.sign(message), key.sign(message)];
    expect(Buffer.from(values[0]!)).not.toEqual(Buffer.from(values[1]!));
    expect(Buffer.from(values[0]!).subarray(0, octets)).not.toEqual(Buffer.from(values[1]!).subarray(0, octets));
    const pub = newPath('public');
    openssl('pkey', '-in', file, '-pubout', '-out', pub);
    for (const value of values) {
      const verified = openssl(
        ...['pkeyutl', '-verify', '-pubin', '-inkey', pub],
        ...['-in', writeTemporary('digest', digestOf(hash, message)!), '-sigfile', writeTemporary('value', value.toReversed())],
      );
      expect(verified.toString()).toContain('Signature Verified Successfully');
    }
  });

  it('is the same key when the file has it as a number', () => {
    const { secret } = engineKey(name);
    const [octetString, number] = [der.octetString(secret), der.integer(secret.toReversed())];
    const [first, second] = [octetString, number].map((value) => readGostPrivateKey(pkcs8(name, value)));
    expect(first?.algorithm).toBe(name);
    expect(Buffer.from(first!.subjectPublicKey)).toEqual(Buffer.from(second!.subjectPublicKey));
  });

  it.each([
    ['zero', der.octetString(new Uint8Array(octets))],
    ['the order of the group', der.integer(curve.q)],
    ['a negative number', der.integer(-1)],
    ['no number', der.utf8String('1')],
    ['nothing', new Uint8Array()],
  ])('is none when its secret is %s', (_, value) => {
    expect(readGostPrivateKey(pkcs8(name, value))).toBeNull();
  });
});

describe('a private key of another kind', () => {
  it('is not taken for a Kazakh one', () => {
    const { file } = engineKey('GOST3410-2015-512');
    expect(readGostPrivateKey(openssl('pkey', '-in', file, '-outform', 'DER'))).toBeNull();
    expect(readGostPrivateKey(Buffer.from('not a key'))).toBeNull();
  });
});
