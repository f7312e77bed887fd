import type { Indication, SubIndication } from '../../../shared/domain/verdict.ts';

export type Conclusion = { readonly indication: Indication; readonly subIndication: SubIndication };

type CheckRule = {
  /** The clause the check implements. */
  readonly clause: string;
  /** What a failure means when the policy says `fail`, unless the finding says otherwise. */
  readonly conclusion: Conclusion;
  /** No policy may lower it: without it nothing is proven. */
  readonly absolute?: true;
  /** The code that joins `warnings` when the policy lowers a failure to `warn`. */
  readonly warning?: string;
  /** The warning is given with a failure too. */
  readonly alwaysSaid?: true;
};

const failed = (subIndication: SubIndication): Conclusion => ({ indication: 'TOTAL-FAILED', subIndication });
const undecided = (subIndication: SubIndication): Conclusion => ({ indication: 'INDETERMINATE', subIndication });

/**
 * Every check in the order in which its failure explains a verdict; clauses are of ETSI EN 319 102-1 unless named.
 * Where several fail, TOTAL-FAILED goes before INDETERMINATE, then the earlier line.
 */
export const CHECKS = {
  'format.structure': { clause: '5.2.2', conclusion: failed('FORMAT_FAILURE'), absolute: true },
  'format.consistency': { clause: 'RFC 5652 §5.1, §5.3', conclusion: failed('FORMAT_FAILURE') },
  'format.attributes': { clause: 'RFC 5652 §5.3, §11', conclusion: failed('FORMAT_FAILURE'), absolute: true },
  'format.content-type': { clause: 'RFC 5652 §11.1', conclusion: failed('FORMAT_FAILURE'), absolute: true },
  'format.no-attribute-confusion': { clause: 'RFC 8933 §5', conclusion: failed('FORMAT_FAILURE'), absolute: true },
  'format.content-agrees': { clause: '5.2.7.4', conclusion: failed('HASH_FAILURE'), absolute: true },
  'pdf.byte-range': { clause: 'ISO 32000-1 §12.8.1, EN 319 142-1 §5.3', conclusion: failed('FORMAT_FAILURE'), absolute: true },
  'pdf.signature-dictionary': { clause: 'EN 319 142-1 §5.3', conclusion: failed('FORMAT_FAILURE'), absolute: true },
  'pdf.sub-filter': { clause: 'EN 319 142-1 §5.3', conclusion: undecided('CRYPTO_CONSTRAINTS_FAILURE'), absolute: true },
  'pdf.unmodified': {
    clause: '5.2.2, ISO 32000-1 §12.8.2',
    conclusion: failed('FORMAT_FAILURE'),
    warning: 'MODIFIED_AFTER_SIGNING',
    alwaysSaid: true,
  },
  'xml.wrapping': { clause: 'XML Signature 1.1 §8.1.3', conclusion: failed('FORMAT_FAILURE'), absolute: true },
  'xml.methods': { clause: 'XML Signature 1.1 §4.4, §8.1', conclusion: undecided('SIG_CONSTRAINTS_FAILURE'), absolute: true },
  'xml.references': { clause: 'XML Signature 1.1 §4.4.3', conclusion: undecided('SIG_CONSTRAINTS_FAILURE'), absolute: true },
  'xml.coverage': {
    clause: '5.2.8, XML Signature 1.1 §8.1.1',
    conclusion: undecided('SIG_CONSTRAINTS_FAILURE'),
    warning: 'PARTIAL_COVERAGE',
    alwaysSaid: true,
  },
  'identification.certificate': { clause: '5.2.3', conclusion: undecided('NO_SIGNING_CERTIFICATE_FOUND'), absolute: true },
  'identification.reference': { clause: '5.2.3.4, RFC 5035 §5', conclusion: undecided('NO_SIGNING_CERTIFICATE_FOUND'), absolute: true },
  'cryptography.content': { clause: '5.2.7.4', conclusion: undecided('SIGNED_DATA_NOT_FOUND'), absolute: true },
  'cryptography.algorithms': { clause: '5.2.8.4.1', conclusion: undecided('CRYPTO_CONSTRAINTS_FAILURE'), absolute: true },
  'cryptography.digest': { clause: '5.2.7.4', conclusion: failed('HASH_FAILURE'), absolute: true },
  'cryptography.value': { clause: '5.2.7.4', conclusion: failed('SIG_CRYPTO_FAILURE'), absolute: true },
  'acceptance.algorithm-agreement': { clause: 'RFC 5754 §3, RFC 6211', conclusion: undecided('SIG_CONSTRAINTS_FAILURE') },
  'acceptance.algorithm': {
    clause: '5.2.8.4.1, TS 119 312',
    conclusion: undecided('CRYPTO_CONSTRAINTS_FAILURE'),
    warning: 'WEAK_ALGORITHM',
  },
  'acceptance.algorithm-ageing': {
    clause: '5.2.8.4.1, TS 119 312',
    conclusion: undecided('CRYPTO_CONSTRAINTS_FAILURE'),
    warning: 'WEAK_ALGORITHM',
  },
  'path.found': { clause: '5.2.6.4, RFC 5280 §6', conclusion: undecided('NO_CERTIFICATE_CHAIN_FOUND'), absolute: true },
  'path.signature': { clause: 'RFC 5280 §6.1.3 (a)(1)', conclusion: undecided('CRYPTO_CONSTRAINTS_FAILURE'), absolute: true },
  'path.algorithm': { clause: '5.2.8.4.1, TS 119 312', conclusion: undecided('CRYPTO_CONSTRAINTS_FAILURE'), warning: 'WEAK_ALGORITHM' },
  'path.basic-constraints': { clause: 'RFC 5280 §6.1.4 (k)', conclusion: undecided('CERTIFICATE_CHAIN_GENERAL_FAILURE'), absolute: true },
  'path.length': { clause: 'RFC 5280 §6.1.4 (l)(m)', conclusion: undecided('CERTIFICATE_CHAIN_GENERAL_FAILURE'), absolute: true },
  'path.key-usage': { clause: 'RFC 5280 §6.1.4 (n)', conclusion: undecided('CHAIN_CONSTRAINTS_FAILURE'), absolute: true },
  'path.critical-extensions': {
    clause: 'RFC 5280 §6.1.4 (o), §6.1.5 (f)',
    conclusion: undecided('CERTIFICATE_CHAIN_GENERAL_FAILURE'),
    absolute: true,
  },
  'path.name-constraints': {
    clause: 'RFC 5280 §6.1.3 (b)(c), §6.1.4 (g)',
    conclusion: undecided('CERTIFICATE_CHAIN_GENERAL_FAILURE'),
    absolute: true,
  },
  'path.policies': {
    clause: 'RFC 5280 §6.1.3–5, RFC 9618',
    conclusion: undecided('CHAIN_CONSTRAINTS_FAILURE'),
    absolute: true,
  },
  'certificate.key-usage': { clause: '5.2.6.4', conclusion: undecided('CHAIN_CONSTRAINTS_FAILURE'), warning: 'KEY_USAGE' },
  'certificate.extended-key-usage': {
    clause: '5.2.6.4',
    conclusion: undecided('CHAIN_CONSTRAINTS_FAILURE'),
    warning: 'EXTENDED_KEY_USAGE',
  },
  'revocation.not-revoked': { clause: '5.2.6.4', conclusion: undecided('REVOKED_NO_POE'), absolute: true },
  'time.after-issuance': { clause: '5.6.2.4', conclusion: failed('NOT_YET_VALID'), absolute: true },
  'certificate.validity': { clause: '5.2.6.4', conclusion: undecided('OUT_OF_BOUNDS_NO_POE'), absolute: true },
  'path.validity': { clause: 'RFC 5280 §6.1.3 (a)(2)', conclusion: undecided('OUT_OF_BOUNDS_NO_POE'), absolute: true },
  'path.anchor-validity': { clause: 'RFC 5280 §6.1.1 (d)', conclusion: undecided('OUT_OF_BOUNDS_NO_POE'), warning: 'ANCHOR_EXPIRED' },
  'revocation.not-revoked-since': { clause: '5.6.2.4', conclusion: undecided('REVOKED_NO_POE'), warning: 'REVOKED_AFTER_SIGNING' },
  'revocation.not-suspended': { clause: '5.2.6.4', conclusion: undecided('TRY_LATER'), absolute: true },
  'revocation.known': { clause: '5.2.5, RFC 5280 §6.3', conclusion: undecided('TRY_LATER'), warning: 'REVOCATION_UNKNOWN' },
  'acceptance.signed-attributes': {
    clause: '5.2.8',
    conclusion: undecided('SIG_CONSTRAINTS_FAILURE'),
    warning: 'SIGNED_ATTRIBUTES_MISSING',
  },
  'acceptance.signing-certificate': {
    clause: '5.2.8, EN 319 122-1 §5.2.2',
    conclusion: undecided('SIG_CONSTRAINTS_FAILURE'),
    warning: 'SIGNING_CERTIFICATE_ATTRIBUTE_MISSING',
    alwaysSaid: true,
  },
  'acceptance.signing-time': { clause: '5.2.8', conclusion: undecided('SIG_CONSTRAINTS_FAILURE'), warning: 'CLAIMED_TIME_IMPLAUSIBLE' },
  'time.order': { clause: '5.6.2.4', conclusion: undecided('TIMESTAMP_ORDER_FAILURE'), absolute: true },
  'time.signature-timestamp': { clause: '5.6.2.4', conclusion: undecided('NO_POE'), warning: 'TIMESTAMP_NOT_TRUSTED' },
  'timestamp.imprint': { clause: '5.4, RFC 3161 §2.4.2', conclusion: failed('HASH_FAILURE'), absolute: true },
  'timestamp.purpose': { clause: '5.4, RFC 3161 §2.3', conclusion: undecided('CHAIN_CONSTRAINTS_FAILURE'), absolute: true },
  'timestamp.policy': { clause: 'RFC 3161 §2.4.2', conclusion: undecided('SIG_CONSTRAINTS_FAILURE') },
} as const satisfies Record<string, CheckRule>;

export type CheckId = keyof typeof CHECKS;
export const CHECK_IDS = Object.keys(CHECKS) as readonly CheckId[];
export const ruleOf = (id: CheckId): CheckRule => CHECKS[id];
/** What a failure of a check means unless its finding says otherwise; null for an id of another version. */
export const conclusionOf = (id: string): Conclusion | null => (Object.hasOwn(CHECKS, id) ? CHECKS[id as CheckId].conclusion : null);
