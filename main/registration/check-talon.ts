import { createHash, verify, X509Certificate } from 'node:crypto';
import type { Result } from '../../shared/result.ts';
import { fail, ok } from '../../shared/result.ts';
import { parseTalonQr, type TalonFacts } from '../../shared/domain/talon.ts';
import { checkSeal, extractTalonQr, type SealFault } from '../pdf/index.ts';

/** Why a talon is not valid. */
export type TalonFault = SealFault | 'signer-unknown' | 'qr-signature-wrong' | 'certificate-not-in-force';

/** What a talon says and whether the court said it; facts of a talon that is not valid are only what it claims. */
export type TalonCheck = TalonFacts & {
  readonly valid: boolean;
  readonly reason: TalonFault | null;
  readonly keyId: string;
  /** Common name of the certificate that signed; null when it is not known. */
  readonly signedBy: string | null;
};

/** The name of a court system key in a QR: the first 16 hex digits of the SHA-256 of its public key (SPKI). */
export function talonKeyId(certificate: Uint8Array): string {
  const spki = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex').slice(0, 16);
}

/**
 * Checks a talon with no network: the signature of its QR text and, for a PDF, that the same certificate sealed the whole file.
 * Trust is in very certificates, not in who issued them: what a court's system key may sign is told by the list it stands in.
 * @param trust.certificates DER; what is no certificate is passed over.
 * @returns `talon-invalid` with a reason when there are no facts to answer with (`not-a-talon`), `document-unreadable` when the
 * bytes are no PDF at all.
 */
export async function checkTalon(
  input: { pdf: Uint8Array } | { text: string },
  trust: { certificates: Uint8Array[] },
): Promise<Result<TalonCheck>> {
  const pdf = 'pdf' in input ? input.pdf : null;
  if (pdf && !Buffer.from(pdf.subarray(0, 1024)).includes('%PDF-')) return fail('document-unreadable');
  const text = 'pdf' in input ? extractTalonQr(input.pdf) : input.text;
  const qr = text === null ? null : parseTalonQr(text);
  if (!qr) return fail('talon-invalid', { reason: 'not-a-talon' });
  const { payload, signature, ...facts } = qr;
  const candidates = trust.certificates.map(readCertificate).filter((certificate) => certificate !== null);
  const named = candidates.filter((certificate) => talonKeyId(certificate.raw) === qr.keyId);
  // One key may have had several certificates; the best answer among them counts.
  const faults = named.map((certificate) => ({
    certificate,
    fault: qrFault(certificate, payload, signature, facts.registeredAt) ?? (pdf ? checkSeal(pdf, certificate.raw) : null),
  }));
  const best = faults.find(({ fault }) => fault === null) ?? faults[0];
  const reason: TalonFault | null = best ? best.fault : 'signer-unknown';
  return ok({ ...facts, valid: reason === null, reason, signedBy: best ? commonName(best.certificate) : null });
}

function readCertificate(der: Uint8Array): X509Certificate | null {
  try {
    const certificate = new X509Certificate(der);
    // Some keys of foreign algorithms can be carried but not used.
    return certificate.publicKey ? certificate : null;
  } catch {
    return null;
  }
}

function qrFault(certificate: X509Certificate, payload: string, signature: string, registeredAt: string): TalonFault | null {
  const key = certificate.publicKey;
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return 'qr-signature-wrong';
  const value = Buffer.from(signature, 'base64url');
  if (!verify('sha256', Buffer.from(payload, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }, value)) return 'qr-signature-wrong';
  const at = Date.parse(registeredAt);
  return at >= Date.parse(certificate.validFrom) && at <= Date.parse(certificate.validTo) ? null : 'certificate-not-in-force';
}

/** Node escapes the special characters of a name with a backslash. */
const commonName = (certificate: X509Certificate): string | null =>
  /^CN=(.+)$/m.exec(certificate.subject)?.[1]?.replace(/\\(.)/g, '$1') ?? null;
