import { numberYear } from '../registration/index.ts';
import type { NumberNeed } from '../sync/index.ts';
import type { Desk } from './desk.ts';

/** What the filings that are held here would take of the series of this year; in December also those of the next, so that the first of January finds numbers without a line. */
export function numbersNeeded(desk: Desk): NumberNeed[] {
  const now = desk.config.clock();
  const nextMonth = new Date(Date.parse(now) + 31 * 24 * 3_600_000).toISOString();
  const years = [...new Set([numberYear(now), numberYear(nextMonth)])];
  const kinds = desk.store.read.all<{ kind: string; n: number }>(
    'SELECT kind, count(*) AS n FROM filing JOIN lease ON lease.filing_id = filing.id WHERE registered_at IS NULL GROUP BY kind',
  );
  const opens = (kind: string, typeIndex: string) => desk.reference.kindRule(kind)?.typeIndex === typeIndex;
  const held = (counts: (kind: string) => boolean) => kinds.filter(({ kind }) => counts(kind)).reduce((sum, { n }) => sum + n, 0);
  return years.flatMap((year) => [
    { series: 'incoming' as const, year, typeIndex: '', held: held(() => true) },
    ...desk.reference
      .caseTypeIndexes()
      .map((typeIndex) => ({ series: 'case' as const, year, typeIndex, held: held((kind) => opens(kind, typeIndex)) })),
  ]);
}
