import { courtDayOf, courtDaysLeft } from '../../shared/domain/court-day.ts';
import type { QueueRow } from '../../shared/contract/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { shownSignature } from './filing-record.ts';
import { VIEW_WHERE } from './queue-query.ts';
import { toHeld, type Presence } from '../sync/index.ts';

export type StoredRow = {
  n: number;
  id: string;
  cabinet_number: string | null;
  incoming_number: string | null;
  case_number: string | null;
  joins_case: string | null;
  kind: string;
  state: QueueRow['state'];
  flagged: number;
  intake: QueueRow['intake'];
  signature: Exclude<QueueRow['signature'], 'on-paper'>;
  taken_by: string | null;
  claimant: string;
  respondent: string | null;
  documents: number;
  received_at: string;
  registered_at: string | null;
  due_at: string | null;
  confirmed_at: string | null;
  assignee: string | null;
  assignee_name: string | null;
  postponed_until: string | null;
  postpone_reason: string | null;
  notes: number;
  earlier_id: string | null;
  revision: number;
  judge: string | null;
  /** JSON; null before it is registered. */
  talon: string | null;
  sent_back: string | null;
};

const SENT_BACK = VIEW_WHERE['sent-back'];
/** What a row of a list is made of; the long message of a filing is not among it. */
export const ROW_COLUMNS = `filing.rowid AS n, filing.id, cabinet_number, incoming_number, case_number, joins_case, kind, state, flagged, intake, signature, taken_by, claimant,
  respondent, documents, received_at, registered_at, due_at, confirmed_at, assignee, postponed_until, postpone_reason, earlier_id, revision,
  (SELECT u.name FROM app_user u WHERE u.id = filing.assignee) AS assignee_name,
  (SELECT count(*) FROM filing_note n WHERE n.filing_id = filing.id AND n.withdrawn_at IS NULL) AS notes,
  (SELECT u.name FROM app_user u WHERE u.id = filing.judge_id) AS judge,
  (SELECT json_object('drawn', json(iif(t.sha256 IS NULL, 'false', 'true')), 'prints',
     (SELECT count(*) FROM talon_print p WHERE p.filing_id = t.filing_id AND p.incoming_number = filing.incoming_number))
     FROM talon t WHERE t.filing_id = filing.id) AS talon,
  CASE WHEN ${SENT_BACK} THEN json_object(
    'decision', CASE state WHEN 'returned' THEN 'return' WHEN 'refused' THEN 'refuse' WHEN 'transferred' THEN 'transfer'
      ELSE coalesce((SELECT decision FROM proposal WHERE filing_id = filing.id), 'return') END,
    'stage', CASE WHEN state <> 'with-judge' THEN 'signed'
      WHEN EXISTS (SELECT 1 FROM act a WHERE a.filing_id = filing.id AND a.sent_back_at IS NOT NULL) THEN 'with-office' ELSE 'proposed' END,
    'mendedBy', json((SELECT json_object('id', m.id, 'cabinetNumber', coalesce(m.cabinet_number, ''), 'state', m.state) FROM filing m
      WHERE m.earlier_id = filing.id ORDER BY m.received_at DESC LIMIT 1))) END AS sent_back`;

export function toQueueRow(r: StoredRow, reference: Reference, now: string, held: Presence | undefined): QueueRow {
  return {
    id: r.id,
    cabinetNumber: r.cabinet_number ?? '',
    incomingNumber: r.incoming_number,
    caseNumber: r.case_number ?? r.joins_case,
    kind: r.kind,
    state: r.state,
    flagged: r.flagged === 1,
    intake: r.intake,
    signature: shownSignature(r),
    claimant: r.claimant,
    respondent: r.respondent,
    documents: r.documents,
    receivedAt: r.received_at,
    registeredAt: r.registered_at,
    dueAt: r.due_at,
    courtDaysLeft: r.due_at ? courtDaysLeft(reference.calendarOn(courtDayOf(now)), now, r.due_at) : null,
    assignee: r.assignee === null ? null : { id: r.assignee, name: r.assignee_name ?? '' },
    postponed: r.postponed_until === null ? null : { until: r.postponed_until, reason: r.postpone_reason ?? '' },
    notes: r.notes,
    again: r.earlier_id !== null,
    held: held && r.registered_at === null ? toHeld(held) : null,
    confirmed: r.registered_at === null ? null : r.confirmed_at !== null,
    judge: r.judge,
    talon: r.talon === null ? null : (JSON.parse(r.talon) as QueueRow['talon']),
    sentBack: r.sent_back === null ? null : (JSON.parse(r.sent_back) as QueueRow['sentBack']),
    revision: r.revision,
  };
}

/** Who has which filing at another desk, by the id of the filing. */
export function presenceByFiling(held: readonly Presence[]): ReadonlyMap<string, Presence> {
  return new Map(held.map((presence) => [presence.filingId, presence]));
}

/** Loose row numbers, which hold while the process runs, as rows in the same order; null for what is gone. */
export function rowsAt(read: Reading, numbers: readonly number[]): (StoredRow | null)[] {
  const rows = read.all<StoredRow>(
    `SELECT ${ROW_COLUMNS} FROM filing WHERE filing.rowid IN (SELECT value FROM json_each(?))`,
    JSON.stringify(numbers),
  );
  const byNumber = new Map(rows.map((row) => [row.n, row]));
  return numbers.map((n) => byNumber.get(n) ?? null);
}
