import { createHash } from 'node:crypto';
import { der } from '../../asn1/index.ts';
import { digestOf } from '../algorithms/hash.ts';
import { SIGNING_ALGORITHMS, type SigningAlgorithm } from './signing-algorithms.ts';

/** Who signs. Certificates are DER; `chain` is what travels beside the signer's own (issuers, any order). */
export type CmsSigner = {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SigningAlgorithm;
  /** Hashes by itself; answers an RSA PKCS#1 v1.5 value, ECDSA as DER, or a Kazakh GOST value. */
  sign(tbs: Uint8Array): Promise<Uint8Array>;
};

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimestamp: '1.2.840.113549.1.9.16.2.14',
} as const;

/**
 * CMS SignedData (RFC 5652 §5) by one signer, DER, with the signed attributes of CAdES-B: content type, message digest,
 * signing certificate v2 (RFC 5035), and a claimed signing time only when given (a PDF carries its own).
 * @param input.contentDigest the signed content by the signer's own hash (`contentHasher`).
 * @param input.attachedContent the content itself when it travels inside, null for a detached signature.
 * @param input.timestamp asked for a TimeStampToken over the signature value (EN 319 122-1 §5.3); null leaves the message without one.
 */
export async function buildSignedData(input: {
  signer: CmsSigner;
  contentDigest: Uint8Array;
  attachedContent: Uint8Array | null;
  signingTime: string | null;
  timestamp?: ((value: Uint8Array) => Promise<Uint8Array | null>) | undefined;
}): Promise<Uint8Array> {
  const { signer, contentDigest, attachedContent, signingTime } = input;
  const { hash, digestIdentifier, signatureIdentifier } = SIGNING_ALGORITHMS[signer.algorithm];
  if (attachedContent && !Buffer.from(digestOf(hash, attachedContent)!).equals(contentDigest)) {
    throw new Error('the attached content has another hash than the one to be signed');
  }
  const { issuer, serial } = issuerAndSerial(signer.certificate);
  const attributes = der.set(
    attribute(OID.contentType, der.oid(OID.data)),
    attribute(OID.messageDigest, der.octetString(contentDigest)),
    attribute(OID.signingCertificateV2, signingCertificate(signer.certificate, issuer, serial)),
    ...(signingTime === null ? [] : [attribute(OID.signingTime, der.time(signingTime))]),
  );
  // The value is computed over the SET OF encoding, the message carries the same bytes under [0] (RFC 5652 §5.4).
  const value = await signer.sign(attributes);
  const token = input.timestamp ? await input.timestamp(value) : null;
  const signerInfo = der.sequence(
    der.integer(1),
    der.sequence(issuer, serial),
    digestIdentifier,
    der.implicit(0, attributes),
    signatureIdentifier,
    der.octetString(value),
    ...(token ? [der.implicit(1, der.set(attribute(OID.signatureTimestamp, token)))] : []),
  );
  const content = attachedContent ? [der.explicit(0, der.octetString(attachedContent))] : [];
  const signedData = der.sequence(
    der.integer(1),
    der.set(digestIdentifier),
    der.sequence(der.oid(OID.data), ...content),
    der.implicit(0, der.set(signer.certificate, ...signer.chain)),
    der.set(signerInfo),
  );
  return der.sequence(der.oid(OID.signedData), der.explicit(0, signedData));
}

const attribute = (type: string, value: Uint8Array) => der.sequence(der.oid(type), der.set(value));

/** SHA-256 is the default hash of ESSCertIDv2, so DER leaves its identifier out. */
function signingCertificate(certificate: Uint8Array, issuer: Uint8Array, serial: Uint8Array): Uint8Array {
  const hash = createHash('sha256').update(certificate).digest();
  const generalNames = der.sequence(der.explicit(4, issuer));
  return der.sequence(der.sequence(der.sequence(der.octetString(hash), der.sequence(generalNames, serial))));
}

/** The issuer and serial number as the very bytes of the certificate: writing them anew could change their encoding. */
function issuerAndSerial(certificate: Uint8Array): { issuer: Uint8Array; serial: Uint8Array } {
  let at = headerEnd(certificate, headerEnd(certificate, 0));
  const next = (): Uint8Array => {
    const start = at;
    at = elementEnd(certificate, start);
    return certificate.subarray(start, at);
  };
  const first = next();
  const serial = first[0] === 0xa0 ? next() : first;
  next();
  const issuer = next();
  if (serial[0] !== 0x02 || issuer[0] !== 0x30) throw new Error('the signer has no readable certificate');
  return { issuer, serial };
}

function headerEnd(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] ?? 0;
  return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
}

function elementEnd(bytes: Uint8Array, at: number): number {
  const start = headerEnd(bytes, at);
  const octets = bytes.subarray(at + 2, start);
  const length = octets.length === 0 ? (bytes[at + 1] ?? 0) : octets.reduce((sum, octet) => sum * 256 + octet, 0);
  if (start + length > bytes.length) throw new Error('the signer has no readable certificate');
  return start + length;
}
