import { Members, readBitOctets, readWhole, TAG, toHex } from '../../asn1/index.ts';
import { digestOf } from '../algorithms/hash.ts';
import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { CertificateId } from './read-ocsp.ts';

/** The key without the identifier of its algorithm, as CertID and ResponderID hash it (RFC 6960 §4.1.1, §4.2.1). */
export function keyOctets({ spki }: CertificateFacts): Uint8Array {
  const members = new Members(readWhole(spki));
  members.next(TAG.sequence);
  return readBitOctets(members.next(TAG.bitString));
}

/** Whether an identifier is that of a certificate of this issuer; what is hashed for it is hashed once however many are asked about. */
export function identifierOf(certificate: CertificateFacts, issuer: CertificateFacts): (id: CertificateId) => boolean {
  const known = new Map<string, string | null>();
  const hex = (hash: string, octets: Uint8Array): string | null => {
    const digest = digestOf(hash, octets);
    return digest && toHex(digest);
  };
  const hashesOf = (hash: string): string | null => {
    const found = known.get(hash);
    if (found !== undefined) return found;
    const [name, key] = [hex(hash, issuer.subject.raw), hex(hash, keyOctets(issuer))];
    const hashes = name === null || key === null ? null : `${name}|${key}`;
    known.set(hash, hashes);
    return hashes;
  };
  return ({ hash, issuerName, issuerKey, serial }) => serial === certificate.serial && hashesOf(hash) === `${issuerName}|${issuerKey}`;
}
