import type { SignatureReport } from '../../shared/domain/verdict.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { verifyFile } from '../signature/index.ts';
import { areExcused } from './certificate-fault.ts';
import type { SealingParts } from './sealing-parts.ts';

type Judging = Pick<SealingParts, 'policy' | 'trust' | 'clock' | 'withoutAnchors'>;

/** The signatures of a file, the oldest first. */
export async function signaturesOf(parts: Judging, pdf: Uint8Array): Promise<readonly SignatureReport[]> {
  const { policy, clock } = parts;
  const verified = await verifyFile({ file: 'sealed.pdf', bytes: pdf, content: null, trust: await parts.trust(), policy, at: clock() });
  return verified.ok ? verified.value.report.signatures : [];
}

/**
 * Whether the newest signature of a file stands up to the verifier and none before it has come to harm. Answers its report.
 * @param before the file as it was, to tell what was broken already.
 */
export async function checkSealed(parts: Judging, pdf: Uint8Array, before: Uint8Array): Promise<Result<SignatureReport>> {
  const reports = await signaturesOf(parts, pdf);
  const last = reports.at(-1);
  if (!last || !isSound(last, parts)) return fail('signature-check-failed', { reason: last?.subIndication ?? 'none' });
  const earlier = reports.slice(0, -1);
  if (earlier.some(({ verdict }) => verdict === 'invalid')) {
    const were = await signaturesOf(parts, before);
    if (earlier.some(({ verdict }, i) => verdict === 'invalid' && were[i]?.verdict !== 'invalid'))
      return fail('signature-check-failed', { reason: 'earlier-signature' });
  }
  return ok(last);
}

/**
 * Revocation that cannot be learnt now (no line, stale list) stops nobody; a fault of the signature or the certificate does. What names the verdict
 * may stand before other faults, so each is looked at.
 */
function isSound({ verdict, checks }: SignatureReport, parts: Judging): boolean {
  if (verdict !== 'undecided') return verdict === 'valid';
  return areExcused(
    checks.filter(({ result }) => result === 'fail'),
    parts,
  );
}
