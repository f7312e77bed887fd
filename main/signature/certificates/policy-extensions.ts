import { childrenOf, DerFault, implicit, Members, readOid, readSmallInteger, readWhole, TAG } from '../../asn1/index.ts';

/** Matches every policy (RFC 5280 §4.2.1.4). */
export const ANY_POLICY = '2.5.29.32.0';

/** The identifiers alone: qualifiers are for people and decide nothing. */
export function readCertificatePolicies(value: Uint8Array): readonly string[] {
  const policies = childrenOf(readWhole(value), TAG.sequence).map((information) => readOid(new Members(information).next()));
  if (policies.length === 0) throw new DerFault('no policy');
  return [...new Set(policies)];
}

/** Which policies of the subject's domain an issuer holds equal to one of its own. */
export type PolicyMappings = ReadonlyMap<string, readonly string[]>;

export function readPolicyMappings(value: Uint8Array): PolicyMappings {
  const mappings = new Map<string, string[]>();
  for (const pair of childrenOf(readWhole(value), TAG.sequence)) {
    const members = new Members(pair);
    const [issuer, subject] = [readOid(members.next()), readOid(members.next())];
    members.done();
    const subjects = mappings.get(issuer);
    if (subjects) subjects.push(subject);
    else mappings.set(issuer, [subject]);
  }
  return mappings;
}

/** After how many further certificates a rule begins; null when it is not made. */
export type PolicyConstraints = { readonly requireExplicit: number | null; readonly inhibitMapping: number | null };

export function readPolicyConstraints(value: Uint8Array): PolicyConstraints {
  const members = new Members(readWhole(value));
  const required = members.optional(implicit(0));
  const inhibited = members.optional(implicit(1));
  members.done();
  return { requireExplicit: required && readSmallInteger(required), inhibitMapping: inhibited && readSmallInteger(inhibited) };
}

export function readInhibitAnyPolicy(value: Uint8Array): number {
  return readSmallInteger(readWhole(value, TAG.integer));
}
