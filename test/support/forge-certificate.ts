import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { der } from '../../main/asn1/index.ts';

export type ForgedKey = { readonly privateKey: KeyObject; readonly spki: Uint8Array };

export function newKey(): ForgedKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, spki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })) };
}

const ECDSA = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const name = (commonName: string): Uint8Array => der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8String(commonName))));
const extension = (oid: string, value: Uint8Array): Uint8Array => der.sequence(der.oid(oid), der.boolean(true), der.octetString(value));
let serial = 1;

/** A certificate by node:crypto, hundreds of which are made in no time. */
export function forgeCertificate(input: {
  subject: string;
  issuer: string;
  spki: Uint8Array;
  issuerKey: KeyObject;
  ca: boolean;
}): Uint8Array {
  const use = input.ca
    ? [extension('2.5.29.19', der.sequence(der.boolean(true))), extension('2.5.29.15', der.namedBits([5, 6]))]
    : [extension('2.5.29.15', der.namedBits([0, 1])), extension('2.5.29.37', der.sequence(der.oid('1.3.6.1.5.5.7.3.4')))];
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(++serial),
    ECDSA,
    name(input.issuer),
    der.sequence(der.time('2020-01-01T00:00:00Z'), der.time('2045-01-01T00:00:00Z')),
    name(input.subject),
    input.spki,
    der.explicit(3, der.sequence(...use)),
  );
  return der.sequence(tbs, ECDSA, der.bitString(sign('sha256', tbs, input.issuerKey)));
}
