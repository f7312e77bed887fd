import type { FilingState } from '../../shared/domain/filing-status.ts';
import type { OverallVerdict, VerificationReport } from '../../shared/domain/verdict.ts';
import type { DocumentView, SignatureState } from '../../shared/contract/index.ts';
import { filingMessageSchema, type FilingMessage } from '../../shared/registry/index.ts';
import type { Reading } from '../store/index.ts';
import { correctedMessage } from './correct-filing.ts';

/** A filing as it lies in the store, parsed once at this edge. */
export type FilingRecord = {
  readonly id: string;
  /** Empty for a filing that was taken on paper here and of which the registry has not answered yet. */
  readonly cabinetNumber: string;
  readonly kind: string;
  readonly language: 'kk' | 'ru';
  /** As the office has corrected it last; the store keeps what the filer sent. */
  readonly message: FilingMessage;
  readonly state: FilingState;
  readonly flagged: boolean;
  readonly intake: 'arriving' | 'ready' | 'damaged';
  readonly signature: SignatureState;
  readonly verdict: OverallVerdict | null;
  readonly claimant: string;
  readonly respondent: string | null;
  readonly dueAt: string | null;
  /** Edition of the calendar that the term was counted by; null before it was kept. */
  readonly termEdition: string | null;
  readonly incomingNumber: string | null;
  readonly caseNumber: string | null;
  readonly joinsCase: string | null;
  readonly registeredAt: string | null;
  /** At whichever desk of the court. */
  readonly registeredBy: string | null;
  readonly confirmedAt: string | null;
  readonly judgeId: string | null;
  /** The filing that the court sent back and this one mends. */
  readonly earlierId: string | null;
  readonly recheckAt: string | null;
  readonly recheckCount: number;
  readonly revision: number;
};

export type Identity = 'applicant' | 'representative' | 'other' | 'unknown';

/** A signature file of a document, with the last report on it. */
export type SignatureFile = {
  readonly id: string;
  readonly fileName: string;
  readonly size: number;
  readonly sha256: string;
  readonly state: DocumentView['state'];
  readonly report: VerificationReport | null;
  readonly identity: Identity | null;
};
export type DocumentRecord = {
  readonly id: string;
  readonly position: number;
  readonly role: string;
  readonly title: string;
  readonly fileName: string;
  readonly size: number;
  readonly sha256: string;
  readonly state: DocumentView['state'];
  readonly contentType: DocumentView['contentType'];
  readonly pages: number | null;
  readonly report: VerificationReport | null;
  readonly identity: Identity | null;
  /** Of the papers that it was handed in with later; null for what came with the filing. */
  readonly annexId: string | null;
  readonly signatures: readonly SignatureFile[];
};

type FilingRow = {
  id: string;
  cabinet_number: string | null;
  kind: string;
  language: string;
  message: string;
  state: FilingState;
  flagged: number;
  intake: FilingRecord['intake'];
  signature: KeptSignature;
  taken_by: string | null;
  verdict: OverallVerdict | null;
  claimant: string;
  respondent: string | null;
  due_at: string | null;
  term_edition: string | null;
  incoming_number: string | null;
  case_number: string | null;
  joins_case: string | null;
  registered_at: string | null;
  registered_by: string | null;
  confirmed_at: string | null;
  judge_id: string | null;
  earlier_id: string | null;
  recheck_at: string | null;
  recheck_count: number;
  revision: number;
};

/** In the database a filing whose sender signed on paper counts among those that nothing is wrong with. */
type KeptSignature = Exclude<SignatureState, 'on-paper'>;
export const shownSignature = ({
  signature,
  taken_by,
}: {
  readonly signature: KeptSignature;
  readonly taken_by: string | null;
}): SignatureState => (signature === 'valid' && taken_by !== null ? 'on-paper' : signature);

export function readFiling(read: Reading, id: string): FilingRecord | null {
  const r = read.get<FilingRow>('SELECT * FROM filing WHERE id = ?', id);
  if (!r) return null;
  return {
    id: r.id,
    cabinetNumber: r.cabinet_number ?? '',
    kind: r.kind,
    language: r.language === 'ru' ? 'ru' : 'kk',
    message: correctedMessage(read, r.id, filingMessageSchema.parse(JSON.parse(r.message))),
    state: r.state,
    flagged: r.flagged === 1,
    intake: r.intake,
    signature: shownSignature(r),
    verdict: r.verdict,
    claimant: r.claimant,
    respondent: r.respondent,
    dueAt: r.due_at,
    termEdition: r.term_edition,
    incomingNumber: r.incoming_number,
    caseNumber: r.case_number,
    joinsCase: r.joins_case,
    registeredAt: r.registered_at,
    registeredBy: r.registered_by,
    confirmedAt: r.confirmed_at,
    judgeId: r.judge_id,
    earlierId: r.earlier_id,
    recheckAt: r.recheck_at,
    recheckCount: r.recheck_count,
    revision: r.revision,
  };
}

type DocumentRow = {
  id: string;
  position: number;
  signs: string | null;
  role: string;
  title: string;
  file_name: string;
  size: number;
  sha256: string;
  state: DocumentView['state'];
  content_type: DocumentView['contentType'];
  pages: number | null;
  report: string | null;
  identity: Identity | null;
  annex_id: string | null;
};

export function readDocuments(read: Reading, filingId: string): DocumentRecord[] {
  const rows = read.all<DocumentRow>('SELECT * FROM document WHERE filing_id = ? ORDER BY position', filingId);
  const parseReport = (r: DocumentRow) => (r.report ? readReport(r.report) : null);
  const signaturesOf = (id: string): SignatureFile[] =>
    rows
      .filter((r) => r.signs === id)
      .map((r) => ({
        id: r.id,
        fileName: r.file_name,
        size: r.size,
        sha256: r.sha256,
        state: r.state,
        report: parseReport(r),
        identity: r.identity,
      }));
  return rows
    .filter((r) => r.signs === null)
    .map((r) => ({
      id: r.id,
      position: r.position,
      role: r.role,
      title: r.title,
      fileName: r.file_name,
      size: r.size,
      sha256: r.sha256,
      state: r.state,
      contentType: r.content_type,
      pages: r.pages,
      report: parseReport(r),
      identity: r.identity,
      annexId: r.annex_id,
      signatures: signaturesOf(r.id),
    }));
}

/** A stored report in the shape of this version: older ones say nothing of timestamps, receipts and versions of a policy by day. */
function readReport(json: string): VerificationReport {
  const report = JSON.parse(json) as VerificationReport;
  const before = { timestamps: [], boundedByReceipt: false, policyVersion: report.policy.version };
  return { ...report, signatures: report.signatures.map((s) => ({ ...before, ...s })) };
}
