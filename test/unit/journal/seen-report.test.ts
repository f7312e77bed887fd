import path from 'node:path';
import { expect, it } from 'vitest';
import type { Desk } from '../../../main/core/desk.ts';
import { seenReport } from '../../../main/core/seen-report.ts';

it('what tells who saw a person’s data says day and hour of the court, also where the day in UTC is another', () => {
  const desk = { config: { resourcesDir: path.resolve('resources'), clock: () => '2026-11-22T05:00:00.000Z' } } as unknown as Desk;
  const line = { seq: 1, at: '2026-11-20T20:30:00.000Z', actor: null, action: 'filing.viewed', subject: null, details: {}, wiped: false };
  const { rows, period } = seenReport(desk, { filings: [], people: [], lines: [line], entries: 1 }, 'ru');
  expect(rows[0]![1]!.text).toBe('21.11.2026, 01:30');
  expect(period.from).toBe('2026-11-21');
});
