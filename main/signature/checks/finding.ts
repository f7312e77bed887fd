import { ruleOf, type CheckId, type Conclusion } from './registry.ts';

/** What one check saw, before a policy weighs it. `reason` is a stable code. */
export type Finding = {
  readonly id: CheckId;
  readonly outcome: 'passed' | 'failed' | 'not-run';
  readonly reason: string | null;
  readonly conclusion: Conclusion;
  /** SHA-256 of the certificate the check was about, for checks that run once per certificate. */
  readonly certificate: string | null;
};

export function passed(id: CheckId, certificate: string | null = null): Finding {
  return { id, outcome: 'passed', reason: null, conclusion: ruleOf(id).conclusion, certificate };
}

export function failed(
  id: CheckId,
  reason: string,
  certificate: string | null = null,
  conclusion: Conclusion = ruleOf(id).conclusion,
): Finding {
  return { id, outcome: 'failed', reason, conclusion, certificate };
}

/** A check that had nothing to look at; a check that must pass for a verdict records a failure instead. */
export function notRun(id: CheckId, reason: string, certificate: string | null = null): Finding {
  return { id, outcome: 'not-run', reason, conclusion: ruleOf(id).conclusion, certificate };
}

/** Passed when `reason` is null. */
export function judged(id: CheckId, reason: string | null, certificate: string | null = null): Finding {
  return reason === null ? passed(id, certificate) : failed(id, reason, certificate);
}
