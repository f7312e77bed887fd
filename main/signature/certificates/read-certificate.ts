import { createHash } from 'node:crypto';
import {
  admitEncoding,
  attempt,
  childrenOf,
  contentOf,
  DerFault,
  encodingOf,
  expect,
  explicit,
  implicit,
  Members,
  onlyChild,
  readBitOctets,
  readInteger,
  readSmallInteger,
  readTime,
  readWhole,
  TAG,
  toHex,
  type Tlv,
} from '../../asn1/index.ts';
import { readPublicKey, type PublicKey } from '../algorithms/public-key.ts';
import { readSignatureScheme, sameAlgorithm, type SignatureScheme } from '../algorithms/signature-scheme.ts';
import { instantOf } from '../instant.ts';
import { readName, type DistinguishedName } from './distinguished-name.ts';
import { readGeneralName, type GeneralName } from './general-name.ts';
import { readNameConstraints, type NameConstraints } from './name-constraints.ts';
import {
  readCertificatePolicies,
  readInhibitAnyPolicy,
  readPolicyConstraints,
  readPolicyMappings,
  type PolicyConstraints,
  type PolicyMappings,
} from './policy-extensions.ts';
import {
  EXTENSION,
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readDistributionPoints,
  readEvidenceAddresses,
  readExtendedKeyUsage,
  readExtensions,
  readKeyUsage,
  readSubjectKeyIdentifier,
  type BasicConstraints,
  type DistributionPoint,
  type EvidenceAddresses,
  type Extensions,
  type KeyUsage,
} from './extensions.ts';
import { readRoles, readSubjectIdentity, type SubjectIdentity } from './kazakh-profile.ts';

/** Everything the checks and the window need to know about one certificate, as it stands in its bytes; nothing here is verified. */
export type CertificateFacts = SubjectIdentity & {
  readonly der: Uint8Array;
  /** SHA-256 of the DER, lower-case hex. */
  readonly sha256: string;
  /** Lower-case hex without a leading zero octet. */
  readonly serial: string;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  /** UTC ISO instants, both inclusive. */
  readonly validity: { readonly from: string; readonly to: string };
  readonly roles: readonly string[];
  readonly key: PublicKey;
  readonly spki: Uint8Array;
  /** Null when the extension is absent. */
  readonly keyUsage: ReadonlySet<KeyUsage> | null;
  readonly extendedKeyUsage: readonly string[] | null;
  readonly basicConstraints: BasicConstraints | null;
  readonly subjectKeyIdentifier: string | null;
  readonly authorityKeyIdentifier: string | null;
  readonly distributionPoints: readonly DistributionPoint[] | null;
  readonly addresses: EvidenceAddresses;
  readonly subjectAltNames: readonly GeneralName[];
  readonly nameConstraints: NameConstraints | null;
  /** Identifiers of the certificate policies; null when the extension is absent. */
  readonly policies: readonly string[] | null;
  readonly policyMappings: PolicyMappings | null;
  readonly policyConstraints: PolicyConstraints | null;
  readonly inhibitAnyPolicy: number | null;
  /** Extensions with a say in a path that cannot be read. */
  readonly malformedExtensions: readonly string[];
  readonly extensions: Extensions;
  /** What the issuer signed, how, and the value. */
  readonly signed: { readonly tbs: Uint8Array; readonly scheme: SignatureScheme; readonly value: Uint8Array };
};

/** Largest certificate that is read. */
const MAX_OCTETS = 256 * 1024;

/** Reads an X.509 certificate (RFC 5280 §4); null when it is not one, or not well formed. BER is accepted and read as its DER. */
export function readCertificate(bytes: Uint8Array): CertificateFacts | null {
  if (bytes.length > MAX_OCTETS) return null;
  const admitted = admitEncoding(bytes);
  if (admitted === null || admitted.trailing.length > 0) return null;
  return attempt(() => readMembers(admitted.der));
}

function readMembers(der: Uint8Array): CertificateFacts {
  const outer = new Members(readWhole(der));
  const tbs = outer.next(TAG.sequence);
  const algorithm = outer.next(TAG.sequence);
  const value = readSignatureValue(outer.next());
  outer.done();

  const members = new Members(tbs);
  const version = members.optional(explicit(0));
  if (version && readSmallInteger(onlyChild(version, TAG.integer)) > 2) throw new DerFault('version');
  const serial = members.next(TAG.integer);
  // RFC 5280 §4.1.1.2: the algorithm inside what is signed must be the one outside.
  if (!sameAlgorithm(members.next(TAG.sequence), algorithm)) throw new DerFault('algorithms differ');
  const issuer = readName(members.next());
  const validity = new Members(members.next());
  const [from, to] = [instantOf(readTime(validity.next())), instantOf(readTime(validity.next()))];
  validity.done();
  const subject = readName(members.next());
  const key = readPublicKey(members.next(TAG.sequence));
  members.optional(implicit(1));
  members.optional(implicit(2));
  const wrapper = members.optional(explicit(3));
  members.done();

  const extensions: Extensions = wrapper ? readExtensions(onlyChild(wrapper)) : new Map();
  const extension = <T>(oid: string, read: (value: Uint8Array) => T): T | null => {
    const found = extensions.get(oid);
    return found === undefined ? null : read(found.value);
  };
  // What only matters on a path must not make a certificate unreadable: the path is closed instead.
  const malformedExtensions: string[] = [];
  const lenient = <T>(oid: string, read: (value: Uint8Array) => T): T | null => {
    const found = extensions.get(oid);
    if (found === undefined) return null;
    const value = attempt(() => read(found.value));
    if (value === null) malformedExtensions.push(oid);
    return value;
  };
  const extendedKeyUsage = extension(EXTENSION.extendedKeyUsage, readExtendedKeyUsage);
  return {
    ...readSubjectIdentity(subject),
    der,
    sha256: createHash('sha256').update(der).digest('hex'),
    serial: serialHex(serial),
    issuer,
    subject,
    validity: { from, to },
    roles: readRoles(extendedKeyUsage ?? []),
    key,
    spki: key.der,
    keyUsage: extension(EXTENSION.keyUsage, readKeyUsage),
    extendedKeyUsage,
    basicConstraints: extension(EXTENSION.basicConstraints, readBasicConstraints),
    subjectKeyIdentifier: extension(EXTENSION.subjectKeyIdentifier, readSubjectKeyIdentifier),
    authorityKeyIdentifier: extension(EXTENSION.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    distributionPoints: extension(EXTENSION.crlDistributionPoints, readDistributionPoints),
    addresses: readEvidenceAddresses(extensions),
    subjectAltNames: lenient(EXTENSION.subjectAltName, (names) => childrenOf(readWhole(names), TAG.sequence).map(readGeneralName)) ?? [],
    nameConstraints: lenient(EXTENSION.nameConstraints, readNameConstraints),
    policies: lenient(EXTENSION.certificatePolicies, readCertificatePolicies),
    policyMappings: lenient(EXTENSION.policyMappings, readPolicyMappings),
    policyConstraints: lenient(EXTENSION.policyConstraints, readPolicyConstraints),
    inhibitAnyPolicy: lenient(EXTENSION.inhibitAnyPolicy, readInhibitAnyPolicy),
    malformedExtensions,
    extensions,
    signed: { tbs: encodingOf(tbs), scheme: readSignatureScheme(algorithm, null), value },
  };
}

/** No value of any algorithm ends within an octet: one that does is nobody's signature, whatever bits it has. */
export function readSignatureValue(bits: Tlv): Uint8Array {
  return attempt(() => readBitOctets(bits)) ?? contentOf(expect(bits, TAG.bitString)).subarray(0, 0);
}

/** A serial number as it is compared and shown: the number in whole octets; a negative one bears its sign. */
export function serialHex(serial: Tlv): string {
  const octets = contentOf(serial);
  if ((octets[0] ?? 0) & 0x80) {
    const magnitude = (-readInteger(serial)).toString(16);
    return `-${magnitude.padStart(magnitude.length + (magnitude.length % 2), '0')}`;
  }
  let first = 0;
  while (first < octets.length - 1 && octets[first] === 0) first++;
  return toHex(octets.subarray(first));
}
