import type { OpenedDocument, WindowApi } from '../../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { NOW, instant } from './fake-data.ts';
import { FILLED_REPORTS, filledReport, foundPatterns, MADE_REPORTS } from './fake-reports.ts';

type Answer = <I, O>(name: string, work: (input: I) => Result<O> | Promise<Result<O>>) => (input: I) => Promise<Result<O>>;

/** A court whose journal is empty and of which nothing is reported, unless reports are asked for. */
export const fakeOversight = (
  answer: Answer,
  openReport: (() => Promise<Result<OpenedDocument>>) | null = null,
): Pick<WindowApi, 'report' | 'journal'> => {
  const filled = openReport !== null;
  return {
    report: {
      list: answer('report.list', () => ok(filled ? [...FILLED_REPORTS] : FILLED_REPORTS.slice(0, 1))),
      make: answer('report.make', ({ id, language }) =>
        filled
          ? ok(filledReport(id, language))
          : ok({
              title: 'Түскен құжаттар журналы',
              asOf: instant(NOW),
              columns: [],
              rows: [],
              filings: [],
              total: 0,
              sums: [],
              breakdowns: [],
            }),
      ),
      save: answer('report.save', () => ok(true)),
      schedule: answer('report.schedule', () => ok({ reports: [], language: 'kk' as const })),
      setSchedule: answer('report.set-schedule', (schedule) => ok(schedule)),
      made: answer('report.made', () => ok(filled ? [...MADE_REPORTS] : [])),
      openMade: answer('report.open-made', () => (openReport === null ? fail('not-found') : openReport())),
      saveMade: answer('report.save-made', () => ok(true)),
      patterns: answer('report.patterns', ({ language }) =>
        ok(filled ? foundPatterns(language === 'ru' ? 'ru' : 'kk') : { asOf: instant(NOW), patterns: [] }),
      ),
    },
    journal: {
      list: answer('journal.list', () => ok({ lines: [], total: 0, upTo: 0, next: null })),
      people: answer('journal.people', () => ok([])),
      state: answer('journal.state', () =>
        ok({
          last: { at: instant(NOW), entries: 0, fault: null },
          progress: null,
          anchored: null,
          finding: null,
          accepted: null,
          desk: '01980000-0000-7000-8000-00000000beef',
        }),
      ),
      check: answer('journal.check', () =>
        ok({
          ...{ entries: 0, chain: 'ok' as const, brokenAt: null, fault: null, accepted: null },
          ...{ anchored: null, compared: false, finding: null },
        }),
      ),
      save: answer('journal.save', () => ok(true)),
      expired: answer('journal.expired', () => ok(null)),
      wipe: answer('journal.wipe', () => ok({ entries: 0, drafts: 0, reports: 0, filings: 0 })),
      saveSeen: answer('journal.save-seen', () => ok(true)),
      whoSaw: answer('journal.who-saw', () => ok({ filings: [], people: [] })),
    },
  };
};
