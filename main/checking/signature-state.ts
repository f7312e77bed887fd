import type { SignatureState } from '../../shared/contract/index.ts';
import type { OverallVerdict, SignatureReport, VerificationReport } from '../../shared/domain/verdict.ts';
import type { DocumentRecord, Identity } from '../intake/index.ts';

/** Worst first: two questions, is it sound and is it the right person's, combined. */
const WORST_FIRST: readonly SignatureState[] = ['invalid', 'absent', 'check-signer', 'undecided', 'not-checked', 'valid'];

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
  if (reports.length === 0) return document.report ? 'absent' : 'not-checked';
  const states = reports.map((r) => stateOf(r.report.overall, r.identity));
  const unsound = states.filter((s) => s !== 'valid' && s !== 'check-signer');
  return unsound.length > 0 ? worstState(unsound) : states.includes('valid') ? 'valid' : 'check-signer';
}

/** The one reason of a signature that is not plainly valid: a text key under `sigReason`. */
export function reasonOf(report: SignatureReport, identity: Identity | null): string | null {
  if (report.verdict === 'valid') return identity === 'applicant' || identity === 'representative' ? null : 'iinMismatch';
  const failed = (id: string) => report.checks.some((c) => c.result === 'fail' && (c.reason ?? '').includes(id));
  switch (report.subIndication) {
    case 'HASH_FAILURE':
    case 'SIG_CRYPTO_FAILURE':
      return 'changed';
    case 'REVOKED':
      return 'revoked';
    case 'REVOKED_NO_POE':
      return 'revokedNoTime';
    case 'EXPIRED':
      return 'expired';
    case 'OUT_OF_BOUNDS_NO_POE':
    case 'OUT_OF_BOUNDS_NOT_REVOKED':
    case 'NO_POE':
      return 'noTime';
    case 'NOT_YET_VALID':
      return 'notYetValid';
    case 'NO_CERTIFICATE_CHAIN_FOUND':
    case 'NO_SIGNING_CERTIFICATE_FOUND':
      return 'untrusted';
    case 'CHAIN_CONSTRAINTS_FAILURE':
      return 'wrongKey';
    case 'CRYPTO_CONSTRAINTS_FAILURE':
      return failed('unsupported') ? 'algorithmUnsupported' : 'algorithmWeak';
    case 'SIGNED_DATA_NOT_FOUND':
      return 'detachedMissing';
    case 'TRY_LATER':
    case 'CERTIFICATE_CHAIN_GENERAL_FAILURE':
      return 'serviceDown';
    case 'FORMAT_FAILURE':
    case 'SIG_CONSTRAINTS_FAILURE':
    case 'TIMESTAMP_ORDER_FAILURE':
    case 'GENERIC':
    case null:
      return 'format';
  }
}
