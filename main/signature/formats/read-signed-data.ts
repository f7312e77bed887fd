import {
  admitEncoding,
  der,
  attempt,
  childrenOf,
  contentOf,
  DerFault,
  encodingOf,
  explicit,
  implicit,
  Members,
  onlyChild,
  readOid,
  readSmallInteger,
  readWhole,
  surveyEncoding,
  TAG,
  toHex,
  type Tlv,
} from '../../asn1/index.ts';
import { hashName } from '../algorithms/hash.ts';
import { readSignatureScheme, type SignatureScheme } from '../algorithms/signature-scheme.ts';
import { serialHex } from '../certificates/read-certificate.ts';

/** One attribute: its type and the encodings of its values. */
export type Attribute = { readonly oid: string; readonly values: readonly Tlv[] };

export type SignerIdentifier =
  | { readonly kind: 'issuer-serial'; /** The encoded name. */ readonly issuer: Uint8Array; readonly serial: string }
  | { readonly kind: 'key-identifier'; readonly keyIdentifier: string };

/** One SignerInfo (RFC 5652 §5.3) as it stands in its bytes. */
export type SignerInfo = {
  readonly version: number;
  readonly identifier: SignerIdentifier;
  readonly digest: { readonly oid: string; readonly name: string; readonly identifier: Tlv };
  readonly signature: { readonly scheme: SignatureScheme; readonly identifier: Tlv; readonly value: Uint8Array };
  /** Null when there are none and the content itself was signed. */
  readonly signedAttributes: readonly Attribute[] | null;
  readonly unsignedAttributes: readonly Attribute[];
  /** What was signed when there are signed attributes: their SET OF in DER, sorted (RFC 5652 §5.4). */
  readonly signedEncoding: Uint8Array | null;
};

export type SignedData = {
  readonly version: number;
  /** The version RFC 5652 §5.1 asks for, given what is inside. */
  readonly expectedVersion: number;
  /** Object identifiers of the digest algorithms the message announces. */
  readonly digestAlgorithms: readonly string[];
  readonly contentType: string;
  /** Null when the content is not inside. */
  readonly content: Uint8Array | null;
  /** DER each, in the order of the message, which means nothing. */
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  /** OCSP responses kept among the revocation data (RFC 5940 §2.1). */
  readonly ocsp: readonly Uint8Array[];
  readonly signers: readonly SignerInfo[];
  /** Octets that follow the message. */
  readonly trailing: Uint8Array;
};

const ID_DATA = '1.2.840.113549.1.7.1';
const ID_SIGNED_DATA = '1.2.840.113549.1.7.2';
const OCSP_RESPONSE = '1.3.6.1.5.5.7.16.2';
const CRLS_DEPTH = 3;
const MAX_SIGNERS = 128;
const MAX_CERTIFICATES = 512;
const MAX_ATTRIBUTES = 128;

/** Nesting and count of elements are bounded, but not inside the CRL list: real lists hold hundreds of thousands of entries. */
const LIMITS = { depth: 48, nodes: 60_000, exempt: (depth: number, tag: number) => depth === CRLS_DEPTH && tag === explicit(1) };

const BER_LIMITS = { depth: LIMITS.depth, nodes: 250_000 };

/** Reads a ContentInfo with SignedData, DER or BER; null when it is malformed or breaks a limit. */
export function readSignedData(bytes: Uint8Array): SignedData | null {
  const survey = surveyEncoding(bytes, LIMITS);
  // Rewriting BER builds every element, so then the lists are counted too.
  const admitted = survey && admitEncoding(bytes, survey.ber ? BER_LIMITS : LIMITS);
  return admitted && attempt(() => ({ ...readContentInfo(admitted.der), trailing: admitted.trailing }));
}

function readContentInfo(der: Uint8Array): Omit<SignedData, 'trailing'> {
  const info = new Members(readWhole(der));
  if (readOid(info.next()) !== ID_SIGNED_DATA) throw new DerFault('content type');
  const data = new Members(onlyChild(info.next(explicit(0))));
  info.done();
  const version = readSmallInteger(data.next(TAG.integer));
  const digestAlgorithms = childrenOf(data.next(), TAG.set).map(readDigestAlgorithm);
  const encapsulated = new Members(data.next());
  const contentType = readOid(encapsulated.next());
  const content = encapsulated.optional(explicit(0));
  encapsulated.done();
  const certificates = data.optional(explicit(0));
  const crls = data.optional(explicit(1));
  const signers = childrenOf(data.next(), TAG.set);
  data.done();
  const encodings = (list: Tlv | null): Uint8Array[] =>
    list
      ? childrenOf(list)
          .filter((item) => item.tag === TAG.sequence)
          .map(encodingOf)
      : [];
  const found = encodings(certificates);
  if (signers.length > MAX_SIGNERS || found.length > MAX_CERTIFICATES) throw new DerFault('too many');
  const infos = signers.map(readSigner);
  const tags = new Set([certificates, crls].flatMap((list) => (list ? childrenOf(list).map(({ tag }) => tag) : [])));
  const plain = contentType === ID_DATA && infos.every((info) => info.version !== 3) && !tags.has(explicit(1));
  return {
    version,
    expectedVersion:
      tags.has(explicit(3)) || (crls && childrenOf(crls).some(({ tag }) => tag === explicit(1)))
        ? 5
        : tags.has(explicit(2))
          ? 4
          : plain
            ? 1
            : 3,
    digestAlgorithms,
    contentType,
    content: content && contentOf(onlyChild(content, TAG.octetString)),
    certificates: found,
    crls: encodings(crls),
    ocsp: crls ? childrenOf(crls).flatMap(readOcspInfo) : [],
    signers: infos,
  };
}

/** OtherRevocationInfoFormat: only OCSP responses are known here, the rest is left out. */
function readOcspInfo(info: Tlv): Uint8Array[] {
  if (info.tag !== explicit(1)) return [];
  const [format, response] = childrenOf(info);
  return format && response && readOid(format) === OCSP_RESPONSE ? [encodingOf(response)] : [];
}

/** AlgorithmIdentifier of a digest: its parameters are absent or NULL (RFC 5754 §2). */
function readDigestAlgorithm(identifier: Tlv): string {
  const members = new Members(identifier);
  const oid = readOid(members.next());
  const nothing = members.optional(TAG.null);
  if (nothing && nothing.end > nothing.body) throw new DerFault('parameters');
  members.done();
  return oid;
}

function readSigner(signer: Tlv): SignerInfo {
  const members = new Members(signer);
  const version = readSmallInteger(members.next(TAG.integer));
  const identifier = readIdentifier(members.next());
  const digestIdentifier = members.next(TAG.sequence);
  const digestOid = readDigestAlgorithm(digestIdentifier);
  const digest = hashName(digestOid);
  const signed = members.optional(explicit(0));
  const signatureIdentifier = members.next(TAG.sequence);
  const value = contentOf(members.next(TAG.octetString));
  const unsigned = members.optional(explicit(1));
  members.done();
  return {
    version,
    identifier,
    digest: { oid: digestOid, name: digest, identifier: digestIdentifier },
    signature: { scheme: readSignatureScheme(signatureIdentifier, digest), identifier: signatureIdentifier, value },
    signedAttributes: signed && readAttributes(signed),
    unsignedAttributes: unsigned ? readAttributes(unsigned) : [],
    signedEncoding: signed && der.set(...childrenOf(signed).map(sortValues)),
  };
}

function readIdentifier(identifier: Tlv): SignerIdentifier {
  if (identifier.tag === implicit(0)) return { kind: 'key-identifier', keyIdentifier: toHex(contentOf(identifier)) };
  const members = new Members(identifier);
  const issuer = encodingOf(members.next(TAG.sequence));
  const serial = serialHex(members.next(TAG.integer));
  members.done();
  return { kind: 'issuer-serial', issuer, serial };
}

function readAttributes(list: Tlv): Attribute[] {
  const attributes = childrenOf(list).map((item) => {
    const members = new Members(item);
    const oid = readOid(members.next());
    const values = childrenOf(members.next(), TAG.set);
    members.done();
    return { oid, values };
  });
  if (attributes.length > MAX_ATTRIBUTES) throw new DerFault('too many');
  return attributes;
}

/** The attribute with its values in the order DER wants. */
function sortValues(attribute: Tlv): Uint8Array {
  const [type, values] = childrenOf(attribute, TAG.sequence) as [Tlv, Tlv];
  const items = childrenOf(values, TAG.set);
  return items.length < 2 ? encodingOf(attribute) : der.sequence(encodingOf(type), der.set(...items.map(encodingOf)));
}
