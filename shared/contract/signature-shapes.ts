/** What the window is told of a signature. Instants are UTC ISO strings, hashes lower-case hex SHA-256. */
import { z } from 'zod';

const instant = z.string();
const nullableText = z.string().nullable();

/** What the person sees of a signature: soundness and the right person, combined (worst wins). `on-paper`: the sender signed by hand. */
export const signatureStateShape = z.enum(['valid', 'on-paper', 'check-signer', 'undecided', 'not-checked', 'invalid', 'absent']);
export type SignatureState = z.infer<typeof signatureStateShape>;

const verdictShape = z.enum(['valid', 'undecided', 'invalid']);
/** Text keys `sigCheck.<id>` and `sigCode.<reason>`; `certificate` is the SHA-256 of the one it was about. */
const checkRecordShape = z.strictObject({
  id: z.string(),
  result: z.enum(['ok', 'fail', 'warn', 'not-run']),
  reason: nullableText,
  certificate: nullableText,
});
export type CheckView = z.infer<typeof checkRecordShape>;

/** Whose the signature is in this filing, apart from whether it is sound; found by IIN and BIN alone. */
const signerMatchShape = z.strictObject({
  relation: z.enum(['applicant', 'representative', 'other', 'unknown']),
  /** Text keys `sigMatch.<item>`: what was compared and whether it agrees. */
  items: z.array(
    z.strictObject({
      item: z.enum(['applicant-iin', 'applicant-bin', 'representative-iin', 'representative-bin', 'power-of-attorney']),
      matches: z.boolean(),
    }),
  ),
  /** Signed with an organisation's key for the applicant organisation. */
  forOrganisation: z.boolean(),
  /** Codes under `sigDoubt`: they warn and refuse nothing. */
  doubts: z.array(z.string()),
  /** The document of the filing that shows the authority, when somebody else than the applicant signed. */
  powerOfAttorney: z
    .strictObject({ documentId: z.string(), title: z.string(), role: z.string(), signature: signatureStateShape })
    .nullable(),
});
export type SignerMatch = z.infer<typeof signerMatchShape>;

const certificateSummaryShape = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  serial: z.string(),
  sha256: z.string(),
  from: instant,
  to: instant,
});

const timestampViewShape = z.strictObject({
  kind: z.enum(['signature', 'document']),
  verdict: verdictShape,
  subIndication: nullableText,
  time: instant.nullable(),
  policy: nullableText,
  authority: nullableText,
  serial: nullableText,
  checks: z.array(checkRecordShape),
});

/** A signature card (facts first, then the one reason and the one next step as text keys `sigReason.<reason>` and `.do`). */
export const signatureCardShape = z.strictObject({
  id: z.string(),
  documentId: z.string(),
  fileName: z.string(),
  state: signatureStateShape,
  verdict: verdictShape.nullable(),
  format: z.enum(['cms', 'xmldsig', 'pades', 'none']),
  policy: z.strictObject({ id: z.string(), version: z.string() }),
  indication: nullableText,
  subIndication: nullableText,
  /** One of the keys under `sigReason` in the locales; null when there is nothing to explain. */
  reason: nullableText,
  /** What to know about a sound signature: a key under `sigWarning`; null when there is nothing. */
  note: nullableText,
  signerName: nullableText,
  signerIin: nullableText,
  signerBin: nullableText,
  signerOrganisation: nullableText,
  signerRoles: z.array(z.string()),
  issuer: nullableText,
  serial: nullableText,
  algorithm: nullableText,
  level: nullableText,
  certificateFrom: instant.nullable(),
  certificateTo: instant.nullable(),
  signedAt: instant.nullable(),
  timeSource: z.enum(['timestamp', 'claimed', 'none']),
  claimedTime: instant.nullable(),
  /** The earliest proven time, or the time of the check when nothing proves one. */
  bestTime: instant.nullable(),
  /** Nothing but the registry's receipt bounds the time of signing; that is `bestTime`. */
  boundedByReceipt: z.boolean(),
  timestamps: z.array(timestampViewShape),
  checkedAt: instant.nullable(),
  /** On what data the state of the certificate is known. */
  revocation: z.strictObject({ kind: z.enum(['crl', 'ocsp']), thisUpdate: instant, nextUpdate: instant.nullable() }).nullable(),
  /** Who the signer is in this filing. */
  identity: z.enum(['applicant', 'representative', 'other', 'unknown']),
  match: signerMatchShape.nullable(),
  covers: z.enum(['whole', 'partial']),
  /** SHA-256 of the file that carries the signature. */
  fileSha256: z.string(),
  certificateSha256: nullableText,
  /** From the signer's certificate up to the anchor; empty when no path was found or an older version made the report. */
  chain: z.array(certificateSummaryShape),
  warnings: z.array(z.string()),
  /** What is remarkable about the file itself: codes under `sigFlag`. */
  flags: z.array(z.string()),
  checks: z.array(checkRecordShape),
});
export type SignatureCard = z.infer<typeof signatureCardShape>;
