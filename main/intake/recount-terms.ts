import { courtDayOf } from '../../shared/domain/court-day.ts';
import type { Reference } from '../reference/index.ts';
import type { Store } from '../store/index.ts';
import { decisionTerm } from './decision-term.ts';

type Row = { id: string; kind: string; received_at: string; due_at: string | null; term_edition: string | null };

/**
 * Counts the terms of open filings anew when another edition of the calendar counts today: a day off that the Government moves while a term runs moves its
 * end. What is registered keeps the term and the edition it was decided by. Answers the filings whose term ends on another day now.
 */
export function recountTerms(store: Store, reference: Reference, now: string): string[] {
  const today = courtDayOf(now);
  const { id: edition } = reference.calendarOn(today);
  const rows = store.read.all<Row>(
    `SELECT id, kind, received_at, due_at, term_edition FROM filing
     WHERE state IN ('received','checking') AND due_at IS NOT NULL AND term_edition IS NOT ?`,
    edition,
  );
  if (rows.length === 0) return [];
  return store.write((tx) => {
    const moved: string[] = [];
    for (const row of rows) {
      const { dueAt } = decisionTerm(reference, { kind: row.kind, receivedAt: row.received_at }, today);
      const isMoved = dueAt !== row.due_at;
      tx.run(
        'UPDATE filing SET due_at = ?, term_edition = ?, revision = revision + ? WHERE id = ?',
        dueAt,
        edition,
        isMoved ? 1 : 0,
        row.id,
      );
      if (!isMoved) continue;
      tx.journal({
        at: now,
        actor: null,
        action: 'term.recounted',
        subject: row.id,
        details: { from: row.due_at ?? '', to: dueAt ?? '', edition },
      });
      moved.push(row.id);
    }
    return moved;
  });
}
