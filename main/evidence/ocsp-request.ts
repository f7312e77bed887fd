import { createHash } from 'node:crypto';
import { der } from '../asn1/index.ts';
import { identifierOf, keyOctets, type CertificateFacts, type OcspResponse } from '../signature/index.ts';

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
  const isAbout = identifierOf(certificate, issuer);
  return answers.find(({ id }) => id.hash === hash && isAbout(id)) ?? null;
}

/** The number as the certificate has it; an ill-made negative one stays negative. */
function serialOf({ serial }: CertificateFacts): bigint {
  return serial.startsWith('-') ? -BigInt(`0x${serial.slice(1)}`) : BigInt(`0x${serial}`);
}
