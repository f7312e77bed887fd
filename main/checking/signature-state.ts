import type { SignatureState } from '../../shared/contract/index.ts';
import type { CheckRecord, OverallVerdict, SignatureReport, VerificationReport } from '../../shared/domain/verdict.ts';
import type { DocumentRecord, Identity } from '../intake/index.ts';
import { conclusionOf } from '../signature/index.ts';

/** Worst first: two questions, is it sound and is it the right person's, combined. */
const WORST_FIRST: readonly SignatureState[] = ['invalid', 'absent', 'check-signer', 'undecided', 'not-checked', 'on-paper', 'valid'];

export function worstState(states: readonly SignatureState[]): SignatureState {
  return WORST_FIRST.find((s) => states.includes(s)) ?? 'absent';
}

export function stateOf(verdict: OverallVerdict, identity: Identity | null): SignatureState {
  if (verdict === 'unsigned') return 'absent';
  if (verdict !== 'valid') return verdict;
  return identity === 'applicant' || identity === 'representative' ? 'valid' : 'check-signer';
}

/** The reports on one document: those of its signature files, or the one on the signatures inside it. */
export function reportsOf(
  document: DocumentRecord,
): { fileName: string; report: VerificationReport; identity: Identity | null; fileId: string }[] {
  const own =
    document.report && document.report.overall !== 'unsigned'
      ? [{ fileName: document.fileName, report: document.report, identity: document.identity, fileId: document.id }]
      : [];
  return [
    ...own,
    ...document.signatures.flatMap((s) =>
      s.report ? [{ fileName: s.fileName, report: s.report, identity: s.identity, fileId: s.id }] : [],
    ),
  ];
}

/** A document signed by several people is in order when one of them is the applicant or the representative. */
export function documentState(document: DocumentRecord): SignatureState {
  const reports = reportsOf(document);
  if (document.state !== 'stored' || document.signatures.some((s) => s.state !== 'stored'))
    return reports.length > 0 ? worstState(reports.map((r) => stateOf(r.report.overall, r.identity))) : 'not-checked';
  if (reports.length < document.signatures.length) return 'not-checked';
  // only a PDF can carry signatures inside
  if (reports.length === 0) return document.report || document.contentType !== 'pdf' ? 'absent' : 'not-checked';
  const states = reports.map((r) => stateOf(r.report.overall, r.identity));
  const unsound = states.filter((s) => s !== 'valid' && s !== 'check-signer');
  return unsound.length > 0 ? worstState(unsound) : states.includes('valid') ? 'valid' : 'check-signer';
}

type Circumstances = {
  /** Whether the line is up now: an unknown state of a certificate is explained by it. */
  readonly online: boolean;
};

/** The one reason of a signature that is not plainly valid: a text key under `sigReason`. */
export function reasonOf(
  report: SignatureReport,
  identity: Identity | null,
  circumstances: Circumstances = { online: true },
): string | null {
  if (report.verdict === 'valid') {
    if (identity === 'applicant' || identity === 'representative') return null;
    return identity === 'unknown' ? 'signerUnknown' : 'iinMismatch';
  }
  const check = decisiveCheck(report);
  const id = check?.id ?? '';
  const code = check?.reason ?? '';
  /* A failure about another certificate than the signer's own is not the signer's. */
  const aboutIssuer = check?.certificate !== undefined && check.certificate !== report.certificateSha256;
  switch (report.subIndication) {
    case 'HASH_FAILURE':
      return id === 'format.content-agrees' ? 'otherContent' : 'changed';
    case 'SIG_CRYPTO_FAILURE':
      return report.checks.some((c) => c.id === 'cryptography.digest' && c.result === 'ok') ? 'signatureBroken' : 'changed';
    case 'FORMAT_FAILURE':
      if (id.startsWith('xml.')) return 'substituted';
      return id === 'pdf.unmodified' ? 'changedAfter' : 'format';
    case 'REVOKED':
      return 'revoked';
    case 'REVOKED_NO_POE':
      if (aboutIssuer) return 'issuerRevoked';
      if (code.endsWith('never-issued')) return 'neverIssued';
      return code.startsWith('later-') || id === 'revocation.not-revoked-since' ? 'revokedLater' : 'revokedNoTime';
    case 'EXPIRED':
      return 'expired';
    case 'NOT_YET_VALID':
      return 'notYetValid';
    case 'OUT_OF_BOUNDS_NO_POE':
    case 'OUT_OF_BOUNDS_NOT_REVOKED':
      if (id === 'path.validity' || id === 'path.anchor-validity') return 'chainExpired';
      return code === 'not-yet-valid' ? 'certificateNotYetValid' : 'noTime';
    case 'NO_POE':
      return id === 'time.signature-timestamp' ? 'timestampUntrusted' : 'noTime';
    case 'NO_CERTIFICATE_CHAIN_FOUND':
      return 'untrusted';
    case 'NO_SIGNING_CERTIFICATE_FOUND':
      return id === 'identification.reference' ? 'certificateDiffers' : 'certificateMissing';
    case 'CHAIN_CONSTRAINTS_FAILURE':
      return id.startsWith('path.') ? 'chainFaulty' : 'wrongKey';
    case 'CERTIFICATE_CHAIN_GENERAL_FAILURE':
      return 'chainFaulty';
    case 'CRYPTO_CONSTRAINTS_FAILURE':
      return code.includes('unsupported') || check === null ? 'algorithmUnsupported' : 'algorithmWeak';
    case 'SIG_CONSTRAINTS_FAILURE':
      if (id === 'xml.coverage') return 'partOnly';
      if (id.startsWith('xml.')) return 'methodsUnsupported';
      return id === 'acceptance.signing-time' ? 'timeImplausible' : 'attributes';
    case 'TIMESTAMP_ORDER_FAILURE':
      return 'timestampOrder';
    case 'SIGNED_DATA_NOT_FOUND':
      return 'detachedMissing';
    case 'TRY_LATER':
      return unknownStatus(code, circumstances);
    case 'GENERIC':
    case null:
      return id === 'pdf.unmodified' ? 'changesUnjudged' : 'incomplete';
  }
}

/** Outcomes of asking for evidence, after the word for what was asked: nobody answered, and nobody could be asked. */
const NO_ANSWER = ['unreachable', 'timeout', 'http-status', 'responder-error', 'no-time-left'];
const NOT_ASKED = ['host-not-allowed', 'address-unusable', 'private-address', 'redirect-refused'];

/** Why the state of a certificate is not known; only an answer that never came can be explained by the line. */
function unknownStatus(code: string, { online }: Circumstances): string {
  const outcome = code.replace(/^[a-z]+-/, '');
  if (code === 'certificate-hold') return 'suspended';
  if (code === 'ocsp-unknown') return 'statusUnknown';
  if (code.endsWith('-stale') || code === 'evidence-after-expiry') return 'statusStale';
  if (NOT_ASKED.includes(outcome)) return 'statusNotAllowed';
  if (NO_ANSWER.includes(outcome)) return online ? 'serviceDown' : 'noStatus';
  if (code === '' || code === 'revocation-unavailable') return online ? 'statusMissing' : 'noStatus';
  return 'statusUnusable';
}

/** The failed check that names the verdict, as the verifier chooses it: TOTAL-FAILED before everything else, then the order of the registry. */
function decisiveCheck({ checks, indication }: SignatureReport): CheckRecord | null {
  const failures = checks.filter((c) => c.result === 'fail');
  const own = indication === 'TOTAL-FAILED' ? failures.find((c) => conclusionOf(c.id)?.indication === 'TOTAL-FAILED') : undefined;
  return own ?? failures[0] ?? null;
}

/** Warnings that a person should know of although the signature is sound, the weightiest first; text keys under `sigWarning`. */
const NOTED = [
  'MODIFIED_AFTER_SIGNING',
  'PARTIAL_COVERAGE',
  'REVOKED_AFTER_SIGNING',
  'REVOCATION_UNKNOWN',
  'TIMESTAMP_NOT_TRUSTED',
  'CLAIMED_TIME_IMPLAUSIBLE',
  'KEY_USAGE',
  'EXTENDED_KEY_USAGE',
  'WEAK_ALGORITHM',
  'ANCHOR_EXPIRED',
];

/** The one note on a sound signature; what NCALayer leaves out of every signature is none. */
export function noteOf(report: SignatureReport): string | null {
  return report.verdict === 'valid' ? (NOTED.find((code) => report.warnings.includes(code)) ?? null) : null;
}
