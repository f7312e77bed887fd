import { courtDayOf } from '../../shared/domain/court-day.ts';
import { fold } from '../../shared/domain/kk-format.ts';
import type { FilingMessage } from '../../shared/registry/index.ts';
import type { Reference } from '../reference/index.ts';
import { decisionTerm } from './decision-term.ts';
import { partiesOf } from './filer.ts';

/**
 * What the lists of the queue show, search and sort by, from what a filing says.
 * @param now UTC ISO; the calendar of its day counts
 */
export function columnsOf(reference: Reference, message: FilingMessage, now: string) {
  const term = decisionTerm(reference, message, courtDayOf(now));
  const claimant = partiesOf(message, 'claimant')[0] ?? message.parties[0];
  const respondent = partiesOf(message, 'respondent').find((p) => p !== claimant);
  return {
    claimant: claimant?.name ?? '',
    respondent: respondent?.name ?? null,
    /** What the claim is about, in the words of its filer or of who corrected it. */
    category: message.category?.trim() || null,
    searchText: searchText(message),
    dueAt: term.dueAt,
    termEdition: term.edition,
  };
}

/** Folded, so that a search finds Kazakh letters typed on a Russian layout and any case. */
function searchText(message: FilingMessage): string {
  const parties = message.parties.flatMap((p) => [p.name, p.iin ?? '', p.bin ?? '']);
  return fold([message.cabinetNumber, ...parties, message.case ?? ''].join(' ').replace(/\p{Cf}/gu, ''));
}
