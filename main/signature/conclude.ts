import type { CheckRecord, Indication, SubIndication } from '../../shared/domain/verdict.ts';
import type { Finding } from './checks/finding.ts';
import { CHECK_IDS, ruleOf, type CheckId, type Conclusion } from './checks/registry.ts';
import type { Policy } from './policy/policy.ts';

export type Conclusions = {
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  readonly checks: readonly CheckRecord[];
  readonly warnings: readonly string[];
};

const RANK = Object.fromEntries(CHECK_IDS.map((id, rank) => [id, rank])) as Record<CheckId, number>;

/**
 * Weighs findings by a policy. TOTAL-FAILED goes before INDETERMINATE, then the order of the check registry decides which failure
 * names the verdict. Without a failure it is TOTAL-PASSED only if each of `proofs` was run and passed. Every finding is recorded, in
 * registry order.
 */
export function conclude(findings: readonly Finding[], policy: Policy, proofs: readonly CheckId[]): Conclusions {
  const ordered = [...findings].sort((a, b) => RANK[a.id] - RANK[b.id]);
  const failed = ordered.filter(({ outcome }) => outcome === 'failed');
  const failures = failed.filter(({ id }) => policy.checks[id] === 'fail');
  const failure = failures.find(({ conclusion }) => conclusion.indication === 'TOTAL-FAILED') ?? failures[0];
  const proven = proofs.every((id) => findings.some((finding) => finding.id === id && finding.outcome === 'passed'));
  const decisive: Conclusion | null = failure?.conclusion ?? (proven ? null : { indication: 'INDETERMINATE', subIndication: 'GENERIC' });
  const warnings = failed.flatMap(({ id }) =>
    policy.checks[id] === 'warn' || (policy.checks[id] === 'fail' && ruleOf(id).alwaysSaid) ? (ruleOf(id).warning ?? []) : [],
  );
  return {
    indication: decisive?.indication ?? 'TOTAL-PASSED',
    subIndication: decisive?.subIndication ?? null,
    checks: ordered.map((finding) => record(finding, policy)),
    warnings: [...new Set(warnings)],
  };
}

function record({ id, outcome, reason, certificate }: Finding, policy: Policy): CheckRecord {
  const result: CheckRecord['result'] = outcome === 'passed' ? 'ok' : outcome === 'not-run' ? 'not-run' : RESULT[policy.checks[id]];
  const entry = { id, result, reason };
  return certificate === null ? entry : { ...entry, certificate };
}
const RESULT = { fail: 'fail', warn: 'warn', inform: 'warn', ignore: 'not-run' } as const;
