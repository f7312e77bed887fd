import { createHash } from 'node:crypto';
import { readCertificate, type CertificateFacts } from '../certificates/read-certificate.ts';
import { readCrl, type Crl } from '../revocation/read-crl.ts';
import { readOcspResponse, type OcspResponse } from '../revocation/read-ocsp.ts';
import type { ValueOutcome } from '../algorithms/verify-value.ts';

/** What the verifier is given besides the signature: DER each. Anchors are trusted, the rest is only material. */
export type TrustMaterial = {
  readonly anchors: readonly Uint8Array[];
  readonly certs: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsp: readonly Uint8Array[];
};

/** The same, read; with memory of what was computed over it. Unreadable pieces are left out. */
export type PreparedTrust = {
  readonly anchors: readonly CertificateFacts[];
  readonly certs: readonly CertificateFacts[];
  readonly crls: readonly Crl[];
  readonly ocsp: readonly OcspResponse[];
  /** Reads a certificate of a message, once however many messages carry it. */
  readonly readCertificate: (der: Uint8Array) => CertificateFacts | null;
  /** Outcomes of signature checks among certificates and CRLs, by fingerprints of what is signed and of the key. */
  readonly outcomes: Map<string, ValueOutcome>;
};

const prepared = new WeakMap<TrustMaterial, PreparedTrust>();

/** Reads trust material once per object: many signatures are checked against the same lists. */
export function prepareTrust(trust: TrustMaterial): PreparedTrust {
  let result = prepared.get(trust);
  if (result === undefined) {
    result = {
      anchors: readEach(trust.anchors, readCertificateOnce),
      certs: readEach(trust.certs, readCertificateOnce),
      crls: readEach(trust.crls, readCrlOnce),
      ocsp: readEach(trust.ocsp, readOcspOnce),
      readCertificate: rememberCertificates(),
      outcomes: new Map(),
    };
    prepared.set(trust, result);
  }
  return result;
}

/** The memory is emptied when it holds this many. */
const MAX_CERTIFICATES = 2_000;

/** Reading a certificate and preparing its key costs more than looking up its digest. */
function rememberCertificates(): PreparedTrust['readCertificate'] {
  const known = new Map<string, CertificateFacts | null>();
  return (der) => {
    const id = createHash('sha256').update(der).digest('hex');
    let certificate = known.get(id);
    if (certificate === undefined) {
      if (known.size >= MAX_CERTIFICATES) known.clear();
      // A copy, so that the memory does not hold the message around it.
      certificate = readCertificate(Uint8Array.from(der));
      known.set(id, certificate);
    }
    return certificate;
  };
}

/** A national CRL takes a good part of a second to read: each buffer is read once. */
export const readCrlOnce = once(readCrl);
/** The same certificates serve many checks. */
export const readCertificateOnce = once(readCertificate);
export const readOcspOnce = once(readOcspResponse);

/** Remembers what was read from a buffer for as long as the buffer is there. */
function once<T>(read: (encoding: Uint8Array) => T | null): (encoding: Uint8Array) => T | null {
  const known = new WeakMap<Uint8Array, { readonly item: T | null }>();
  return (encoding) => {
    const found = known.get(encoding) ?? { item: read(encoding) };
    known.set(encoding, found);
    return found.item;
  };
}

export function readEach<T>(encodings: readonly Uint8Array[], read: (encoding: Uint8Array) => T | null): T[] {
  return encodings.map(read).filter((item) => item !== null);
}
