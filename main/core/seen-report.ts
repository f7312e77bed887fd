import { dateTime } from '../../shared/domain/kk-format.ts';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import type { PersonReport } from '../journal/index.ts';
import type { Cell, Report, ReportLanguage } from '../reports/index.ts';
import type { Desk } from './desk.ts';
import { readTexts } from './texts.ts';

/** Who saw a person's data, as a table for a file or paper: every entry, newest first. The person is not named in it. */
export function seenReport(desk: Desk, seen: PersonReport, language: ReportLanguage): Report {
  const say = readTexts(desk.config.resourcesDir, language);
  const asOf = desk.config.clock();
  const today = courtDayOf(asOf);
  const text = (value: string): Cell => ({ text: value, number: null, instant: null });
  const first = seen.lines.at(-1);
  const column = (field: string, title: string, width: number) => ({ field, title: say(title), width, type: 'text' as const });
  return {
    ...{ id: 'who-saw', title: say('whoSaw.title'), language, orientation: 'landscape', by: null, asOf },
    period: { from: first ? courtDayOf(first.at) : today, until: today },
    columns: [
      column('seq', '№', 8),
      column('at', 'journalView.at', 18),
      column('actor', 'journalView.person', 26),
      column('action', 'journalView.action', 34),
      column('filing', 'journalView.subject', 20),
    ],
    rows: seen.lines.map(({ seq, at, actor, action, subject }) =>
      [String(seq), dateTime(at), actor?.name ?? say('history.program'), say(`journal.${action}`), subject?.number ?? ''].map(text),
    ),
    filings: seen.lines.map(({ subject }) => subject?.id ?? null),
    sums: {},
    breakdowns: [
      {
        title: say('journalView.person'),
        counts: seen.people.map(({ name, entries }) => ({ name: name ?? say('history.program'), count: entries })),
      },
    ],
  };
}
