import { addCourtDays, courtDayOf, endOfCourtDay } from '../../shared/domain/court-day.ts';
import type { FilingMessage } from '../../shared/registry/index.ts';
import type { Reference } from '../reference/index.ts';

/** The end of a term, and the edition of the calendar that it was counted by. */
export type DecisionTerm = { readonly dueAt: string | null; readonly edition: string };

/**
 * The term of the court's decision, counted from the day after receipt by the calendar that counts on a court day; no end for kinds without a known term.
 * @param on court day, `YYYY-MM-DD`
 */
export function decisionTerm(reference: Reference, message: Pick<FilingMessage, 'kind' | 'receivedAt'>, on: string): DecisionTerm {
  const term = reference.kindRule(message.kind)?.term;
  const days = term ? reference.termCourtDays(term) : null;
  const calendar = reference.calendarOn(on);
  return {
    dueAt: days === null ? null : endOfCourtDay(addCourtDays(calendar, courtDayOf(message.receivedAt), days)),
    edition: calendar.id,
  };
}
