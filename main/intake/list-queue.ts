import { courtDaysLeft, courtDayOf, endOfCourtDay } from '../../shared/domain/court-day.ts';
import { fold } from '../../shared/domain/kk-format.ts';
import { QUEUE_VIEWS, type QueueRow, type QueueView } from '../../shared/contract/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { allHeldElsewhere, toHeld, type Presence } from '../sync/index.ts';

const OPEN = "state IN ('received','checking')";
const PROBLEM = `${OPEN} AND signature IN ('invalid','absent','check-signer','undecided')`;
/** `@now` and `@endOfToday` are the instants that the views look at. */
const WHERE: Readonly<Record<QueueView, string>> = {
  open: OPEN,
  overdue: `${OPEN} AND due_at <= @now`,
  'due-today': `${OPEN} AND due_at > @now AND due_at <= @endOfToday`,
  'signature-problem': PROBLEM,
  registered: 'registered_at IS NOT NULL',
  all: '1',
};
/** Overdue first, then what is due next, then what waits longest; filings without a term come by their receipt. */
const ORDER = { work: 'due_at IS NULL, due_at, received_at, id', registered: 'registered_at DESC, id' };
const MAX_ROWS = 5000;

type Row = {
  id: string;
  cabinet_number: string;
  incoming_number: string | null;
  case_number: string | null;
  joins_case: string | null;
  kind: string;
  state: QueueRow['state'];
  flagged: number;
  intake: QueueRow['intake'];
  signature: QueueRow['signature'];
  claimant: string;
  respondent: string | null;
  documents: number;
  received_at: string;
  registered_at: string | null;
  due_at: string | null;
  confirmed_at: string | null;
  revision: number;
};

/** Rows of a view and the counts of all of them, from one moment. `search` looks through names, numbers, IIN and BIN, folded. */
export function listQueue(
  read: Reading,
  reference: Reference,
  now: string,
  view: QueueView,
  search: string,
): { rows: QueueRow[]; counts: Record<QueueView, number>; asOf: string } {
  const words = fold(search).split(/\s+/).filter(Boolean);
  const match = words.map(
    (_, i) =>
      `(instr(search_text, @w${i}) > 0 OR instr(coalesce(incoming_number, ''), @w${i}) > 0 OR instr(coalesce(case_number, ''), @w${i}) > 0)`,
  );
  const params = { now, endOfToday: endOfCourtDay(courtDayOf(now)), ...Object.fromEntries(words.map((w, i) => [`w${i}`, w])) };
  const where = [`(${WHERE[view]})`, ...match].join(' AND ');
  const rows = read.all<Row>(
    `SELECT f.*, (SELECT count(*) FROM document d WHERE d.filing_id = f.id AND d.signs IS NULL) AS documents
     FROM filing f WHERE ${where} ORDER BY ${view === 'registered' ? ORDER.registered : ORDER.work} LIMIT ${MAX_ROWS}`,
    params,
  );
  const sums = QUEUE_VIEWS.map((v) => `coalesce(sum(${WHERE[v]}), 0) AS "${v}"`).join(', ');
  const counts = read.get<Record<QueueView, number>>(`SELECT ${sums} FROM filing`, { now: params.now, endOfToday: params.endOfToday })!;
  const held = new Map(allHeldElsewhere(read, now).map((presence) => [presence.filingId, presence]));
  return { rows: rows.map((r) => toQueueRow(r, reference, now, held.get(r.id))), counts, asOf: now };
}

function toQueueRow(r: Row, reference: Reference, now: string, held: Presence | undefined): QueueRow {
  return {
    id: r.id,
    cabinetNumber: r.cabinet_number,
    incomingNumber: r.incoming_number,
    caseNumber: r.case_number ?? r.joins_case,
    kind: r.kind,
    state: r.state,
    flagged: r.flagged === 1,
    intake: r.intake,
    signature: r.signature,
    claimant: r.claimant,
    respondent: r.respondent,
    documents: r.documents,
    receivedAt: r.received_at,
    registeredAt: r.registered_at,
    dueAt: r.due_at,
    courtDaysLeft: r.due_at ? courtDaysLeft(reference.calendar, now, r.due_at) : null,
    held: held && r.registered_at === null ? toHeld(held) : null,
    confirmed: r.registered_at === null ? null : r.confirmed_at !== null,
    revision: r.revision,
  };
}

/** The next filing of the queue after one that is done, and that no other desk has; null when there is none. */
export function nextInQueue(read: Reading, afterId: string, now: string): string | null {
  return (
    read.get<{ id: string }>(
      `SELECT id FROM filing WHERE ${OPEN} AND intake <> 'arriving' AND id <> ?
         AND NOT EXISTS (SELECT 1 FROM presence p WHERE p.filing_id = filing.id AND p.until > ?) ORDER BY ${ORDER.work} LIMIT 1`,
      afterId,
      now,
    )?.id ?? null
  );
}
