import { createHmac, timingSafeEqual } from 'node:crypto';

export const TIMESTAMP_HEADER = 'x-kense-timestamp';
export const SIGNATURE_HEADER = 'x-kense-signature';

/** `v1=` and the HMAC-SHA256 (hex) of the time in seconds since 1970, a full stop and the body, under the secret shared with the gateway. */
export function signatureOf(secret: string, timestamp: string, body: Uint8Array | string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;
}

/** Compares in a time that tells nothing. */
export function isSignature(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
