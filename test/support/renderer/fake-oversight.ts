import type { WindowApi } from '../../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { NOW, instant } from './fake-data.ts';

type Answer = <I, O>(name: string, work: (input: I) => Result<O> | Promise<Result<O>>) => (input: I) => Promise<Result<O>>;

/** A court of which nothing is reported and whose journal is empty. */
export const fakeOversight = (answer: Answer): Pick<WindowApi, 'report' | 'journal'> => ({
  report: {
    list: answer('report.list', () =>
      ok([
        { id: 'incoming', section: 'reports' as const, kk: 'Түскен құжаттар журналы', ru: 'Журнал входящих документов', breakdowns: [] },
      ]),
    ),
    make: answer('report.make', () =>
      ok({ title: 'Түскен құжаттар журналы', asOf: instant(NOW), columns: [], rows: [], filings: [], total: 0, sums: [], breakdowns: [] }),
    ),
    save: answer('report.save', () => ok(true)),
    schedule: answer('report.schedule', () => ok({ reports: [], language: 'kk' as const })),
    setSchedule: answer('report.set-schedule', (schedule) => ok(schedule)),
    made: answer('report.made', () => ok([])),
    openMade: answer('report.open-made', () => fail('not-found')),
    saveMade: answer('report.save-made', () => ok(true)),
    patterns: answer('report.patterns', () => ok({ asOf: instant(NOW), patterns: [] })),
  },
  journal: {
    list: answer('journal.list', () => ok({ lines: [], total: 0, upTo: 0, next: null })),
    people: answer('journal.people', () => ok([])),
    state: answer('journal.state', () =>
      ok({ last: { at: instant(NOW), entries: 0, fault: null }, progress: null, anchored: null, finding: null, desk: 'desk' }),
    ),
    check: answer('journal.check', () =>
      ok({ entries: 0, chain: 'ok' as const, brokenAt: null, fault: null, anchored: null, compared: false, finding: null }),
    ),
    save: answer('journal.save', () => ok(true)),
    expired: answer('journal.expired', () => ok(null)),
    wipe: answer('journal.wipe', () => ok({ entries: 0, drafts: 0, filings: 0 })),
    saveSeen: answer('journal.save-seen', () => ok(true)),
    whoSaw: answer('journal.who-saw', () => ok({ filings: [], people: [] })),
  },
});
