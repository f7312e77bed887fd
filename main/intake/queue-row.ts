import { courtDaysLeft } from '../../shared/domain/court-day.ts';
import type { QueueRow } from '../../shared/contract/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { shownSignature } from './filing-record.ts';
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
  earlier_id: string | null;
  revision: number;
};

/** What a row of a list is made of; the long message of a filing is not among it. */
export const ROW_COLUMNS = `filing.rowid AS n, filing.id, cabinet_number, incoming_number, case_number, joins_case, kind, state, flagged, intake, signature, taken_by, claimant,
  respondent, documents, received_at, registered_at, due_at, confirmed_at, assignee, postponed_until, postpone_reason, earlier_id, revision,
  (SELECT u.name FROM app_user u WHERE u.id = filing.assignee) AS assignee_name`;

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
    courtDaysLeft: r.due_at ? courtDaysLeft(reference.calendar, now, r.due_at) : null,
    assignee: r.assignee === null ? null : { id: r.assignee, name: r.assignee_name ?? '' },
    postponed: r.postponed_until === null ? null : { until: r.postponed_until, reason: r.postpone_reason ?? '' },
    again: r.earlier_id !== null,
    held: held && r.registered_at === null ? toHeld(held) : null,
    confirmed: r.registered_at === null ? null : r.confirmed_at !== null,
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
