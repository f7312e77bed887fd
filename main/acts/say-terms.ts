import type { RunningTerm } from '../../shared/contract/index.ts';
import { courtDayOf, courtDaysLeft } from '../../shared/domain/court-day.ts';
import { termEnd } from '../../shared/domain/term-end.ts';
import type { Delivery } from '../../shared/registry/index.ts';
import { partiesOf, type FilingRecord, type KeptDecision } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';

/** Terms as they run now, with their names and their clauses. */
export const sayTerms = (reference: Reference, terms: KeptDecision['decision']['terms'], now: string): RunningTerm[] =>
  terms.map(({ id, dueAt }) => ({
    ...nameOf(reference, id),
    dueAt,
    courtDaysLeft: courtDaysLeft(reference.calendarOn(courtDayOf(now)), now, dueAt),
  }));

function nameOf(reference: Reference, id: string): Pick<RunningTerm, 'id' | 'nameKk' | 'nameRu' | 'source'> {
  const known = reference.term(id);
  return { id, nameKk: known?.nameKk ?? id, nameRu: known?.nameRu ?? id, source: known?.source ?? '' };
}

/** The terms of a signed act that begin when the respondent gets it: those that run, and those that wait for it. */
export function termsFromDelivery(
  read: Reading,
  reference: Reference,
  {
    filing,
    act,
    now,
  }: { readonly filing: FilingRecord; readonly act: { readonly id: string; readonly kind: string }; readonly now: string },
): { readonly running: RunningTerm[]; readonly waiting: ReturnType<typeof nameOf>[] } {
  const kind = reference.actKind(act.kind);
  // what the act was made for holds on, whatever state the filing is in now
  const offer = kind?.offers.find(({ filings }) => filings.includes('*') || filings.includes(filing.kind));
  const ids = (offer?.terms ?? []).filter(({ from }) => from === 'delivery').map(({ id }) => id);
  if (ids.length === 0) return { running: [], waiting: [] };
  const got = dayOfDelivery(read, filing, act.id);
  if (got === null) return { running: [], waiting: ids.map((id) => nameOf(reference, id)) };
  const terms = ids.flatMap((id) => {
    const term = reference.term(id);
    return term ? [{ id, dueAt: termEnd(reference.calendarOn(courtDayOf(now)), courtDayOf(got), term) }] : [];
  });
  return { running: sayTerms(reference, terms, now), waiting: [] };
}

/** When the last respondent got the act; null while one of them has not. */
function dayOfDelivery(read: Reading, filing: FilingRecord, actId: string): string | null {
  const deliveries = read
    .all<{ content: string }>('SELECT content FROM delivery WHERE subject = ?', actId)
    .map(({ content }) => JSON.parse(content) as Delivery);
  const got = partiesOf(filing.message, 'respondent').map(({ name }) => {
    const attempts = deliveries.filter((delivery) => delivery.name === name).flatMap((delivery) => delivery.attempts ?? []);
    return attempts.find(({ outcome }) => outcome === 'delivered' || outcome === 'read')?.at ?? null;
  });
  if (got.length === 0 || got.includes(null)) return null;
  return (
    got
      .filter((at) => at !== null)
      .sort((a, b) => Date.parse(a) - Date.parse(b))
      .at(-1) ?? null
  );
}
