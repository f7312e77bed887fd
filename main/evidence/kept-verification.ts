import type { Reading } from '../store/index.ts';
import type { Attempt } from './attempt.ts';
import type { EvidenceKind } from './keep-verification.ts';
import type { StoredFile } from './verify-stored-file.ts';

/** A verification as it was made. */
export type KeptVerification = {
  readonly id: string;
  readonly filingId: string;
  readonly documentId: string;
  /** UTC ISO. */
  readonly at: string;
  readonly receivedAt: string;
  readonly file: StoredFile;
  readonly policy: { readonly id: string; readonly version: string; readonly sha256: string };
  readonly attempts: readonly Attempt[];
  /** The report, octet for octet. */
  readonly reportText: string;
  /** In the order the verifier was given it. */
  readonly evidence: readonly { readonly kind: EvidenceKind; readonly sha256: string }[];
};

type Row = {
  id: string;
  filing_id: string;
  document_id: string;
  at: string;
  received_at: string;
  file_name: string;
  sha256: string;
  content_sha256: string | null;
  policy_id: string;
  policy_version: string;
  policy_sha256: string;
  attempts: string;
  report: string;
};

/** Every verification of a filing, the oldest first. */
export function readVerifications(read: Reading, filingId: string): KeptVerification[] {
  return read.all<Row>('SELECT * FROM verification WHERE filing_id = ? ORDER BY at, rowid', filingId).map((row) => toKept(read, row));
}

/** Null when there is none of this id. */
export function readVerification(read: Reading, id: string): KeptVerification | null {
  const row = read.get<Row>('SELECT * FROM verification WHERE id = ?', id);
  return row ? toKept(read, row) : null;
}

function toKept(read: Reading, row: Row): KeptVerification {
  return {
    id: row.id,
    filingId: row.filing_id,
    documentId: row.document_id,
    at: row.at,
    receivedAt: row.received_at,
    file: { fileName: row.file_name, sha256: row.sha256, contentSha256: row.content_sha256 },
    policy: { id: row.policy_id, version: row.policy_version, sha256: row.policy_sha256 },
    attempts: JSON.parse(row.attempts) as Attempt[],
    reportText: row.report,
    evidence: read.all<{ kind: EvidenceKind; sha256: string }>(
      'SELECT kind, sha256 FROM verification_evidence WHERE verification_id = ? ORDER BY kind, position',
      row.id,
    ),
  };
}
