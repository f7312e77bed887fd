import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate, id_ce_keyUsage, KeyUsage, KeyUsageFlags } from '@peculiar/asn1-x509';
import type { SigningDisplay } from './token-host.ts';

/**
 * May this certificate serve the purpose? Acts and papers need nonRepudiation (rules of order 1187, п. 6.3): the authority's
 * authentication keys, which lack it, serve for signing in alone. Validity in time and trust are judged by the verifier.
 */
export function mayServe(certificate: Uint8Array, purpose: SigningDisplay['purpose']): boolean {
  const extension = AsnConvert.parse(certificate, Certificate).tbsCertificate.extensions?.find(({ extnID }) => extnID === id_ce_keyUsage);
  if (!extension) return false;
  const bits = AsnConvert.parse(extension.extnValue, KeyUsage).toNumber();
  const needed = purpose === 'sign-in' ? KeyUsageFlags.digitalSignature : KeyUsageFlags.nonRepudiation;
  return (bits & needed) !== 0;
}

/** When a certificate begins and ends to be valid, in milliseconds of the epoch. */
export function validityOf(certificate: Uint8Array): { readonly notBefore: number; readonly notAfter: number } {
  const { notBefore, notAfter } = AsnConvert.parse(certificate, Certificate).tbsCertificate.validity;
  return { notBefore: notBefore.getTime().getTime(), notAfter: notAfter.getTime().getTime() };
}

/** The BIT STRING of a certificate's public key. */
export const subjectPublicKeyOf = (certificate: Uint8Array): ArrayBuffer =>
  AsnConvert.parse(certificate, Certificate).tbsCertificate.subjectPublicKeyInfo.subjectPublicKey;
