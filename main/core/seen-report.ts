import { dateTime } from '../../shared/domain/kk-format.ts';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { PersonReport, SeenLine } from '../journal/index.ts';
import { loadReportLayouts, sayPeriod, type Cell, type Report, type ReportLanguage } from '../reports/index.ts';
import type { Desk } from './desk.ts';
import { readTexts } from './texts.ts';

/** A file holds no more entries. */
export const MOST_SEEN = 1_000_000;

/**
 * Who saw a person's data, as a table for a file or paper: every entry, newest first. Its heading says what was asked, so
 * that nobody takes it for an answer about another. Errors: `report-too-long` where not every entry was told.
 * @param asked the name or number that was looked for.
 */
export function seenReport(desk: Desk, asked: string, seen: PersonReport, language: ReportLanguage): Result<Report> {
  if (seen.lines.length < seen.entries) return fail('report-too-long', { rows: seen.entries });
  const say = readTexts(desk.config.resourcesDir, language);
  const asOf = desk.config.clock();
  const today = courtDayOf(asOf);
  const text = (value: string): Cell => ({ text: value, number: null, instant: null });
  const first = seen.lines.at(-1);
  const titles = new Map(loadReportLayouts(desk.config.resourcesDir).map((layout) => [layout.id, layout[language]]));
  const sayTable = ({ report, ...days }: NonNullable<SeenLine['table']>) =>
    `${say('whoSaw.inTable')}: ${titles.get(report) ?? say('fairness.patterns')}, ${sayPeriod(days)}`;
  const column = (field: string, title: string, width: number) => ({ field, title: say(title), width, type: 'text' as const });
  return ok({
    ...{ id: 'who-saw', title: `${say('whoSaw.title')}: ${asked}`, language, orientation: 'landscape', by: null, asOf },
    period: { from: first ? courtDayOf(first.at) : today, until: today },
    columns: [
      column('seq', '№', 8),
      column('at', 'journalView.at', 18),
      column('actor', 'journalView.person', 26),
      column('action', 'journalView.action', 34),
      column('filing', 'journalView.subject', 20),
    ],
    rows: seen.lines.map(({ seq, at, actor, action, subject, table }) =>
      [
        String(seq),
        dateTime(at),
        actor?.name ?? say('history.program'),
        say(`journal.${action}`),
        table ? sayTable(table) : (subject?.number ?? ''),
      ].map(text),
    ),
    filings: seen.lines.map(({ subject }) => subject?.id ?? null),
    sums: {},
    breakdowns: [
      {
        title: say('journalView.person'),
        counts: seen.people.map(({ name, entries }) => ({ name: name ?? say('history.program'), count: entries })),
      },
    ],
  });
}
