import {
  attempt,
  childrenOf,
  contentOf,
  encodingOf,
  expect,
  explicit,
  Members,
  onlyChild,
  readOid,
  readTime,
  TAG,
  type Tlv,
} from '../../asn1/index.ts';
import { hashName } from '../algorithms/hash.ts';
import { readName } from '../certificates/distinguished-name.ts';
import { serialHex } from '../certificates/read-certificate.ts';
import type { Attribute } from './read-signed-data.ts';

/** The first ESSCertID(v2): which certificate the signer meant (RFC 5035 §5). */
export type CertificateReference = {
  readonly version: 'v1' | 'v2';
  /** Name of the hash as in hash.ts. */
  readonly hash: string;
  readonly digest: Uint8Array;
  readonly issuer: { readonly key: string; readonly serial: string } | null;
};

export type SignedAttributes = {
  /** What breaks the rules on which attributes must be there, how often, with how many values. */
  readonly faults: readonly string[];
  readonly contentType: string | null;
  readonly messageDigest: Uint8Array | null;
  /** Milliseconds since 1970; only claimed. */
  readonly signingTime: number | null;
  readonly references: readonly CertificateReference[];
  /** Encodings of the two algorithms the signer bound to the message (RFC 6211). */
  readonly algorithmProtection: { readonly digest: Uint8Array; readonly signature: Uint8Array | null } | null;
};

const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_TIME = '1.2.840.113549.1.9.5';
const ALGORITHM_PROTECTION = '1.2.840.113549.1.9.52';
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
export const SIGNATURE_TIMESTAMP = '1.2.840.113549.1.9.16.2.14';

/** Attributes that may occur once, with one value (RFC 5652 §11, RFC 5035 §3, RFC 6211 §2). */
const SINGLE: Readonly<Record<string, string>> = {
  [CONTENT_TYPE]: 'content-type',
  [MESSAGE_DIGEST]: 'message-digest',
  [SIGNING_TIME]: 'signing-time',
  [ALGORITHM_PROTECTION]: 'algorithm-protection',
  [SIGNING_CERTIFICATE]: 'signing-certificate',
  [SIGNING_CERTIFICATE_V2]: 'signing-certificate-v2',
};

export function readSignedAttributes(attributes: readonly Attribute[]): SignedAttributes {
  const faults: string[] = [];
  const valueOf = <T>(oid: string, read: (value: Tlv) => T): T | null => {
    const found = attributes.filter((attribute) => attribute.oid === oid);
    const [first] = found;
    if (first === undefined) return null;
    if (found.length > 1) faults.push(`${SINGLE[oid]}-repeated`);
    const [only] = first.values;
    if (only === undefined || first.values.length !== 1) {
      faults.push(`${SINGLE[oid]}-values`);
      return null;
    }
    const value = attempt(() => read(only));
    if (value === null) faults.push(`${SINGLE[oid]}-malformed`);
    return value;
  };
  const contentType = valueOf(CONTENT_TYPE, readOid);
  const messageDigest = valueOf(MESSAGE_DIGEST, (value) => contentOf(expect(value, TAG.octetString)));
  const signingTime = valueOf(SIGNING_TIME, readTime);
  const references = [
    valueOf(SIGNING_CERTIFICATE_V2, (value) => readReference(value, 'v2')),
    valueOf(SIGNING_CERTIFICATE, (value) => readReference(value, 'v1')),
  ].filter((reference) => reference !== null);
  const algorithmProtection = valueOf(ALGORITHM_PROTECTION, (value) => {
    const members = new Members(value);
    const digest = encodingOf(members.next(TAG.sequence));
    const signature = members.optional(explicit(1));
    return { digest, signature: signature && Buffer.concat([Uint8Array.of(TAG.sequence), encodingOf(signature).subarray(1)]) };
  });
  for (const [oid, name] of [
    [CONTENT_TYPE, 'content-type'],
    [MESSAGE_DIGEST, 'message-digest'],
  ] as const) {
    if (!attributes.some((attribute) => attribute.oid === oid)) faults.push(`${name}-missing`);
  }
  return { faults, contentType, messageDigest, signingTime, references, algorithmProtection };
}

/** SigningCertificate and SigningCertificateV2: only the first identifier speaks of the signer. */
function readReference(value: Tlv, version: 'v1' | 'v2'): CertificateReference {
  const identifier = new Members(childrenOf(new Members(value).next(), TAG.sequence)[0] ?? value);
  const algorithm = version === 'v2' ? identifier.optional(TAG.sequence) : null;
  const digest = contentOf(identifier.next(TAG.octetString));
  const issuerSerial = identifier.optional(TAG.sequence);
  identifier.done();
  const hash = version === 'v1' ? 'SHA-1' : algorithm ? hashName(readOid(new Members(algorithm).next())) : 'SHA-256';
  return { version, hash, digest, issuer: issuerSerial && readIssuerSerial(issuerSerial) };
}

function readIssuerSerial(issuerSerial: Tlv): { key: string; serial: string } {
  const members = new Members(issuerSerial);
  const name = onlyChild(members.next(TAG.sequence), explicit(DIRECTORY_NAME));
  const serial = serialHex(members.next(TAG.integer));
  members.done();
  return { key: readName(onlyChild(name)).key, serial };
}
const DIRECTORY_NAME = 4;
