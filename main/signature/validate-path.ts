import type { CertificateFacts } from './certificates/read-certificate.ts';
import { failed, type Finding } from './checks/finding.ts';
import { choosePath } from './checks/path.ts';
import { CHECK_IDS, type CheckId } from './checks/registry.ts';
import { createComputingBudget, withinBudget } from './computing-budget.ts';
import { createLedger } from './evidence/ledger.ts';
import type { Policy } from './policy/policy.ts';
import type { CertificatePool } from './trust/certificate-pool.ts';
import type { PolicyInputs } from './trust/process-policies.ts';
import { prepareTrust, type TrustMaterial } from './trust/trust-material.ts';
import { createWorkbench } from './workbench.ts';

/** Whether a certificate leads to an anchor, and why not. The reasons are listed in README.md. */
export type PathVerdict = {
  readonly valid: boolean;
  /** Null when it is valid. */
  readonly reason: string | null;
  /** False when something is missing or not computed here: it may be valid, and cannot be called so. */
  readonly decided: boolean;
  /** The check the reason comes from, what it was about and what it saw; null when it is valid. */
  readonly check: CheckId | null;
  readonly detail: string | null;
  /** SHA-256 of the certificate that is to blame; null when it is none alone. */
  readonly certificate: string | null;
  /** SHA-256 of each certificate of the path that was judged, the certificate itself first; empty without a path. */
  readonly path: readonly string[];
};

/**
 * Certification path validation alone (RFC 5280 §6): no purpose of a key is asked for.
 * @param input.at UTC ISO instant.
 * @param input.policy which algorithms count.
 */
export function validatePath(input: {
  certificate: CertificateFacts;
  trust: TrustMaterial;
  at: string;
  policy: Policy;
  requireRevocation: boolean;
  wanted: PolicyInputs;
}): PathVerdict {
  const { certificate, requireRevocation, wanted } = input;
  const at = Date.parse(input.at);
  const checks = { ...input.policy.checks, ...(requireRevocation ? {} : { 'revocation.known': 'ignore' as const }) };
  const policy = { ...input.policy, checks };
  const { pool, pathsUnder } = createWorkbench(
    { trust: prepareTrust(input.trust), at, ledger: createLedger(), computing: createComputingBudget() },
    [{ certificates: [certificate.der], crls: [], ocsp: [] }],
    new Map(),
    [],
  );
  const { facts, findings } = withinBudget(() => choosePath(pathsUnder(policy)(certificate, at), policy, wanted), {
    facts: null,
    findings: [failed('path.found', LIMIT)],
  });
  const path = facts?.certificates.map(({ sha256 }) => sha256) ?? [];
  const failures = findings
    .filter(({ id, outcome }) => outcome === 'failed' && policy.checks[id] === 'fail')
    .sort((a, b) => Number(isOpen(a)) - Number(isOpen(b)) || CHECK_IDS.indexOf(a.id) - CHECK_IDS.indexOf(b.id));
  const failure = failures[0];
  if (failure === undefined) return { valid: true, reason: null, decided: true, check: null, detail: null, certificate: null, path };
  const { id, reason } = failure;
  return {
    valid: false,
    reason: REVOKED.has(id)
      ? 'revoked'
      : id === 'path.found' && reason !== LIMIT
        ? withinBudget(() => whyNoPath(certificate, pool), LIMIT)
        : reason,
    decided: !isOpen(failure),
    check: id,
    detail: reason,
    certificate: failure.certificate,
    path,
  };
}

const LIMIT = 'limit-exceeded';
const REVOKED: ReadonlySet<CheckId> = new Set(['revocation.not-revoked', 'revocation.not-revoked-since']);

/** Nothing that is known speaks against the certificate. */
const isOpen = ({ id, reason }: Finding): boolean => id === 'revocation.known' || reason === 'algorithm-unsupported' || reason === LIMIT;

/** Certificates followed upwards to explain why no anchor is reached. */
const MAX_STEPS = 12;
const NO_PATH = 'no-path-to-anchor';

function whyNoPath(leaf: CertificateFacts, pool: CertificatePool): string {
  let certificate = leaf;
  for (let step = 0; step < MAX_STEPS; step++) {
    const above = pool.bySubject(certificate.issuer.key).filter(({ sha256 }) => sha256 !== certificate.sha256);
    if (above.length === 0) return certificate.subject.key === certificate.issuer.key ? NO_PATH : 'issuer-not-found';
    const issuer = above.find((candidate) => pool.signedBy(certificate, candidate) === 'valid');
    if (issuer === undefined) return 'signature-invalid';
    certificate = issuer;
  }
  return NO_PATH;
}
