import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { Policy } from '../policy/policy.ts';
import type { CertificatePool } from '../trust/certificate-pool.ts';
import type { SignedBytes } from '../trust/certificate-pool.ts';
import type { OcspResponse } from './read-ocsp.ts';
import type { Crl } from './read-crl.ts';

export const HOUR_MS = 3_600_000;

/** Where a status came from: when it was issued and until when its issuer stands by it; milliseconds since 1970. */
export type EvidenceSource = { readonly kind: 'crl' | 'ocsp'; readonly thisUpdate: number; readonly nextUpdate: number | null };

/** What one genuine, fresh list or answer says about a certificate. */
export type EvidenceAnswer = {
  readonly source: EvidenceSource;
  /** Null when the certificate is not revoked. `reason` is a name of RFC 5280 §5.3.1, `never-issued` for RFC 6960 §2.2. */
  readonly revocation: { readonly revokedAt: number; readonly reason: string } | null;
};

/** What one kind of evidence says, and a code for everything of it that could not be used. */
export type EvidenceVerdict = { readonly answers: readonly EvidenceAnswer[]; readonly unusable: readonly string[] };

/** What is known about one certificate: `unknown` is neither good nor revoked. */
export type RevocationStatus = {
  /** `revoked-later`: revoked, but after the time the question is about. */
  readonly status: 'good' | 'revoked' | 'revoked-later' | 'suspended' | 'unknown';
  /** Why it is unknown, or the reason of the revocation. */
  readonly reason: string | null;
  /** What decided; null when it is unknown. */
  readonly evidence: EvidenceSource | null;
  readonly revokedAt: number | null;
};

export type RevocationContext = {
  readonly pool: CertificatePool;
  readonly crls: readonly Crl[];
  readonly ocsp: readonly OcspResponse[];
  readonly policy: Policy;
  /** The time of the check, which no evidence may be later than; milliseconds since 1970. */
  readonly at: number;
  /** The time the question is about: the proven time of signing, otherwise the time of the check. */
  readonly since: number;
  /** Certificates that may sign this list besides the issuer itself: same name, allowed to sign CRLs, trusted under the same anchor. */
  authorisedSigners(crl: Crl, issuer: CertificateFacts): readonly CertificateFacts[];
  /** Whether the certificate of a delegated responder has an acceptable path under the anchor, at the time its answer is proven to be of. */
  acceptableResponder(responder: CertificateFacts, response: OcspResponse): boolean;
  /** Remembers evidence that had a part in the status. */
  readonly consulted: (item: SignedBytes) => void;
};

/** RFC 5280 §5.3.1. */
export const REVOCATION_REASONS: Readonly<Record<number, string>> = {
  0: 'unspecified',
  1: 'key-compromise',
  2: 'ca-compromise',
  3: 'affiliation-changed',
  4: 'superseded',
  5: 'cessation-of-operation',
  6: 'certificate-hold',
  9: 'privilege-withdrawn',
  10: 'aa-compromise',
};

/**
 * Whether evidence can speak about a time: not issued later than the check, and its issuer stood by it then or issued it afterwards.
 * Answers a code when it cannot.
 */
export function judgeFreshness(
  { thisUpdate, nextUpdate }: Omit<EvidenceSource, 'kind'>,
  context: RevocationContext,
): 'not-yet-valid' | 'stale' | null {
  const { revocationMaxAgeHours, clockSkewSeconds } = context.policy.parameters;
  if (thisUpdate > context.at + clockSkewSeconds * 1000) return 'not-yet-valid';
  return (nextUpdate ?? thisUpdate + revocationMaxAgeHours * HOUR_MS) < context.since ? 'stale' : null;
}
