import { sign } from 'node:crypto';
import { der } from '../asn1/index.ts';
import { authorityKeyIdentifier, crlNumber } from './certificate-profile.ts';
import { sha256WithRsa, type Issuer } from './issue-certificate.ts';

/** `reason` as CRLReason of RFC 5280 §5.3.1. */
export type RevokedCertificate = { readonly serial: Uint8Array; readonly revokedAt: string; readonly reason: number };

/** A full CRL, version 2. Its number is its time in seconds, so it grows without being kept. @returns DER */
export function issueCrl(input: {
  issuer: Issuer;
  thisUpdate: string;
  nextUpdate: string;
  revoked: readonly RevokedCertificate[];
}): Buffer {
  const entries = input.revoked.map(({ serial, revokedAt, reason }) =>
    der.sequence(
      der.integer(serial),
      der.time(revokedAt),
      der.sequence(der.sequence(der.oid('2.5.29.21'), der.octetString(der.enumerated(reason)))),
    ),
  );
  const tbs = der.sequence(
    der.integer(1),
    sha256WithRsa(),
    input.issuer.name,
    der.time(input.thisUpdate),
    der.time(input.nextUpdate),
    // RFC 5280 §5.1.2.6: an empty list must be absent.
    ...(entries.length > 0 ? [der.sequence(...entries)] : []),
    der.explicit(0, der.sequence(authorityKeyIdentifier(input.issuer.keyId), crlNumber(Math.floor(Date.parse(input.thisUpdate) / 1000)))),
  );
  return Buffer.from(der.sequence(tbs, sha256WithRsa(), der.bitString(sign('sha256', tbs, input.issuer.privateKey))));
}
