import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { Policy } from '../policy/policy.ts';
import type { VerifiedTimestamp } from './verify-timestamp.ts';

/** When a signature was there, as far as it can be proven. */
export type ProvenTime = {
  readonly timestamps: readonly VerifiedTimestamp[];
  /** Document timestamps that cover the signature. */
  readonly covering: readonly VerifiedTimestamp[];
  /** Earliest proven time, ms; null when nothing proves one. */
  readonly proven: number | null;
  readonly source: 'timestamp' | 'receipt' | null;
  /** How far clocks may be apart, ms. */
  readonly skewMs: number;
  /** The time a certificate of the signer is judged at, ms. */
  readonly since: (certificate: CertificateFacts) => number;
};

/**
 * Best signature time (EN 319 102-1 §5.5.4): the earliest trusted timestamp, else the receipt by the registry if the policy takes it as a
 * bound, else nothing and the check's own time counts.
 */
export function proveTime(
  timestamps: readonly VerifiedTimestamp[],
  covering: readonly VerifiedTimestamp[],
  { policy, at, receivedAt }: { readonly policy: Policy; readonly at: number; readonly receivedAt: number | null },
): ProvenTime {
  const times = [...timestamps, ...covering].flatMap(({ proven }) => proven ?? []);
  const receipt = policy.parameters.receiptProvesTime && receivedAt !== null && receivedAt <= at ? receivedAt : null;
  const stamped = times.length > 0 ? Math.min(...times) : null;
  const source = stamped !== null && stamped <= (receipt ?? stamped) ? 'timestamp' : receipt !== null ? 'receipt' : null;
  const proven = source === 'timestamp' ? stamped : receipt;
  const skewMs = policy.parameters.clockSkewSeconds * 1000;
  return {
    timestamps,
    covering,
    proven,
    source,
    skewMs,
    since: ({ validity }) => {
      if (proven === null) return at;
      // Clocks of the authority and of the timestamp may differ a little about a certificate made just before.
      const from = Date.parse(validity.from);
      return proven < from && from - proven <= skewMs ? from : proven;
    },
  };
}
