import type { QueueCounts, QueueQuestion, QueueRow } from '../../shared/contract/index.ts';
import { WORK_VIEWS } from '../../shared/domain/queue-view.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { allHeldElsewhere } from '../sync/index.ts';
import { instantsOf, OPEN, queueQuery, VIEW_WHERE } from './queue-query.ts';
import { presenceByFiling, ROW_COLUMNS, toQueueRow, type StoredRow } from './queue-row.ts';

const MAX_ROWS = 5000;

/** The first rows of a view and the counts of all of them, from one moment; for whoever needs them at once and not a window that looks around. */
export function listQueue(
  read: Reading,
  reference: Reference,
  now: string,
  question: QueueQuestion,
  user: string | null = null,
): { rows: QueueRow[]; counts: QueueCounts; asOf: string } {
  const { source, where, order, params } = queueQuery(question, now, user);
  const rows = read.all<StoredRow>(`SELECT ${ROW_COLUMNS} FROM ${source} WHERE ${where} ORDER BY ${order} LIMIT ${MAX_ROWS}`, params);
  const held = presenceByFiling(allHeldElsewhere(read, now));
  return { rows: rows.map((r) => toQueueRow(r, reference, now, held.get(r.id))), counts: countViews(read, now, user), asOf: now };
}

/** How many filings each view holds, exactly. What does not depend on the day or the person is kept by the store, the rest counted in an index. */
export function countViews(read: Reading, now: string, user: string | null): QueueCounts {
  const params = instantsOf(now, user);
  const tally = read.get<{ registered: number; filings: number }>('SELECT registered, filings FROM queue_tally')!;
  const counted = ([...WORK_VIEWS, 'sent-back'] as const).map(
    (view) =>
      [
        view,
        read.get<{ n: number }>(`SELECT count(*) AS n FROM filing ${COUNTED_IN[view] ?? ''} WHERE ${VIEW_WHERE[view]}`, params)!.n,
      ] as const,
  );
  return { ...Object.fromEntries(counted), registered: tally.registered, all: tally.filings } as QueueCounts;
}
/** The smallest index that holds what the view looks at. */
const COUNTED_IN: Readonly<Partial<Record<keyof QueueCounts, string>>> = {
  mine: 'INDEXED BY filing_open_assignee',
  unassigned: 'INDEXED BY filing_open_assignee',
  open: 'INDEXED BY filing_open_signature',
  overdue: 'INDEXED BY filing_open_due',
  'due-today': 'INDEXED BY filing_open_due',
  'signature-problem': 'INDEXED BY filing_open_signature',
  'returned-again': 'INDEXED BY filing_by_earlier',
  'sent-back': 'INDEXED BY filing_done_sent_back',
};

/**
 * The next filing of the queue after one that is done, for a person: assigned to him or to nobody, not put off, whole, and nobody else has it open.
 * Null when there is none.
 */
export function nextInQueue(read: Reading, afterId: string | null, now: string, user: string): string | null {
  return (
    read.get<{ id: string }>(
      `SELECT id FROM filing INDEXED BY filing_open WHERE ${OPEN} AND (assignee = @user OR assignee IS NULL) AND (postponed_until IS NULL OR postponed_until <= @now)
         AND id IS NOT @afterId AND intake <> 'arriving' AND NOT EXISTS (SELECT 1 FROM presence p WHERE p.filing_id = filing.id AND p.until > @now)
       ORDER BY due_at IS NULL, due_at, received_at, id LIMIT 1`,
      { now, user, afterId },
    )?.id ?? null
  );
}
