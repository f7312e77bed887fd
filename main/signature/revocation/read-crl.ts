import { createHash } from 'node:crypto';
import {
  admitEncoding,
  attempt,
  contentOf,
  encodingOf,
  explicit,
  implicit,
  Members,
  onlyChild,
  readInteger,
  readSmallInteger,
  readTime,
  readWhole,
  surveyEncoding,
  TAG,
  DerFault,
} from '../../asn1/index.ts';
import { readSignatureScheme, sameAlgorithm, type SignatureScheme } from '../algorithms/signature-scheme.ts';
import { readName, type DistinguishedName } from '../certificates/distinguished-name.ts';
import {
  ALL_REASONS,
  EXTENSION,
  readAuthorityKeyIdentifier,
  readDistributionPointName,
  readExtensions,
  readReasons,
  type DistributionPointName,
  type Extensions,
} from '../certificates/extensions.ts';
import { readSignatureValue } from '../certificates/read-certificate.ts';
import { indexEntries, type EntryIndex } from './crl-entries.ts';

/** IssuingDistributionPoint (RFC 5280 §5.2.5): which certificates a list speaks about. */
export type CrlScope = {
  readonly name: DistributionPointName | null;
  readonly onlyUserCertificates: boolean;
  readonly onlyCaCertificates: boolean;
  readonly onlyAttributeCertificates: boolean;
  /** Bit mask as of readReasons. */
  readonly reasons: number;
  readonly indirect: boolean;
};

/** A CRL as it stands in its bytes; nothing here is verified. Times are milliseconds since 1970. */
export type Crl = {
  readonly der: Uint8Array;
  readonly sha256: string;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: number;
  readonly nextUpdate: number | null;
  readonly number: bigint | null;
  /** Set when the list is a delta: the number of the base it completes. */
  readonly deltaBase: bigint | null;
  readonly scope: CrlScope | null;
  /** Revoked certificates that expired after this time are still listed (ITU-T X.509 §9.5.2.8); null when not stated. */
  readonly keepsExpiredSince: number | null;
  readonly authorityKeyIdentifier: string | null;
  /** A critical extension, of the list or of an entry, that is not understood or out of place. */
  readonly unknownCritical: boolean;
  readonly entries: EntryIndex;
  readonly signed: { readonly tbs: Uint8Array; readonly scheme: SignatureScheme; readonly value: Uint8Array };
};

const MAX_OCTETS = 128 * 1024 * 1024;
const LIMITS = { depth: 24, nodes: Number.POSITIVE_INFINITY };
/** Rewriting BER builds every element, so only a short list may come in it. */
const BER_LIMITS = { depth: 24, nodes: 250_000 };

/** Reads a certificate list (RFC 5280 §5); null when it is not one, or not well formed. */
export function readCrl(bytes: Uint8Array): Crl | null {
  if (bytes.length > MAX_OCTETS) return null;
  const survey = surveyEncoding(bytes, LIMITS);
  if (survey === null || survey.end < bytes.length) return null;
  const der = survey.ber ? admitEncoding(bytes, BER_LIMITS)?.der : bytes;
  return der === undefined ? null : attempt(() => readMembers(der));
}

function readMembers(der: Uint8Array): Crl {
  const outer = new Members(readWhole(der));
  const tbs = outer.next(TAG.sequence);
  const algorithm = outer.next(TAG.sequence);
  const value = readSignatureValue(outer.next());
  outer.done();

  const members = new Members(tbs);
  const version = members.optional(TAG.integer);
  if (version && readSmallInteger(version) > 1) throw new DerFault('version');
  if (!sameAlgorithm(members.next(TAG.sequence), algorithm)) throw new DerFault('algorithms differ');
  const issuer = readName(members.next());
  const thisUpdate = readTime(members.next());
  const next = members.optional(TAG.utcTime, TAG.generalizedTime);
  const revoked = members.optional(TAG.sequence);
  const wrapper = members.optional(explicit(0));
  members.done();

  const extensions: Extensions = wrapper ? readExtensions(onlyChild(wrapper)) : new Map();
  const extension = <T>(oid: string, read: (value: Uint8Array) => T): T | null => {
    const found = extensions.get(oid);
    return found === undefined ? null : read(found.value);
  };
  const integer = (encoding: Uint8Array) => readInteger(readWhole(encoding));
  const entries = indexEntries(der, revoked?.body ?? 0, revoked?.end ?? 0, issuer.key);
  const scope = extension(EXTENSION.issuingDistributionPoint, readScope);
  // Entries about certificates of others stand only in lists that say so (RFC 5280 §5.3.3).
  const strayEntries = entries.namesIssuers && !scope?.indirect;
  return {
    der,
    sha256: createHash('sha256').update(der).digest('hex'),
    issuer,
    thisUpdate,
    nextUpdate: next && readTime(next),
    number: extension(EXTENSION.crlNumber, integer),
    deltaBase: extension(EXTENSION.deltaCrlIndicator, integer),
    scope,
    keepsExpiredSince: extension(EXTENSION.expiredCertsOnCrl, (value) => readTime(readWhole(value))),
    authorityKeyIdentifier: extension(EXTENSION.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    unknownCritical: entries.unusable || strayEntries || [...extensions].some(([oid, { critical }]) => critical && !UNDERSTOOD.has(oid)),
    entries,
    signed: { tbs: encodingOf(tbs), scheme: readSignatureScheme(algorithm, null), value },
  };
}

const UNDERSTOOD: ReadonlySet<string> = new Set([
  EXTENSION.crlNumber,
  EXTENSION.deltaCrlIndicator,
  EXTENSION.issuingDistributionPoint,
  EXTENSION.authorityKeyIdentifier,
  EXTENSION.expiredCertsOnCrl,
]);

function readScope(value: Uint8Array): CrlScope {
  const members = new Members(readWhole(value));
  const name = members.optional(explicit(0));
  const flag = (n: number): boolean => {
    const found = members.optional(implicit(n));
    return found !== null && contentOf(found).some((octet) => octet !== 0);
  };
  const onlyUserCertificates = flag(1);
  const onlyCaCertificates = flag(2);
  const reasons = members.optional(implicit(3));
  const indirect = flag(4);
  const onlyAttributeCertificates = flag(5);
  members.done();
  return {
    name: name && readDistributionPointName(name),
    onlyUserCertificates,
    onlyCaCertificates,
    onlyAttributeCertificates,
    reasons: reasons ? readReasons(reasons) : ALL_REASONS,
    indirect,
  };
}
