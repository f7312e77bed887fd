import { createHash, randomBytes } from 'node:crypto';
import { der } from '../../main/asn1/index.ts';
import { readGostPrivateKey, type GostPrivateKey } from '../../main/signature/algorithms/gost-private-key.ts';
import { daysFromNow } from './openssl-pki.ts';

/**
 * An authority with a Kazakh GOST key (34.310-2015 of 512 bits) and a person under it. No foreign program makes certificates with these identifiers; the
 * arithmetic is judged by the engine of OpenSSL and by real files elsewhere.
 */
export type GostHolder = { readonly key: GostPrivateKey; readonly certificate: Uint8Array };

const KEY = ['1.2.398.3.10.1.1.2.2', '1.2.398.3.10.1.1.2.2.1', '1.2.398.3.10.1.3.3'] as const;
const SIGNATURE = der.sequence(der.oid('1.2.398.3.10.1.1.2.3.2'), der.nullValue());
const keyAlgorithm = (): Uint8Array => der.sequence(der.oid(KEY[0]), der.sequence(der.oid(KEY[1]), der.oid(KEY[2])));

function newGostKey(): GostPrivateKey {
  // the highest octet is the last one: the number stays below the order of the curve
  const secret = randomBytes(64).fill(1, 63);
  return readGostPrivateKey(der.sequence(der.integer(0), keyAlgorithm(), der.octetString(der.octetString(secret))))!;
}

const spki = ({ subjectPublicKey }: GostPrivateKey): Uint8Array => der.sequence(keyAlgorithm(), der.bitString(subjectPublicKey));
const keyIdentifier = ({ subjectPublicKey }: GostPrivateKey): Uint8Array => createHash('sha1').update(subjectPublicKey).digest();
const name = (commonName: string, serialNumber: string | null = null): Uint8Array => {
  const one = (oid: string, value: Uint8Array) => der.set(der.sequence(der.oid(oid), value));
  const number = serialNumber === null ? [] : [one('2.5.4.5', der.raw(0x13, Buffer.from(serialNumber, 'latin1')))];
  return der.sequence(one('2.5.4.3', der.utf8String(commonName)), ...number);
};
const extension = (oid: string, critical: boolean, value: Uint8Array): Uint8Array =>
  der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value));
const authorityKey = (issuer: GostPrivateKey): Uint8Array =>
  extension('2.5.29.35', false, der.sequence(der.raw(0x80, keyIdentifier(issuer))));

const signed = (tbs: Uint8Array, issuer: GostPrivateKey): Uint8Array => der.sequence(tbs, SIGNATURE, der.bitString(issuer.sign(tbs)));

const AUTHORITY = 'ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) TEST';
const SERIALS = { authority: 21, person: 22 } as const;

function certificateOf(holder: GostPrivateKey, issuer: GostPrivateKey, who: keyof typeof SERIALS): Uint8Array {
  const own = extension('2.5.29.14', false, der.octetString(keyIdentifier(holder)));
  const uses =
    who === 'authority'
      ? [extension('2.5.29.19', true, der.sequence(der.boolean(true))), extension('2.5.29.15', true, der.namedBits([5, 6]))]
      : [
          extension('2.5.29.15', true, der.namedBits([0, 1])),
          extension('2.5.29.37', false, der.sequence(der.oid('1.3.6.1.5.5.7.3.4'), der.oid('1.2.398.3.3.4.1.1'))),
        ];
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(SERIALS[who]),
    SIGNATURE,
    name(AUTHORITY),
    der.sequence(der.time(daysFromNow(-100)), der.time(daysFromNow(200))),
    who === 'authority' ? name(AUTHORITY) : name('ТЕСТОВ ТЕСТ', 'IIN870131400019'),
    spki(holder),
    der.explicit(3, der.sequence(own, authorityKey(issuer), ...uses)),
  );
  return signed(tbs, issuer);
}

/** The list of the authority; with `hold`, the person's certificate is on it as suspended. */
function listOf(issuer: GostPrivateKey, hold: boolean): Uint8Array {
  const reason = extension('2.5.29.21', false, der.enumerated(6));
  const entry = der.sequence(der.integer(SERIALS.person), der.time(daysFromNow(-5)), der.sequence(reason));
  const number = extension('2.5.29.20', false, der.integer(hold ? 2 : 1));
  const tbs = der.sequence(
    der.integer(1),
    SIGNATURE,
    name(AUTHORITY),
    der.time(daysFromNow(-0.5)),
    der.time(daysFromNow(0.5)),
    ...(hold ? [der.sequence(entry)] : []),
    der.explicit(0, der.sequence(authorityKey(issuer), number)),
  );
  return signed(tbs, issuer);
}

/** An authority, a person and the list that says the person's certificate is good, or on hold. */
export function gostAuthority(): {
  readonly authority: GostHolder;
  readonly person: GostHolder;
  readonly list: Uint8Array;
  readonly listWithHold: Uint8Array;
} {
  const [own, persons] = [newGostKey(), newGostKey()];
  return {
    authority: { key: own, certificate: certificateOf(own, own, 'authority') },
    person: { key: persons, certificate: certificateOf(persons, own, 'person') },
    list: listOf(own, false),
    listWithHold: listOf(own, true),
  };
}
