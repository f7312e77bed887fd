import { createHash, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { der } from '../asn1/index.ts';

const ECDSA_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';
const ORGANISATION = '2.5.4.10';
const COUNTRY = '2.5.4.6';

/**
 * A certificate that only names a key (EC P-256): whoever checks talons trusts it by having been given it, not by a chain.
 * @returns DER
 */
export function selfSignedCertificate(input: {
  key: KeyObject;
  commonName: string;
  organisation: string;
  from: string;
  to: string;
}): Uint8Array {
  const spki = createPublicKey(input.key).export({ type: 'spki', format: 'der' });
  const serial = createHash('sha256').update(spki).digest().subarray(0, 16);
  serial[0] = (serial[0]! & 0x7f) | 0x10;
  const attribute = (type: string, value: Uint8Array) => der.set(der.sequence(der.oid(type), value));
  const name = der.sequence(
    attribute(COMMON_NAME, der.utf8String(input.commonName)),
    attribute(ORGANISATION, der.utf8String(input.organisation)),
    attribute(COUNTRY, der.printableString('KZ')),
  );
  const algorithm = der.sequence(der.oid(ECDSA_SHA256));
  const keyUsage = der.sequence(der.oid('2.5.29.15'), der.boolean(true), der.octetString(der.namedBits([0, 1])));
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(serial),
    algorithm,
    name,
    der.sequence(der.time(input.from), der.time(input.to)),
    name,
    spki,
    der.explicit(3, der.sequence(keyUsage)),
  );
  return der.sequence(tbs, algorithm, der.bitString(sign('sha256', tbs, input.key)));
}
