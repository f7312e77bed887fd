/** Three verdicts, never two (ETSI EN 319 102-1: TOTAL-PASSED, INDETERMINATE, TOTAL-FAILED). */
export type Verdict = 'valid' | 'undecided' | 'invalid';
/** The verdict over a whole file or filing: the worst of its signatures, or that there is none. */
export type OverallVerdict = Verdict | 'unsigned';

export const INDICATIONS = ['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED'] as const;
export type Indication = (typeof INDICATIONS)[number];

export const SUB_INDICATIONS = [
  'FORMAT_FAILURE',
  'HASH_FAILURE',
  'SIG_CRYPTO_FAILURE',
  'SIG_CONSTRAINTS_FAILURE',
  'CHAIN_CONSTRAINTS_FAILURE',
  'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  'CRYPTO_CONSTRAINTS_FAILURE',
  'NOT_YET_VALID',
  'EXPIRED',
  'OUT_OF_BOUNDS_NO_POE',
  'OUT_OF_BOUNDS_NOT_REVOKED',
  'REVOKED',
  'REVOKED_NO_POE',
  'NO_SIGNING_CERTIFICATE_FOUND',
  'NO_CERTIFICATE_CHAIN_FOUND',
  'TIMESTAMP_ORDER_FAILURE',
  'SIGNED_DATA_NOT_FOUND',
  'TRY_LATER',
  'NO_POE',
  'GENERIC',
] as const;
export type SubIndication = (typeof SUB_INDICATIONS)[number];

export function verdictOf(indication: Indication): Verdict {
  return indication === 'TOTAL-PASSED' ? 'valid' : indication === 'INDETERMINATE' ? 'undecided' : 'invalid';
}

const WEIGHT: Record<OverallVerdict, number> = { valid: 0, undecided: 1, unsigned: 2, invalid: 3 };

/** The worst verdict decides; no signature at all is `unsigned`. */
export function worstVerdict(verdicts: readonly OverallVerdict[]): OverallVerdict {
  return (
    verdicts.reduce<OverallVerdict | null>((worst, v) => (worst === null || WEIGHT[v] > WEIGHT[worst] ? v : worst), null) ?? 'unsigned'
  );
}

/** One recorded check of a validation; `reason` is a stable code, null when the check passed. */
export type CheckRecord = {
  readonly id: string;
  readonly result: 'ok' | 'fail' | 'warn' | 'not-run';
  readonly reason: string | null;
  /** SHA-256 of the certificate a check was about, when it runs once per certificate. */
  readonly certificate?: string;
};

export type SignerIdentity = {
  readonly commonName: string;
  readonly iin: string | null;
  readonly bin: string | null;
  readonly organisation: string | null;
  /** Roles of the Kazakh profile read from the extended key usage, e.g. `individual`, `organisation-head`. */
  readonly roles: readonly string[];
  readonly issuer: string;
  /** Serial number of the certificate, lower-case hex. */
  readonly serial: string;
};

/** A timestamp over a signature (`signature`) or over a document with everything in it (`document`). */
export type TimestampReport = {
  readonly kind: 'signature' | 'document';
  readonly verdict: Verdict;
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  /** Null when the token cannot be read. */
  readonly time: string | null;
  /** Object identifier of the policy it was made under. */
  readonly policy: string | null;
  readonly authority: { readonly commonName: string; readonly issuer: string; readonly serial: string } | null;
  readonly checks: readonly CheckRecord[];
};

/** One certificate of a path, as far as a person looks at it. */
export type CertificateSummary = {
  readonly subject: string;
  readonly issuer: string;
  /** Lower-case hex. */
  readonly serial: string;
  readonly sha256: string;
  readonly from: string;
  readonly to: string;
};

/** One signature in the shape `kense verify` promises. Instants are UTC ISO strings. */
export type SignatureReport = {
  readonly id: string;
  readonly verdict: Verdict;
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  readonly signer: SignerIdentity | null;
  readonly algorithm: string | null;
  /** Version of the policy in force at the proven time of signing. */
  readonly policyVersion: string;
  readonly level: 'B' | 'T' | 'LT' | 'LTA';
  readonly claimedTime: string | null;
  /** Earliest proven time: of a trusted timestamp or of the registry's receipt, otherwise the time of the check. */
  readonly bestTime: string;
  readonly timeSource: 'timestamp' | 'claimed' | 'none';
  /** The registry's receipt bounds the time of signing, no timestamp does. */
  readonly boundedByReceipt: boolean;
  readonly timestamps: readonly TimestampReport[];
  readonly covers: 'whole' | 'partial';
  /** XML: what is covered, e.g. `/doc/a[@Id="part"]`; `/` is the document. */
  readonly coverage?: readonly string[];
  readonly warnings: readonly string[];
  readonly checks: readonly CheckRecord[];
  readonly certificateSha256: string | null;
  readonly certificateValidity: { readonly from: string; readonly to: string } | null;
  /** The path that was judged, from the signer's certificate to the anchor; absent when there is none and in stored reports of older versions. */
  readonly chain?: readonly CertificateSummary[];
  /** The revocation evidence used: when it was issued, when it ends, null when there was none. */
  readonly revocation: { readonly kind: 'crl' | 'ocsp'; readonly thisUpdate: string; readonly nextUpdate: string | null } | null;
};

/** The answer for one file: what `kense verify --json` prints. */
export type VerificationReport = {
  readonly file: string;
  readonly format: 'cms' | 'xmldsig' | 'pades' | 'none';
  readonly at: string;
  readonly policy: { readonly id: string; readonly version: string };
  readonly flags: readonly string[];
  readonly overall: OverallVerdict;
  readonly signatures: readonly SignatureReport[];
};
