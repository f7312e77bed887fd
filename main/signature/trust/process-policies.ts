import type { CertificateFacts } from '../certificates/read-certificate.ts';
import { ANY_POLICY } from '../certificates/policy-extensions.ts';

/** Inputs of path validation (RFC 5280 §6.1.1 (c), (e)–(g)). */
export type PolicyInputs = {
  /** Identifiers of acceptable policies; ANY_POLICY stands for all. */
  readonly initialPolicies: ReadonlySet<string>;
  readonly requireExplicitPolicy: boolean;
  readonly inhibitPolicyMapping: boolean;
  readonly inhibitAnyPolicy: boolean;
};

/** Any policy or none will do. */
export const NO_POLICY_WANTED: PolicyInputs = {
  initialPolicies: new Set([ANY_POLICY]),
  requireExplicitPolicy: false,
  inhibitPolicyMapping: false,
  inhibitAnyPolicy: false,
};

/** A fault of a path and the certificate it came up at. */
export type PathFault = { readonly reason: string; readonly certificate: string };

type Node = { readonly policy: string; expected: readonly string[]; readonly parents: readonly Node[] };
/** The nodes of one depth by their valid policy; null once no policy is valid any more. */
type Level = Map<string, Node> | null;

/**
 * Policy processing of RFC 5280 §6.1 over the policy graph of RFC 9618, whose nodes are shared by all their parents: its size is linear in
 * the policies and mappings of the path, where the tree of RFC 5280 doubles with every certificate.
 * @param certificates the certificate in question first, the anchor last.
 */
export function processPolicies(certificates: readonly CertificateFacts[], inputs: PolicyInputs): PathFault | null {
  const path = certificates.slice(0, -1).reverse();
  let level: Level = new Map([[ANY_POLICY, { policy: ANY_POLICY, expected: [ANY_POLICY], parents: [] }]]);
  let explicit = inputs.requireExplicitPolicy ? 0 : path.length + 1;
  let mapping = inputs.inhibitPolicyMapping ? 0 : path.length + 1;
  let inhibitAny = inputs.inhibitAnyPolicy ? 0 : path.length + 1;
  for (const [i, certificate] of path.entries()) {
    const last = i === path.length - 1;
    const selfIssued = certificate.subject.key === certificate.issuer.key;
    const { policies, policyMappings, policyConstraints, sha256 } = certificate;
    level = level && policies && descend(level, policies, inhibitAny > 0 || (!last && selfIssued));
    if (explicit === 0 && level === null) return { reason: 'policy-required', certificate: sha256 };
    if (last) {
      explicit = policyConstraints?.requireExplicit === 0 ? 0 : Math.max(explicit - 1, 0);
      return explicit > 0 || isAcceptable(level, inputs.initialPolicies) ? null : { reason: 'policy-required', certificate: sha256 };
    }
    if (policyMappings) {
      const mapsAny = [...policyMappings].some(([issuer, subjects]) => issuer === ANY_POLICY || subjects.includes(ANY_POLICY));
      if (mapsAny) return { reason: 'policy-mapping-of-any', certificate: sha256 };
      level = level && applyMappings(level, policyMappings, mapping > 0);
    }
    if (!selfIssued) {
      explicit = Math.max(explicit - 1, 0);
      mapping = Math.max(mapping - 1, 0);
      inhibitAny = Math.max(inhibitAny - 1, 0);
    }
    explicit = Math.min(explicit, policyConstraints?.requireExplicit ?? explicit);
    mapping = Math.min(mapping, policyConstraints?.inhibitMapping ?? mapping);
    inhibitAny = Math.min(inhibitAny, certificate.inhibitAnyPolicy ?? inhibitAny);
  }
  return null;
}

/** The next depth (§6.1.3 (d)). */
function descend(previous: NonNullable<Level>, policies: readonly string[], anyAllowed: boolean): Level {
  const expecting = new Map<string, Node[]>();
  for (const node of previous.values())
    for (const policy of node.expected) {
      const nodes = expecting.get(policy);
      if (nodes) nodes.push(node);
      else expecting.set(policy, [node]);
    }
  const any = previous.get(ANY_POLICY);
  const next = new Map<string, Node>();
  for (const policy of policies) {
    if (policy === ANY_POLICY) continue;
    const parents = expecting.get(policy) ?? (any && [any]);
    if (parents) next.set(policy, { policy, expected: [policy], parents });
  }
  if (anyAllowed && policies.includes(ANY_POLICY))
    for (const [policy, parents] of expecting) if (!next.has(policy)) next.set(policy, { policy, expected: [policy], parents });
  return next.size > 0 ? next : null;
}

/** §6.1.4 (b): a mapped policy goes on under the names of the next domain, or ends where mapping is inhibited. */
function applyMappings(level: NonNullable<Level>, mappings: ReadonlyMap<string, readonly string[]>, allowed: boolean): Level {
  const any = level.get(ANY_POLICY);
  for (const [policy, subjects] of mappings) {
    const node = level.get(policy);
    if (!allowed) level.delete(policy);
    else if (node) node.expected = [...new Set(subjects)];
    else if (any) level.set(policy, { policy, expected: [...new Set(subjects)], parents: any.parents });
  }
  return level.size > 0 ? level : null;
}

/** §6.1.5 (g): whether a policy that is valid throughout is acceptable, by its name in the domain of the anchor. */
function isAcceptable(level: Level, acceptable: ReadonlySet<string>): boolean {
  if (level === null) return false;
  if (acceptable.has(ANY_POLICY) || (level.has(ANY_POLICY) && acceptable.size > 0)) return true;
  const waiting = [...level.values()];
  const seen = new Set(waiting);
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (acceptable.has(node.policy) && node.parents.some((parent) => parent.policy === ANY_POLICY)) return true;
    for (const parent of node.parents)
      if (!seen.has(parent)) {
        seen.add(parent);
        waiting.push(parent);
      }
  }
  return false;
}
