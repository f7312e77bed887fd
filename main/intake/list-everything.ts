import type { Reading } from '../store/index.ts';
import { shownSignature } from './filing-record.ts';
import { queueQuery } from './queue-query.ts';
import type { StoredRow } from './queue-row.ts';

type Row = Pick<
  StoredRow,
  | 'id'
  | 'cabinet_number'
  | 'kind'
  | 'state'
  | 'received_at'
  | 'due_at'
  | 'incoming_number'
  | 'case_number'
  | 'joins_case'
  | 'flagged'
  | 'intake'
  | 'signature'
  | 'taken_by'
  | 'registered_at'
  | 'confirmed_at'
> & { readonly verdict: string | null };
const COLUMNS = `filing.id, cabinet_number, kind, state, verdict, received_at, due_at, incoming_number, case_number, joins_case, flagged, intake,
  signature, taken_by, registered_at, confirmed_at`;

/** Every filing of the desk, read once: the open ones by their term, then the registered ones, the last first. */
export function listEverything(read: Reading, now: string) {
  const rows = (view: 'open' | 'registered'): Row[] => {
    const { source, where, order, params } = queueQuery({ view }, now, null);
    return read.all<Row>(`SELECT ${COLUMNS} FROM ${source} WHERE ${where} ORDER BY ${order}`, params);
  };
  return [...rows('open'), ...rows('registered')].map((r) => ({
    id: r.id,
    cabinetNumber: r.cabinet_number ?? '',
    kind: r.kind,
    state: r.state,
    verdict: r.verdict,
    receivedAt: r.received_at,
    dueAt: r.due_at,
    incomingNumber: r.incoming_number,
    caseNumber: r.case_number ?? r.joins_case,
    flagged: r.flagged === 1,
    intake: r.intake,
    signature: shownSignature(r),
    confirmed: r.registered_at === null ? null : r.confirmed_at !== null,
  }));
}
