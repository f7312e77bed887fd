import { createHash } from 'node:crypto';
import { der, Members, readBitOctets, readWhole, TAG, toHex } from '../asn1/index.ts';
import type { CertificateFacts, OcspResponse } from '../signature/index.ts';

const HASHES = { 'SHA-256': ['sha256', '2.16.840.1.101.3.4.2.1'], 'SHA-1': ['sha1', '1.3.14.3.2.26'] } as const;
export type CertificateIdHash = keyof typeof HASHES;

const NONCE = '1.3.6.1.5.5.7.48.1.2';

/**
 * An OCSPRequest for one certificate (RFC 6960 §4.1.1), unsigned, with a nonce: hashes of the issuer's name and key, the serial number, and
 * nothing else leaves this machine.
 * @param nonce octets nobody can foresee (RFC 9654).
 */
export function buildOcspRequest(
  certificate: CertificateFacts,
  issuer: CertificateFacts,
  hash: CertificateIdHash,
  nonce: Uint8Array,
): Uint8Array {
  const [name, oid] = HASHES[hash];
  const digest = (bytes: Uint8Array) => der.octetString(createHash(name).update(bytes).digest());
  const id = der.sequence(
    der.sequence(der.oid(oid), der.nullValue()),
    digest(issuer.subject.raw),
    digest(keyOctets(issuer)),
    der.integer(serialOf(certificate)),
  );
  const extension = der.sequence(der.oid(NONCE), der.octetString(der.octetString(nonce)));
  return der.sequence(der.sequence(der.sequence(der.sequence(id)), der.explicit(2, der.sequence(extension))));
}

/** Whether one of the answers is about the certificate that was asked for. */
export function answersFor(
  { answers }: OcspResponse,
  certificate: CertificateFacts,
  issuer: CertificateFacts,
  hash: CertificateIdHash,
): OcspResponse['answers'][number] | null {
  const digest = (bytes: Uint8Array) => toHex(createHash(HASHES[hash][0]).update(bytes).digest());
  const [issuerName, issuerKey] = [digest(issuer.subject.raw), digest(keyOctets(issuer))];
  return (
    answers.find(
      ({ id }) => id.hash === hash && id.issuerName === issuerName && id.issuerKey === issuerKey && id.serial === certificate.serial,
    ) ?? null
  );
}

/** The key without the identifier of its algorithm (RFC 6960 §4.1.1). */
function keyOctets({ spki }: CertificateFacts): Uint8Array {
  const members = new Members(readWhole(spki));
  members.next(TAG.sequence);
  return readBitOctets(members.next(TAG.bitString));
}

/** The number as the certificate has it; an ill-made negative one stays negative. */
function serialOf({ serial }: CertificateFacts): bigint {
  return serial.startsWith('-') ? -BigInt(`0x${serial.slice(1)}`) : BigInt(`0x${serial}`);
}
