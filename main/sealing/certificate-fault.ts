import { checkCertificate } from '../signature/index.ts';
import type { SealingParts } from './sealing-parts.ts';

type Judging = Pick<SealingParts, 'policy' | 'trust' | 'clock' | 'withoutAnchors'>;

/**
 * Why nothing may be signed by this certificate now: `suspended`, `expired`, `not-yet-valid`, or what the verifier calls it
 * (`REVOKED_NO_POE`, `NO_CERTIFICATE_CHAIN_FOUND` …); null when nothing is known against it. Revocation that cannot be learnt now (no line, stale
 * list) stops nobody.
 */
export async function certificateFault(parts: Judging, certificate: Uint8Array): Promise<string | null> {
  const { policy, clock } = parts;
  const { verdict, checks, subIndication } = await checkCertificate({ certificate, trust: await parts.trust(), at: clock(), policy });
  if (verdict === 'valid') return null;
  const faults = checks.filter(({ result }) => result === 'fail');
  if (verdict === 'undecided' && areExcused(faults, parts)) return null;
  if (faults.some(({ id }) => id === 'revocation.not-suspended')) return 'suspended';
  const validity = faults.find(({ id }) => id === 'certificate.validity')?.reason;
  return validity ?? subIndication ?? '';
}

/** Whether nothing but these stands against a signature or a certificate that is undecided. */
export function areExcused(faults: readonly { readonly id: string }[], { withoutAnchors }: Pick<Judging, 'withoutAnchors'>): boolean {
  // without anchors there is no authority whose rules for purposes of keys would count
  const excused = ['revocation.known', ...(withoutAnchors === true ? ['path.found', 'certificate.extended-key-usage'] : [])];
  return faults.length > 0 && faults.every(({ id }) => excused.includes(id));
}
