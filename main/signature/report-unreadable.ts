import { verdictOf, type SignatureReport } from '../../shared/domain/verdict.ts';
import { failed } from './checks/finding.ts';
import { ruleOf, type Conclusion } from './checks/registry.ts';
import { conclude } from './conclude.ts';
import { instantOf } from './instant.ts';
import { NO_CONTAINER, type Container, type VerificationFrame } from './verify-signed-data.ts';

/**
 * The report on a signature whose message could not be read or is not of a kind that is read here.
 * @param reason null when the container's findings already say why.
 */
export function reportUnreadable(
  id: string,
  reason: string | null,
  frame: Pick<VerificationFrame, 'policy' | 'at'>,
  container: Container = NO_CONTAINER,
  conclusion: Conclusion = ruleOf('format.structure').conclusion,
): SignatureReport {
  const findings = [...container.findings, ...(reason === null ? [] : [failed('format.structure', reason, null, conclusion)])];
  const { indication, subIndication, checks, warnings } = conclude(findings, frame.policy, ['format.structure']);
  return {
    id,
    verdict: verdictOf(indication),
    indication,
    subIndication,
    signer: null,
    algorithm: null,
    policyVersion: frame.policy.version,
    level: 'B',
    claimedTime: null,
    bestTime: instantOf(frame.at),
    timeSource: 'none',
    boundedByReceipt: false,
    timestamps: container.timestamps.map(({ report }) => report),
    covers: container.covers,
    warnings,
    checks,
    certificateSha256: null,
    certificateValidity: null,
    revocation: null,
  };
}

/** The report in place of all signatures of a file that asks for more work than any honest one. */
export function reportOverLimit(frame: Pick<VerificationFrame, 'policy' | 'at'>): SignatureReport {
  return reportUnreadable('S1', 'limit-exceeded', frame, NO_CONTAINER, { indication: 'INDETERMINATE', subIndication: 'GENERIC' });
}
