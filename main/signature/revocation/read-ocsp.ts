import { createHash } from 'node:crypto';
import {
  admitEncoding,
  attempt,
  childrenOf,
  contentOf,
  DerFault,
  encodingOf,
  explicit,
  implicit,
  Members,
  onlyChild,
  readBitOctets,
  readOid,
  readSmallInteger,
  readTime,
  readWhole,
  TAG,
  toHex,
  type Tlv,
} from '../../asn1/index.ts';
import { hashName } from '../algorithms/hash.ts';
import { readSignatureScheme, type SignatureScheme } from '../algorithms/signature-scheme.ts';
import { readName } from '../certificates/distinguished-name.ts';
import { readExtensions, type Extensions } from '../certificates/extensions.ts';
import { readCertificate, serialHex, type CertificateFacts } from '../certificates/read-certificate.ts';
import { REVOCATION_REASONS } from './revocation-status.ts';

/** The certificate an answer is about (RFC 6960 §4.1.1): hashes of its issuer's name and key, and its serial number. */
export type CertificateId = {
  /** Name of the hash as in hash.ts. */
  readonly hash: string;
  readonly issuerName: string;
  readonly issuerKey: string;
  readonly serial: string;
};

export type OcspAnswer = {
  readonly id: CertificateId;
  readonly status: 'good' | 'revoked' | 'unknown';
  /** Milliseconds since 1970; `reason` as in REVOCATION_REASONS, or `never-issued`. */
  readonly revocation: { readonly revokedAt: number; readonly reason: string } | null;
  readonly thisUpdate: number;
  readonly nextUpdate: number | null;
  /** Certificates that expired after this time are still answered for; null when not stated. */
  readonly archiveCutoff: number | null;
};

/** A successful basic response as it stands in its bytes; nothing here is verified. */
export type OcspResponse = {
  readonly der: Uint8Array;
  readonly sha256: string;
  readonly responder: { readonly kind: 'name'; readonly key: string } | { readonly kind: 'key'; readonly sha1: string };
  readonly producedAt: number;
  /** Content of the nonce extension, lower-case hex. */
  readonly nonce: string | null;
  readonly unknownCritical: boolean;
  readonly answers: readonly OcspAnswer[];
  readonly certificates: readonly CertificateFacts[];
  readonly signed: { readonly tbs: Uint8Array; readonly scheme: SignatureScheme; readonly value: Uint8Array };
};

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
const NONCE = '1.3.6.1.5.5.7.48.1.2';
const ARCHIVE_CUTOFF = '1.3.6.1.5.5.7.48.1.6';
const EXTENDED_REVOKE = '1.3.6.1.5.5.7.48.1.9';
const MAX_OCTETS = 1024 * 1024;
const MAX_ANSWERS = 256;
const MAX_CERTIFICATES = 16;

/**
 * Reads an OCSPResponse, or the BasicOCSPResponse inside one as messages embed it (RFC 6960 §4.2); null when it is neither, not well
 * formed, or the responder answered with an error.
 */
export function readOcspResponse(bytes: Uint8Array): OcspResponse | null {
  if (bytes.length > MAX_OCTETS) return null;
  const admitted = admitEncoding(bytes);
  if (admitted === null || admitted.trailing.length > 0) return null;
  return attempt(() => {
    const basic = unwrap(readWhole(admitted.der, TAG.sequence));
    return readBasic(basic, admitted.der);
  });
}

function unwrap(outer: Tlv): Tlv {
  const members = new Members(outer);
  const status = members.optional(TAG.enumerated);
  if (status === null) return outer;
  if (readSmallInteger(status) !== 0) throw new DerFault('response status');
  const response = new Members(onlyChild(members.next(explicit(0)), TAG.sequence));
  members.done();
  if (readOid(response.next()) !== BASIC_RESPONSE) throw new DerFault('response type');
  const basic = readWhole(contentOf(response.next(TAG.octetString)), TAG.sequence);
  response.done();
  return basic;
}

function readBasic(basic: Tlv, der: Uint8Array): OcspResponse {
  const outer = new Members(basic);
  const data = outer.next(TAG.sequence);
  const algorithm = outer.next(TAG.sequence);
  const value = readBitOctets(outer.next());
  const certificates = outer.optional(explicit(0));
  outer.done();

  const members = new Members(data);
  const version = members.optional(explicit(0));
  if (version && readSmallInteger(onlyChild(version, TAG.integer)) !== 0) throw new DerFault('version');
  const responder = readResponder(members.next());
  const producedAt = readTime(members.next());
  const singles = childrenOf(members.next(), TAG.sequence);
  const wrapper = members.optional(explicit(1));
  members.done();
  if (singles.length > MAX_ANSWERS) throw new DerFault('too many answers');
  const answers = singles.map(readAnswer);
  const extensions: Extensions = wrapper ? readExtensions(onlyChild(wrapper)) : new Map();
  const bag = certificates ? childrenOf(onlyChild(certificates, TAG.sequence)).slice(0, MAX_CERTIFICATES) : [];
  return {
    der,
    sha256: createHash('sha256').update(der).digest('hex'),
    responder,
    producedAt,
    nonce: nonceOf(extensions),
    unknownCritical:
      answers.some((answer) => answer.unknownCritical) || [...extensions].some(([oid, { critical }]) => critical && oid !== NONCE),
    answers,
    certificates: bag.map((item) => readCertificate(encodingOf(item))).filter((item) => item !== null),
    signed: { tbs: encodingOf(data), scheme: readSignatureScheme(algorithm, null), value },
  };
}

function readResponder(choice: Tlv): OcspResponse['responder'] {
  const inner = onlyChild(choice);
  if (choice.tag === explicit(1)) return { kind: 'name', key: readName(inner).key };
  if (choice.tag === explicit(2) && inner.tag === TAG.octetString) return { kind: 'key', sha1: toHex(contentOf(inner)) };
  throw new DerFault('responder');
}

function readAnswer(single: Tlv): OcspAnswer & { readonly unknownCritical: boolean } {
  const members = new Members(single);
  const id = readCertificateId(members.next(TAG.sequence));
  const status = members.next();
  const thisUpdate = readTime(members.next());
  const next = members.optional(explicit(0));
  const wrapper = members.optional(explicit(1));
  members.done();
  const extensions: Extensions = wrapper ? readExtensions(onlyChild(wrapper)) : new Map();
  const cutoff = extensions.get(ARCHIVE_CUTOFF);
  return {
    id,
    ...readStatus(status),
    thisUpdate,
    nextUpdate: next && readTime(onlyChild(next)),
    archiveCutoff: cutoff ? readTime(readWhole(cutoff.value)) : null,
    unknownCritical: [...extensions].some(([oid, { critical }]) => critical && oid !== ARCHIVE_CUTOFF && oid !== EXTENDED_REVOKE),
  };
}

function readCertificateId(id: Tlv): CertificateId {
  const members = new Members(id);
  const hash = hashName(readOid(new Members(members.next()).next()));
  const issuerName = toHex(contentOf(members.next(TAG.octetString)));
  const issuerKey = toHex(contentOf(members.next(TAG.octetString)));
  const serial = serialHex(members.next(TAG.integer));
  members.done();
  return { hash, issuerName, issuerKey, serial };
}

/** CertStatus ::= CHOICE { good [0], revoked [1], unknown [2] }. */
function readStatus(status: Tlv): Pick<OcspAnswer, 'status' | 'revocation'> {
  if (status.tag === implicit(0)) return { status: 'good', revocation: null };
  if (status.tag === implicit(2)) return { status: 'unknown', revocation: null };
  if (status.tag !== explicit(1)) throw new DerFault('status');
  const [time, code, ...rest] = childrenOf(status);
  if (time === undefined || rest.length > 0) throw new DerFault('status');
  const revokedAt = readTime(time);
  const reason = code ? readSmallInteger(onlyChild(code, TAG.enumerated)) : 0;
  // RFC 6960 §2.2: on hold since the epoch means that no such certificate was ever issued.
  const neverIssued = revokedAt === 0 && reason === CERTIFICATE_HOLD;
  return {
    status: 'revoked',
    revocation: { revokedAt, reason: neverIssued ? 'never-issued' : (REVOCATION_REASONS[reason] ?? 'unspecified') },
  };
}
const CERTIFICATE_HOLD = 6;

/** The nonce stands in an OCTET STRING of its own, or bare as older responders write it. */
function nonceOf(extensions: Extensions): string | null {
  const nonce = extensions.get(NONCE);
  if (nonce === undefined) return null;
  return toHex(attempt(() => contentOf(readWhole(nonce.value, TAG.octetString))) ?? nonce.value);
}
