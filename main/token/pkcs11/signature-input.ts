import { createHash } from 'node:crypto';
import { der } from '../../asn1/index.ts';

/** DigestInfo of SHA-256 without its 32 octets of hash (RFC 8017 §9.2, note 1). */
const SHA256_DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** CKM_RSA_PKCS pads what it is given: the token sees a hash, never the text. */
export const rsaInput = (tbs: Uint8Array): Buffer => Buffer.concat([SHA256_DIGEST_INFO, sha256(tbs)]);

export const ecdsaInput = sha256;

/** CKM_ECDSA answers r and s side by side, each as long as the curve's order; everybody else wants a SEQUENCE of two integers. */
export function ecdsaDer(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return der.sequence(der.integer(raw.subarray(0, half)), der.integer(raw.subarray(half)));
}
