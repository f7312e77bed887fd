import { constants, createPublicKey, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { mandateText, SESSION_LIMITS, type BeginSessionRequest } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import type { ProblemCode } from '../http/problem.ts';

const HOUR_MS = 3_600_000;
const CLOCK_MS = SESSION_LIMITS.clockHours * HOUR_MS;

/** Null when one of the user's certificates, valid when the session began, signed the mandate for this workstation; else what is wrong. */
export function refuseMandate(
  { mode }: Pick<Registry, 'mode'>,
  workstation: string,
  listed: readonly string[],
  request: BeginSessionRequest,
  now: string,
): ProblemCode | null {
  const certificate = parse(Buffer.from(request.certificate, 'base64'));
  if (!certificate || !listed.some((pem) => parse(pem)?.raw.equals(certificate.raw))) return 'certificate-unlisted';
  const key = keyOf(certificate);
  if (key === null) return 'key-algorithm-unsupported';
  const lasts = Date.parse(request.notAfter) - Date.parse(request.notBefore);
  if (lasts <= 0 || lasts > SESSION_LIMITS.hours * HOUR_MS) return 'mandate-invalid';
  if (!isSigned(Buffer.from(mandateText(workstation, request)), key, Buffer.from(request.signature, 'base64'))) return 'mandate-invalid';
  if (mode === 'training') return wasValid(certificate, request.notBefore, 0) ? null : 'certificate-outdated'; // the desk's time may be pretended

  const ahead = Date.parse(request.notBefore) - Date.parse(now);
  const oldest = request.online ? CLOCK_MS : SESSION_LIMITS.days * 24 * HOUR_MS;
  if (ahead > CLOCK_MS || -ahead > oldest) return 'mandate-untimely';
  const valid = request.online ? wasValid(certificate, now, 0) : wasValid(certificate, request.notBefore, CLOCK_MS);
  return valid ? null : 'certificate-outdated';
}

function parse(bytes: Buffer | string): X509Certificate | null {
  try {
    return new X509Certificate(bytes);
  } catch {
    return null;
  }
}

/** Null for keys that this runtime cannot verify with, such as GOST. */
function keyOf(certificate: X509Certificate): KeyObject | null {
  try {
    // made anew, because BoringSSL does not verify with the key object of a certificate
    const key = createPublicKey(certificate.publicKey.export({ type: 'spki', format: 'pem' }));
    return ['rsa', 'rsa-pss', 'ec'].includes(key.asymmetricKeyType ?? '') ? key : null;
  } catch {
    return null;
  }
}

function isSigned(text: Buffer, key: KeyObject, signature: Buffer): boolean {
  const by = (options: object) => {
    try {
      return verify('sha256', text, { key, ...options }, signature);
    } catch {
      return false;
    }
  };
  if (key.asymmetricKeyType === 'ec') return by({});
  const pss = () => by({ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO });
  return key.asymmetricKeyType === 'rsa-pss' ? pss() : by({}) || pss();
}

function wasValid({ validFrom, validTo }: X509Certificate, at: string, toleranceMs: number): boolean {
  const moment = Date.parse(at);
  return Date.parse(validFrom) - toleranceMs <= moment && moment <= Date.parse(validTo) + toleranceMs;
}
