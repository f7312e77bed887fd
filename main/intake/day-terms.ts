import { endOfCourtDay, startOfCourtDay, type CourtDay } from '../../shared/domain/court-day.ts';
import type { QueueFilter } from '../../shared/contract/index.ts';

type DayFilter = Pick<QueueFilter, 'received' | 'registered' | 'due' | 'receivedWeekday' | 'receivedHour' | 'judge'>;

/** Instants are compared as text, with and without thousandths; without the last letter each of both comes after the beginning of its second. */
export const sinceDay = (day: string): string => startOfCourtDay(day).replace(/Z$/, '');
export const untilDay = (day: string): string => endOfCourtDay(day as CourtDay).replace(/Z$/, '');

/** Filings of days, of an hour, of a judge, as SQL whose parameters are those of `dayParams`. */
export function dayTerms({ received, registered, due, receivedWeekday, receivedHour, judge }: DayFilter): string[] {
  return [
    ...(received ? ['received_at >= @receivedFrom AND received_at < @receivedUntil'] : []),
    ...(registered ? ['registered_at >= @registeredFrom AND registered_at < @registeredUntil'] : []),
    // a term ends with its last day, at the very instant at which the next one begins
    ...(due ? ['due_at > @dueFrom AND due_at <= @dueUntil'] : []),
    ...(receivedWeekday === undefined ? [] : ["strftime('%w', received_at, '+5 hours') = @receivedWeekday"]),
    ...(receivedHour === undefined ? [] : ["strftime('%H', received_at, '+5 hours') = @receivedHour"]),
    ...(judge === undefined ? [] : ['judge_id = @judge']),
  ];
}

export function dayParams({ received, registered, due, receivedWeekday, receivedHour, judge }: DayFilter): Record<string, string> {
  return {
    ...(received && { receivedFrom: sinceDay(received.from), receivedUntil: untilDay(received.until) }),
    ...(registered && { registeredFrom: sinceDay(registered.from), registeredUntil: untilDay(registered.until) }),
    ...(due && { dueFrom: startOfCourtDay(due.from), dueUntil: endOfCourtDay(due.until as CourtDay) }),
    ...(receivedWeekday !== undefined && { receivedWeekday: String(receivedWeekday % 7) }),
    ...(receivedHour !== undefined && { receivedHour: String(receivedHour).padStart(2, '0') }),
    ...(judge !== undefined && { judge }),
  };
}
