import { z } from 'zod';
import { REVOCATION_REASONS } from '../revocation/revocation-status.ts';
import { CHECK_IDS, ruleOf, type CheckId } from '../checks/registry.ts';
import { algorithmRules } from './algorithm-rules.ts';

export const LEVELS = ['fail', 'warn', 'inform', 'ignore'] as const;
export type Level = (typeof LEVELS)[number];

const levels = z.strictObject(
  Object.fromEntries(CHECK_IDS.map((id) => [id, ruleOf(id).absolute ? z.literal('fail') : z.enum(LEVELS)])) as unknown as Record<
    CheckId,
    z.ZodType<Level>
  >,
);

const oidPattern = z.string().regex(/^[0-2](\.\d+)+(\.\*)?$/);

/** Whether an object identifier is one of those listed; `….*` stands for everything below an arc. */
export function isListed(oid: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => (pattern.endsWith('.*') ? oid.startsWith(pattern.slice(0, -1)) : oid === pattern));
}

const versionSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  version: z.string().min(1).max(40),
  /** Signatures proven to be of this day or later are judged by it. */
  validFrom: z.iso.date(),
  checks: levels,
  parameters: z.strictObject({
    algorithms: algorithmRules,
    /** All of these must be set in the signer's certificate. */
    signerKeyUsage: z.array(z.enum(['digitalSignature', 'nonRepudiation'])),
    /** One of these; `….*` stands for everything below an arc. */
    signerExtendedKeyUsage: z.array(oidPattern),
    /** Accepted forms of the signing-certificate attribute (RFC 2634, RFC 5035). */
    signingCertificateVersions: z.array(z.enum(['v1', 'v2'])),
    /** A certificate revoked for one of these after the proven time of signing does not harm the signature. */
    harmlessRevocationReasons: z.array(z.enum(Object.values(REVOCATION_REASONS) as [string, ...string[]])),
    /** Policies of timestamping authorities; `….*` stands for everything below an arc. */
    timestampPolicies: z.array(oidPattern),
    /** The registry’s receipt of a file is taken as the latest time its signatures can be of. */
    receiptProvesTime: z.boolean(),
    /** For a CRL or an OCSP answer without nextUpdate. */
    revocationMaxAgeHours: z.int().positive(),
    /** How far a clock may be off when something is dated later than now. */
    clockSkewSeconds: z.int().min(0).max(3600),
  }),
});

/**
 * A validation policy file: the version in force and the ones before it. Every check is named; those without which nothing is proven can
 * only be `fail`.
 */
export const policySchema = versionSchema.extend({ earlier: z.array(versionSchema).default([]) });

export type Policy = z.infer<typeof policySchema>;

/** The version for a signature proven to be of a time (ms); what is older than every version is judged by the oldest. */
export function policyAt(policy: Policy, time: number): Policy {
  const versions = [policy, ...policy.earlier].sort((a, b) => Date.parse(b.validFrom) - Date.parse(a.validFrom));
  const chosen = versions.find(({ validFrom }) => Date.parse(validFrom) <= time) ?? versions.at(-1) ?? policy;
  return chosen === policy ? policy : { ...chosen, earlier: [] };
}
