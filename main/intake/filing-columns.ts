import { addCourtDays, courtDayOf, endOfCourtDay } from '../../shared/domain/court-day.ts';
import { fold } from '../../shared/domain/kk-format.ts';
import type { FilingMessage } from '../../shared/registry/index.ts';
import type { Reference } from '../reference/index.ts';
import { partiesOf } from './filer.ts';

/** What the lists of the queue show, search and sort by, from what a filing says. */
export function columnsOf(reference: Reference, message: FilingMessage) {
  const claimant = partiesOf(message, 'claimant')[0] ?? message.parties[0];
  const respondent = partiesOf(message, 'respondent').find((p) => p !== claimant);
  return {
    claimant: claimant?.name ?? '',
    respondent: respondent?.name ?? null,
    searchText: searchText(message),
    dueAt: dueAt(reference, message),
  };
}

/** The term of the court's decision, counted from the day after receipt; null for kinds without a known term. */
function dueAt(reference: Reference, message: FilingMessage): string | null {
  const term = reference.kindRule(message.kind)?.term;
  const days = term ? reference.termCourtDays(term) : null;
  return days === null ? null : endOfCourtDay(addCourtDays(reference.calendar, courtDayOf(message.receivedAt), days));
}

/** Folded, so that a search finds Kazakh letters typed on a Russian layout and any case. */
function searchText(message: FilingMessage): string {
  const parties = message.parties.flatMap((p) => [p.name, p.iin ?? '', p.bin ?? '']);
  return fold([message.cabinetNumber, ...parties, message.case ?? ''].join(' ').replace(/\p{Cf}/gu, ''));
}
