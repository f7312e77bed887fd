import { createHash, timingSafeEqual, verify, X509Certificate } from 'node:crypto';
import {
  attempt,
  childrenOf,
  contentOf,
  DerFault,
  encodingOf,
  explicit,
  Members,
  onlyChild,
  readOid,
  readTlv,
  sameBytes,
  TAG,
  type Tlv,
} from '../asn1/index.ts';
import { listSignatures } from './pdf-signatures.ts';
import { PdfSyntaxError } from './pdf-value.ts';
import { readPdf } from './read-pdf.ts';

/** Why a file is not sealed by the certificate in question; null when it is. */
export type SealFault =
  | 'seal-missing'
  | 'seal-not-alone'
  | 'seal-partial'
  | 'seal-unreadable'
  | 'file-changed'
  | 'seal-wrong'
  | 'sealed-by-another'
  | 'file-damaged';

const OID = {
  signedData: '1.2.840.113549.1.7.2',
  data: '1.2.840.113549.1.7.1',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  rsaSha256: '1.2.840.113549.1.1.11',
} as const;

/**
 * Checks that one certificate, and it alone, sealed every byte of a PDF in the way `signPdf` does: one signature, its range from the
 * first byte to the last around its own content, SHA-256, the certificate named in the signed attributes. Anything else is a fault:
 * this is the check of our own talons, no validator of foreign signatures.
 * @param certificate DER of the very certificate that is trusted for this; no chain is built.
 */
export function checkSeal(pdf: Uint8Array, certificate: Uint8Array): SealFault | null {
  try {
    const signatures = listSignatures(readPdf(pdf));
    const [signature] = signatures;
    if (!signature) return 'seal-missing';
    if (signatures.length > 1) return 'seal-not-alone';
    if (!signature.coversWholeFile || signature.subFilter !== 'ETSI.CAdES.detached') return 'seal-partial';
    const [, holeStart, holeEnd] = signature.byteRange as [number, number, number];
    const digest = createHash('sha256').update(pdf.subarray(0, holeStart)).update(pdf.subarray(holeEnd)).digest();
    return checkCms(signature.contents, digest, certificate);
  } catch (error) {
    if (error instanceof PdfSyntaxError) return 'file-damaged';
    throw error;
  }
}

function checkCms(contents: Uint8Array, digest: Uint8Array, certificate: Uint8Array): SealFault | null {
  const cms = attempt(() => readSigner(contents));
  if (!cms) return 'seal-unreadable';
  const certificateHash = createHash('sha256').update(certificate).digest();
  if (!sameBytes(cms.certificateHash, certificateHash)) return 'sealed-by-another';
  // Other readers take the certificate from here; it must be the very one that was named.
  if (!cms.carried.some((carried) => sameBytes(carried, certificate))) return 'seal-unreadable';
  if (cms.digest.length !== digest.length || !timingSafeEqual(cms.digest, digest)) return 'file-changed';
  const key = new X509Certificate(certificate).publicKey;
  const expected = key.asymmetricKeyType === 'ec' ? OID.ecdsaSha256 : key.asymmetricKeyType === 'rsa' ? OID.rsaSha256 : null;
  if (cms.algorithm !== expected) return 'seal-wrong';
  return verify('sha256', cms.signedBytes, key, cms.value) ? null : 'seal-wrong';
}

type Signer = {
  carried: Uint8Array[];
  digest: Uint8Array;
  certificateHash: Uint8Array;
  algorithm: string;
  value: Uint8Array;
  signedBytes: Uint8Array;
};

/** The one signer of a detached SignedData (RFC 5652 §5) with the attributes of CAdES-B; zeros may follow it in /Contents. */
function readSigner(contents: Uint8Array): Signer {
  const outer = readTlv(contents, 0, contents.length);
  if (contents.subarray(outer.end).some((octet) => octet !== 0)) throw new DerFault('something follows the signature');
  const info = new Members(outer);
  requireOid(info.next(), OID.signedData);
  const signedData = new Members(onlyChild(info.next(explicit(0))));
  signedData.next(TAG.integer);
  signedData.next(TAG.set);
  const content = new Members(signedData.next(TAG.sequence));
  requireOid(content.next(), OID.data);
  content.done();
  const carried = signedData.optional(explicit(0));
  signedData.optional(explicit(1));
  const [signer, ...others] = childrenOf(signedData.next(TAG.set), TAG.set);
  signedData.done();
  if (!signer || others.length > 0) throw new DerFault('not one signer');
  const members = new Members(signer);
  members.next(TAG.integer);
  members.next();
  requireOid(new Members(members.next(TAG.sequence)).next(), OID.sha256);
  const attributes = members.next(explicit(0));
  const algorithm = readOid(new Members(members.next(TAG.sequence)).next());
  const value = contentOf(members.next(TAG.octetString));
  // Signed is the SET OF encoding, not the [0] it travels under (RFC 5652 §5.4).
  const signedBytes = Uint8Array.from(encodingOf(attributes));
  signedBytes[0] = TAG.set;
  requireOid(attribute(attributes, OID.contentType), OID.data);
  const digest = attribute(attributes, OID.messageDigest);
  const essCertificates = new Members(attribute(attributes, OID.signingCertificateV2)).next(TAG.sequence);
  const essCertificate = new Members(firstChild(essCertificates));
  // SHA-256 is the default of ESSCertIDv2 and so left out; any other algorithm stands here as a sequence and is refused.
  const certificateHash = contentOf(essCertificate.next(TAG.octetString));
  return {
    carried: carried ? childrenOf(carried).map(encodingOf) : [],
    digest: contentOf(digest),
    certificateHash,
    algorithm,
    value,
    signedBytes,
  };
}

function requireOid(tlv: Tlv, oid: string): void {
  if (readOid(tlv) !== oid) throw new DerFault(`expected ${oid}`);
}

function firstChild(sequence: Tlv): Tlv {
  const [first] = childrenOf(sequence, TAG.sequence);
  if (!first) throw new DerFault('member missing');
  return first;
}

/** The only value of an attribute that stands there exactly once. */
function attribute(attributes: Tlv, oid: string): Tlv {
  const [found, ...others] = childrenOf(attributes).filter((candidate) => readOid(firstChild(candidate)) === oid);
  if (!found || others.length > 0) throw new DerFault(`attribute ${oid}`);
  const members = new Members(found);
  members.next(TAG.oid);
  return onlyChild(members.next(TAG.set));
}
