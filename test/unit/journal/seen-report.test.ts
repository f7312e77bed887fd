import path from 'node:path';
import { expect, it } from 'vitest';
import type { CourtDay } from '../../../shared/domain/court-day.ts';
import { must } from '../../support/desk/training-office.ts';
import type { Desk } from '../../../main/core/desk.ts';
import { seenReport } from '../../../main/core/seen-report.ts';

const desk = { config: { resourcesDir: path.resolve('resources'), clock: () => '2026-11-22T05:00:00.000Z' } } as unknown as Desk;
const line = {
  ...{ seq: 1, at: '2026-11-20T20:30:00.000Z', actor: null, action: 'filing.viewed', subject: null, details: {}, wiped: false },
  table: null,
};

it('what tells who saw a person’s data says day and hour of the court, also where the day in UTC is another', () => {
  const { rows, period, title } = must(seenReport(desk, 'Әлиев', { filings: [], people: [], lines: [line], entries: 1 }, 'ru'));
  expect(title).toBe('Кто видел данные лица: Әлиев');
  expect(rows[0]![1]!.text).toBe('21.11.2026, 01:30');
  expect(period.from).toBe('2026-11-21');
});

it('a report in which the filing stood is told as such, and a file that would lack entries is not made', () => {
  const table = { report: 'incoming', from: '2026-01-01' as CourtDay, until: '2026-12-31' as CourtDay };
  const looked = { ...line, action: 'report.exported', table };
  const seen = { filings: [], people: [], lines: [looked], entries: 1 };
  const { rows } = must(seenReport(desk, 'Әлиев', seen, 'ru'));
  expect(rows[0]!.map(({ text }) => text).slice(3)).toEqual([
    'Отчёт выгружен в файл',
    'В отчёте: Журнал входящих документов, 01.01.2026 – 31.12.2026',
  ]);
  expect(seenReport(desk, 'Әлиев', { ...seen, entries: 2 }, 'ru')).toMatchObject({
    ok: false,
    error: { code: 'report-too-long', params: { rows: 2 } },
  });
});
