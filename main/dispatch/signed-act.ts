import type { Reading, Snapshot } from '../store/index.ts';

/** An act that was signed here, or that the registry holds. Drafts and acts that were set aside are none. */
export type SignedAct = {
  readonly id: string;
  readonly filingId: string;
  readonly kind: string;
  /** What an act of another kind than a ruling on the filing is called. */
  readonly title: string | null;
  readonly sha256: string;
  /** Bytes; null where an older registry did not say. */
  readonly size: number | null;
  readonly level: string | null;
  readonly signedAt: string;
  readonly signedById: string | null;
  readonly signedBy: string | null;
  readonly issued: boolean;
  /** The registry lets it be read and checked. */
  readonly dispatched: boolean;
  readonly caseNumber: string | null;
  readonly incomingNumber: string;
  readonly claimant: string;
  readonly respondent: string | null;
  readonly language: 'kk' | 'ru';
};

type Row = Omit<SignedAct, 'issued' | 'dispatched'> & { readonly issued: number; readonly dispatched: number };

/** What this desk has signed and not confirmed, and what the registry holds. */
const SIGNED = `(
  SELECT id, filing_id, kind, sha256, size, level, signed_at, signed_by, 1 AS issued, dispatched, title FROM issued_act
  UNION ALL
  SELECT id, filing_id, kind, signed_sha256, signed_size, level, signed_at, signed_by, 0, 0, title FROM act
    WHERE state = 'signed' AND set_aside_at IS NULL AND id NOT IN (SELECT id FROM issued_act)
)`;
const SELECT = `SELECT a.id, a.filing_id AS filingId, a.kind, coalesce(own.title, a.title) AS title, a.sha256, coalesce(a.size, own.signed_size) AS size, coalesce(a.level, own.level) AS level,
    a.signed_at AS signedAt, coalesce(a.signed_by, own.signed_by, f.judge_id) AS signedById, u.name AS signedBy, a.issued, a.dispatched,
    coalesce(f.case_number, f.joins_case) AS caseNumber, coalesce(f.incoming_number, '') AS incomingNumber, f.claimant, f.respondent, f.language
  FROM ${SIGNED} a JOIN filing f ON f.id = a.filing_id LEFT JOIN act own ON own.id = a.id
  LEFT JOIN app_user u ON u.id = coalesce(a.signed_by, own.signed_by, f.judge_id)`;

const toAct = (row: Row): SignedAct => ({
  ...row,
  issued: row.issued === 1,
  dispatched: row.dispatched === 1,
  language: row.language === 'ru' ? 'ru' : 'kk',
});

/** Those of one judge, or of one filing; null: of all. */
type Scope = { readonly judgeId: string | null; readonly filingId: string | null };
const IN_SCOPE = '(? IS NULL OR coalesce(a.signed_by, own.signed_by, f.judge_id) = ?) AND (? IS NULL OR a.filing_id = ?)';
const scoped = ({ judgeId, filingId }: Scope) => [judgeId, judgeId, filingId, filingId];
/** Told to nobody, or to somebody whom it has not reached. */
const OPEN = `(NOT EXISTS (SELECT 1 FROM delivery d WHERE d.subject = a.id)
  OR EXISTS (SELECT 1 FROM delivery d WHERE d.subject = a.id AND json_extract(d.content, '$.state') NOT IN ('delivered','read')))`;
const NEWEST_FIRST = 'ORDER BY a.signed_at DESC, a.id';

export const signedActs = (read: Reading, scope: Scope, limit: number): SignedAct[] =>
  read.all<Row>(`${SELECT} WHERE ${IN_SCOPE} ${NEWEST_FIRST} LIMIT ?`, ...scoped(scope), limit).map(toAct);

/** All of those that are not settled. */
export const openActs = (read: Reading, scope: Scope): SignedAct[] =>
  read.all<Row>(`${SELECT} WHERE ${IN_SCOPE} AND ${OPEN} ${NEWEST_FIRST}`, ...scoped(scope)).map(toAct);

/** Those signed from one instant on and before another, oldest first. */
export const actsSigned = (read: Reading, from: string, until: string): SignedAct[] =>
  read.all<Row>(`${SELECT} WHERE a.signed_at >= ? AND a.signed_at < ? ORDER BY a.signed_at, a.id`, from, until).map(toAct);

/** The same in no order, piece by piece. */
export async function* signedInPieces(read: Snapshot, from: string, until: string): AsyncGenerator<SignedAct[], void> {
  for await (const piece of read.pieces<Row>(`${SELECT} WHERE a.signed_at >= ? AND a.signed_at < ?`, from, until)) yield piece.map(toAct);
}

export const countActs = (read: Reading, scope: Scope): number =>
  read.get<{ n: number }>(`SELECT count(*) AS n FROM (${SELECT} WHERE ${IN_SCOPE})`, ...scoped(scope))?.n ?? 0;

export function readSignedAct(read: Reading, id: string): SignedAct | null {
  const row = read.get<Row>(`${SELECT} WHERE a.id = ?`, id);
  return row ? toAct(row) : null;
}
