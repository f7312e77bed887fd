import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { Certificate, id_ce_subjectKeyIdentifier } from '@peculiar/asn1-x509';
import { createHash, sign, type KeyObject } from 'node:crypto';
import { der } from '../asn1/index.ts';

/** An authority that can sign: its name and key identifier as its own certificate has them. */
export type Issuer = { readonly name: Uint8Array; readonly keyId: Uint8Array; readonly privateKey: KeyObject };

export const sha256WithRsa = () => der.sequence(der.oid('1.2.840.113549.1.1.11'), der.nullValue());

/** RFC 7093 §2, method 4: the leftmost 160 bits of SHA-256 of the SubjectPublicKeyInfo. */
export function keyIdentifier(publicKey: KeyObject): Uint8Array {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest()
    .subarray(0, 20);
}

/** The Kazakh authority takes the key identifier for the serial number: top bit cleared, first byte at least 0x10. */
export function serialNumberOf(keyId: Uint8Array): Uint8Array {
  const serial = Uint8Array.from(keyId);
  const first = (serial[0] ?? 0) & 0x7f;
  serial[0] = first < 0x10 ? first + 0x10 : first;
  return serial;
}

/** Signs with an RSA authority. A root is its own issuer. @returns the certificate, DER */
export function issueCertificate(input: {
  issuer: Issuer;
  subject: Uint8Array;
  publicKey: KeyObject;
  notBefore: string;
  notAfter: string;
  extensions: readonly Uint8Array[];
}): Buffer {
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(serialNumberOf(keyIdentifier(input.publicKey))),
    sha256WithRsa(),
    input.issuer.name,
    der.sequence(der.time(input.notBefore), der.time(input.notAfter)),
    input.subject,
    input.publicKey.export({ type: 'spki', format: 'der' }),
    der.explicit(3, der.sequence(...input.extensions)),
  );
  return Buffer.from(der.sequence(tbs, sha256WithRsa(), der.bitString(sign('sha256', tbs, input.issuer.privateKey))));
}

/** Takes up an authority again from its certificate. */
export function issuerFrom(certificate: Uint8Array, privateKey: KeyObject): Issuer {
  const { tbsCertificate } = AsnConvert.parse(certificate, Certificate);
  const keyId = tbsCertificate.extensions?.find(({ extnID }) => extnID === id_ce_subjectKeyIdentifier);
  if (!keyId) throw new Error('an authority without a key identifier');
  return {
    name: new Uint8Array(AsnConvert.serialize(tbsCertificate.subject)),
    keyId: new Uint8Array(AsnConvert.parse(keyId.extnValue, OctetString).buffer),
    privateKey,
  };
}
