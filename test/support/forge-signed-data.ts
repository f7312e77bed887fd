import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { der } from '../../main/asn1/index.ts';
import type { Certificate } from './openssl-pki.ts';

/** CMS messages no honest tool writes: every member can be given by hand, the value is computed over what stands there. */
export type Forgery = {
  readonly signer: Certificate;
  readonly content: Uint8Array;
  readonly attached?: boolean;
  /** Null for none; the default has content type, message digest and nothing else. */
  readonly attributes?: readonly Uint8Array[] | null;
  /** The order the message shows the attributes in; signed is always the DER order. */
  readonly unsorted?: boolean;
  readonly contentType?: string;
  /** Of the message; 1 unless given. */
  readonly version?: number;
  readonly certificates?: readonly Uint8Array[];
  readonly digestAlgorithm?: string;
  readonly signatureAlgorithm?: Uint8Array;
  readonly crls?: readonly Uint8Array[];
  readonly unsigned?: readonly Uint8Array[];
  /** Instead of the computed one. */
  readonly value?: Uint8Array;
  readonly hash?: string;
};

export const OIDS = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  sha256: '2.16.840.1.101.3.4.2.1',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  algorithmProtection: '1.2.840.113549.1.9.52',
  timestamp: '1.2.840.113549.1.9.16.2.14',
} as const;

export const SHA256_WITH_RSA = der.sequence(der.oid('1.2.840.113549.1.1.11'), der.nullValue());

export const attribute = (oid: string, ...values: readonly Uint8Array[]): Uint8Array =>
  der.sequence(der.oid(oid), der.raw(0x31, ...values));
export const contentTypeAttribute = (oid: string = OIDS.data): Uint8Array => attribute(OIDS.contentType, der.oid(oid));
export const digestAttribute = (content: Uint8Array): Uint8Array =>
  attribute(OIDS.messageDigest, der.octetString(createHash('sha256').update(content).digest()));
export const signingCertificateAttribute = (certificate: Uint8Array): Uint8Array =>
  attribute(
    OIDS.signingCertificateV2,
    der.sequence(der.sequence(der.sequence(der.octetString(createHash('sha256').update(certificate).digest())))),
  );

/** The encoding that is signed: SET OF, sorted. */
export const signedEncodingOf = (attributes: readonly Uint8Array[]): Uint8Array => der.set(...attributes);

export function forgeSignedData(forgery: Forgery): Uint8Array {
  const { signer, content } = forgery;
  const attributes =
    forgery.attributes === undefined
      ? [contentTypeAttribute(), digestAttribute(content), signingCertificateAttribute(signer.der)]
      : forgery.attributes;
  const signed = attributes ? signedEncodingOf(attributes) : content;
  const value = forgery.value ?? sign(forgery.hash ?? 'sha256', signed, createPrivateKey(readFileSync(signer.key)));
  const shown =
    attributes &&
    (forgery.unsorted
      ? der.raw(0xa0, ...[...attributes].sort((a, b) => Buffer.compare(a, b)).reverse())
      : der.raw(0xa0, ...[...attributes].sort((a, b) => Buffer.compare(a, b))));
  const digestAlgorithm = der.sequence(der.oid(forgery.digestAlgorithm ?? OIDS.sha256));
  const signerInfo = der.sequence(
    der.integer(1),
    issuerAndSerial(signer.der),
    digestAlgorithm,
    ...(shown ? [shown] : []),
    forgery.signatureAlgorithm ?? SHA256_WITH_RSA,
    der.octetString(value),
    ...(forgery.unsigned ? [der.raw(0xa1, ...forgery.unsigned)] : []),
  );
  return der.sequence(
    der.oid(OIDS.signedData),
    der.explicit(
      0,
      der.sequence(
        der.integer(forgery.version ?? 1),
        der.set(digestAlgorithm),
        der.sequence(der.oid(forgery.contentType ?? OIDS.data), ...(forgery.attached ? [der.explicit(0, der.octetString(content))] : [])),
        der.raw(0xa0, ...(forgery.certificates ?? [signer.der])),
        ...(forgery.crls ? [der.raw(0xa1, ...forgery.crls)] : []),
        der.set(signerInfo),
      ),
    ),
  );
}

/** Issuer and serial number cut out of a certificate by position. */
function issuerAndSerial(certificate: Uint8Array): Uint8Array {
  const element = (at: number): { body: number; end: number } => {
    const first = certificate[at + 1]!;
    const octets = first > 0x80 ? first & 0x7f : 0;
    const length = octets === 0 ? first : Number.parseInt(Buffer.from(certificate.subarray(at + 2, at + 2 + octets)).toString('hex'), 16);
    return { body: at + 2 + octets, end: at + 2 + octets + length };
  };
  const version = element(element(element(0).body).body);
  const serial = element(version.end);
  const algorithm = element(serial.end);
  const issuer = element(algorithm.end);
  return der.sequence(certificate.subarray(algorithm.end, issuer.end), certificate.subarray(version.end, serial.end));
}
