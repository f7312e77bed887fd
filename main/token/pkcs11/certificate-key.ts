import { X509Certificate, type KeyObject } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate } from '@peculiar/asn1-x509';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { TokenSession } from '../token-host.ts';

/** The public half of a key that tokens sign with here. */
export type CertificateKey = {
  readonly publicKey: KeyObject;
  readonly algorithm: TokenSession['algorithm'];
  /** Octets of a value as CKM_RSA_PKCS or CKM_ECDSA answers it. */
  readonly valueLength: number;
};

const RSA_BITS = [2048, 3072, 4096];
const CURVES: Readonly<Record<string, { readonly algorithm: TokenSession['algorithm']; readonly valueLength: number }>> = {
  prime256v1: { algorithm: 'ECDSA-P256-SHA256', valueLength: 64 },
  secp384r1: { algorithm: 'ECDSA-P384-SHA256', valueLength: 96 },
};

/** Reads the key of a certificate; other kinds (GOST, weak RSA) answer `key-unreadable` with their algorithm. */
export function certificateKey(certificate: Uint8Array): Result<CertificateKey> {
  const publicKey = publicKeyOf(certificate);
  const { modulusLength, namedCurve } = publicKey?.asymmetricKeyDetails ?? {};
  if (publicKey?.asymmetricKeyType === 'rsa' && modulusLength !== undefined && RSA_BITS.includes(modulusLength))
    return ok({ publicKey, algorithm: 'RSA-SHA256', valueLength: modulusLength / 8 });
  const curve = publicKey?.asymmetricKeyType === 'ec' ? CURVES[namedCurve ?? ''] : undefined;
  if (publicKey && curve) return ok({ publicKey, ...curve });
  return fail('key-unreadable', { reason: 'algorithm', algorithm: algorithmOf(certificate) });
}

function publicKeyOf(certificate: Uint8Array): KeyObject | null {
  try {
    return new X509Certificate(certificate).publicKey;
  } catch {
    return null;
  }
}

const algorithmOf = (certificate: Uint8Array): string =>
  AsnConvert.parse(certificate, Certificate).tbsCertificate.subjectPublicKeyInfo.algorithm.algorithm;

/** What a token offers as a certificate is one, or is left aside. */
export function readable(certificate: Uint8Array): X509Certificate | null {
  try {
    AsnConvert.parse(certificate, Certificate);
    return new X509Certificate(certificate);
  } catch {
    return null;
  }
}

const LONGEST_CHAIN = 8;

/** The issuers of a certificate among others, nearest first. */
export function issuersOf(certificate: X509Certificate, others: readonly X509Certificate[]): X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let last = certificate; chain.length < LONGEST_CHAIN;) {
    const issuer = others.find((candidate) => candidate !== last && !chain.includes(candidate) && last.checkIssued(candidate));
    if (!issuer || issuer === certificate) return chain;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}
