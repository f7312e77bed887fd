import {
  attempt,
  childrenOf,
  contentOf,
  DerFault,
  explicit,
  implicit,
  Members,
  onlyChild,
  readBoolean,
  readNamedBits,
  readOid,
  readSmallInteger,
  readWhole,
  TAG,
  toHex,
  type Tlv,
} from '../../asn1/index.ts';
import { readRelativeName } from './distinguished-name.ts';
import { generalNameKey, readGeneralName } from './general-name.ts';

export type Extension = { readonly critical: boolean; /** The encoding inside the OCTET STRING. */ readonly value: Uint8Array };
export type Extensions = ReadonlyMap<string, Extension>;

export const EXTENSION = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  freshestCrl: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  expiredCertsOnCrl: '2.5.29.60',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  authorityInformationAccess: '1.3.6.1.5.5.7.1.1',
} as const;

/** Purpose of a delegated OCSP responder (RFC 6960 §4.2.2.2). */
export const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';

/** Extensions ::= SEQUENCE OF (RFC 5280 §4.2): none may appear twice. */
export function readExtensions(list: Tlv): Extensions {
  const extensions = new Map<string, Extension>();
  for (const item of childrenOf(list, TAG.sequence)) {
    const members = new Members(item);
    const oid = readOid(members.next());
    const flag = members.optional(TAG.boolean);
    const value = contentOf(members.next(TAG.octetString));
    members.done();
    if (extensions.has(oid)) throw new DerFault('extension twice');
    extensions.set(oid, { critical: flag !== null && readBoolean(flag), value });
  }
  return extensions;
}

export type KeyUsage =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly';

const KEY_USAGES: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

export function readKeyUsage(value: Uint8Array): ReadonlySet<KeyUsage> {
  const bits = readNamedBits(readWhole(value, TAG.bitString));
  return new Set(KEY_USAGES.filter((_, bit) => bits.has(bit)));
}

export function readExtendedKeyUsage(value: Uint8Array): string[] {
  return childrenOf(readWhole(value), TAG.sequence).map(readOid);
}

export type BasicConstraints = { readonly ca: boolean; readonly pathLength: number | null };

export function readBasicConstraints(value: Uint8Array): BasicConstraints {
  const members = new Members(readWhole(value));
  const ca = members.optional(TAG.boolean);
  const length = members.optional(TAG.integer);
  members.done();
  return { ca: ca !== null && readBoolean(ca), pathLength: length && readSmallInteger(length) };
}

export function readSubjectKeyIdentifier(value: Uint8Array): string {
  return toHex(contentOf(readWhole(value, TAG.octetString)));
}

/** The key identifier alone: issuer and serial are hints nobody needs here. */
export function readAuthorityKeyIdentifier(value: Uint8Array): string | null {
  const identifier = new Members(readWhole(value)).optional(implicit(0));
  return identifier && toHex(contentOf(identifier));
}

/** DistributionPointName (RFC 5280 §4.2.1.13): keys of the full names, or of the name relative to the issuer of the list. */
export type DistributionPointName = { readonly full: readonly string[] } | { readonly relative: string };

/** DistributionPointName ::= CHOICE { fullName [0], nameRelativeToCRLIssuer [1] }, inside its explicit [0]. */
export function readDistributionPointName(wrapper: Tlv): DistributionPointName {
  const choice = onlyChild(wrapper);
  if (choice.tag === explicit(0)) return { full: childrenOf(choice).map(generalNameKey) };
  if (choice.tag === explicit(1)) return { relative: readRelativeName(childrenOf(choice)) };
  throw new DerFault('distribution point name');
}

/** ReasonFlags (RFC 5280 §4.2.1.13) as a bit mask: bit 1 keyCompromise to bit 8 aACompromise. */
export const ALL_REASONS = 0b1_1111_1110;

export function readReasons(flags: Tlv): number {
  return [...readNamedBits(flags)].reduce((mask, bit) => mask | (1 << Math.min(bit, 16)), 0) & ALL_REASONS;
}

export type DistributionPoint = {
  readonly name: DistributionPointName | null;
  readonly reasons: number;
  /** Keys of the directory names of who issues the lists when it is not the issuer of the certificate. */
  readonly crlIssuers: readonly string[] | null;
};

export function readDistributionPoints(value: Uint8Array): DistributionPoint[] {
  return childrenOf(readWhole(value), TAG.sequence).map((point) => {
    const members = new Members(point);
    const name = members.optional(explicit(0));
    const reasons = members.optional(implicit(1));
    const issuer = members.optional(explicit(2));
    members.done();
    return {
      name: name && readDistributionPointName(name),
      reasons: reasons ? readReasons(reasons) : ALL_REASONS,
      crlIssuers: issuer && readDirectoryNames(issuer),
    };
  });
}

/** Keys of the directory names among GeneralNames. */
export function readDirectoryNames(names: Tlv): string[] {
  return childrenOf(names)
    .map(readGeneralName)
    .flatMap((name) => (name.form === 'directory' ? [name.name.key] : []));
}

/** Addresses a certificate names for its own evidence (RFC 5280 §4.2.2.1, §4.2.1.13, §4.2.1.15); as they stand, in their order. */
export type EvidenceAddresses = {
  readonly ocsp: readonly string[];
  readonly issuers: readonly string[];
  readonly crls: readonly string[];
  readonly deltas: readonly string[];
};

const OCSP = '1.3.6.1.5.5.7.48.1';
const CA_ISSUERS = '1.3.6.1.5.5.7.48.2';
const URI = implicit(6);

/** Addresses that cannot be read are left out: they are only hints where to ask. */
export function readEvidenceAddresses(extensions: Extensions): EvidenceAddresses {
  const addresses = (oid: string, read: (value: Uint8Array) => string[]): string[] => {
    const found = extensions.get(oid);
    return (found && attempt(() => read(found.value))) ?? [];
  };
  const access = (method: string) =>
    addresses(EXTENSION.authorityInformationAccess, (value) =>
      childrenOf(readWhole(value), TAG.sequence).flatMap((description) => {
        const members = new Members(description);
        const wanted = readOid(members.next()) === method;
        const location = members.next();
        return wanted && location.tag === URI ? [asciiOf(contentOf(location))] : [];
      }),
    );
  const points = (value: Uint8Array): string[] =>
    childrenOf(readWhole(value), TAG.sequence).flatMap((point) => {
      const name = new Members(point).optional(explicit(0));
      const choice = name && onlyChild(name);
      if (choice?.tag !== explicit(0)) return [];
      return childrenOf(choice).flatMap((general) => (general.tag === URI ? [asciiOf(contentOf(general))] : []));
    });
  return {
    ocsp: access(OCSP),
    issuers: access(CA_ISSUERS),
    crls: addresses(EXTENSION.crlDistributionPoints, points),
    deltas: addresses(EXTENSION.freshestCrl, points),
  };
}

const asciiOf = (octets: Uint8Array): string => Array.from(octets.subarray(0, 2048), (octet) => String.fromCharCode(octet)).join('');
