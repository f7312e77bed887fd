import { verdictOf, type CheckRecord, type Indication, type SubIndication, type Verdict } from '../../shared/domain/verdict.ts';
import { judgeKey } from './algorithms/judge-algorithm.ts';
import type { CertificateFacts } from './certificates/read-certificate.ts';
import { checkUsage } from './checks/acceptance.ts';
import { choosePath } from './checks/path.ts';
import { createComputingBudget, withinBudget } from './computing-budget.ts';
import { createLedger } from './evidence/ledger.ts';
import { failed, judged } from './checks/finding.ts';
import type { CheckId } from './checks/registry.ts';
import { conclude } from './conclude.ts';
import type { Policy } from './policy/policy.ts';
import { createWorkbench } from './workbench.ts';
import { prepareTrust, type TrustMaterial } from './trust/trust-material.ts';

/** Whether a certificate may be relied on for signing at a time, and why. */
export type CertificateVerdict = {
  readonly verdict: Verdict;
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  readonly checks: readonly CheckRecord[];
  readonly warnings: readonly string[];
  /** Null when the bytes are not a certificate. */
  readonly certificate: CertificateFacts | null;
  /** SHA-256 of each certificate of the path that was judged, the certificate itself first; empty without a path. */
  readonly path: readonly string[];
};

const PROOFS: readonly CheckId[] = ['identification.certificate', 'path.found', 'certificate.validity'];

/**
 * Path, revocation and key usage of one certificate: the same checks its signatures go through.
 * @param input.at UTC ISO instant.
 */
export function checkCertificate(input: {
  certificate: Uint8Array;
  trust: TrustMaterial;
  at: string;
  policy: Policy;
}): Promise<CertificateVerdict> {
  const { policy } = input;
  const at = Date.parse(input.at);
  const trust = prepareTrust(input.trust);
  const certificate = trust.readCertificate(input.certificate);
  if (certificate === null) {
    const { indication, subIndication, checks } = conclude([failed('identification.certificate', 'certificate-malformed')], policy, PROOFS);
    return Promise.resolve({ verdict: verdictOf(indication), indication, subIndication, checks, warnings: [], certificate, path: [] });
  }
  const { pathsUnder } = createWorkbench(
    { trust, at, ledger: createLedger(), computing: createComputingBudget() },
    [{ certificates: [certificate.der], crls: [], ocsp: [] }],
    new Map(),
    [],
  );
  const path = withinBudget(() => choosePath(pathsUnder(policy)(certificate, at), policy), {
    facts: null,
    findings: [failed('path.found', 'limit-exceeded')],
  });
  const { indication, subIndication, checks, warnings } = conclude(
    [
      judged('identification.certificate', null, certificate.sha256),
      judged('acceptance.algorithm', judgeKey(certificate.key, policy, at), certificate.sha256),
      ...checkUsage(certificate, policy),
      ...path.findings,
    ],
    policy,
    PROOFS,
  );
  return Promise.resolve({
    verdict: verdictOf(indication),
    indication,
    subIndication,
    checks,
    warnings: [...new Set([...warnings, ...certificate.warnings])],
    certificate,
    path: path.facts?.certificates.map(({ sha256 }) => sha256) ?? [],
  });
}
