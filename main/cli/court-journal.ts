import { endOfCourtDay, startOfCourtDay } from '../../shared/domain/court-day.ts';
import { ADMINISTRATION_PAGE, type AdministrationPage, type AdministrationQuestion } from '../../shared/registry/index.ts';
import { UsageError } from './cli-io.ts';
import { dayOption } from './day-option.ts';

export type CourtJournalOptions = Partial<Record<'from' | 'until' | 'action' | 'before' | 'limit', string>>;

/** What `court journal` asks for: whole days of the court, an action or its first part, and from where on. */
export function courtJournalQuestion({ from, until, action, before, limit }: CourtJournalOptions): Partial<AdministrationQuestion> {
  return {
    ...(from === undefined ? {} : { from: startOfCourtDay(dayOption(from, '--from')) }),
    ...(until === undefined ? {} : { until: endOfCourtDay(dayOption(until, '--until')) }),
    ...(action === undefined ? {} : { action }),
    ...(before === undefined ? {} : { before: count(before, '--before', Number.MAX_SAFE_INTEGER) }),
    ...(limit === undefined ? {} : { limit: count(limit, '--limit', ADMINISTRATION_PAGE) }),
  };
}

function count(text: string, option: string, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most) throw new UsageError(`${option} needs a number from 1 to ${most}`);
  return number;
}

/** A page as lines: who did what at which workstation, then each thing that is another than it was. */
export function courtJournalLines({ entries, nextBefore }: AdministrationPage): string {
  const lines = entries.flatMap(({ position, at, action, subject, by, workstation, before, after }) => [
    `${position} ${at} ${action} ${subject} by ${by?.name ?? 'the operator'}${workstation === null ? '' : ` at ${workstation.name}`}`,
    ...[...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
      .map((member) => ({ member, was: JSON.stringify(before?.[member] ?? null), is: JSON.stringify(after?.[member] ?? null) }))
      .filter(({ was, is }) => was !== is)
      .map(({ member, was, is }) => `  ${member}: ${was} -> ${is}`),
  ]);
  return [...lines, ...(nextBefore === null ? [] : [`older: --before ${nextBefore}`]), ''].join('\n');
}
