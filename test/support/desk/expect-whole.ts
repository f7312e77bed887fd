import { expect } from 'vitest';
import { checkHistory, compareWithRegistry, outboxOf, type Desk } from '../../../main/core/index.ts';
import { must } from './training-office.ts';

/**
 * After whatever happened: nothing waits, nothing was refused, nothing is lost, nothing is there twice, the journal and the feed are
 * whole, and both sides hold the same. `filings`: how many were submitted in all.
 */
export async function expectWhole(desk: Desk, filings: number): Promise<void> {
  const { read } = desk.store;
  expect(outboxOf(desk)).toMatchObject({ waiting: 0, parked: [] });
  expect(must(await compareWithRegistry(desk))).toEqual({ filings, differences: [] });
  expect(must(await checkHistory(desk))).toMatchObject({ chain: 'ok', compared: true, finding: null });
  expect(read.all("SELECT id FROM document WHERE state <> 'stored'")).toEqual([]);
  expect(read.all("SELECT id FROM filing WHERE intake <> 'ready' OR (registered_at IS NOT NULL AND confirmed_at IS NULL)")).toEqual([]);
  expect(
    read.all(
      `SELECT subject, action FROM journal
       WHERE action IN ('filing.received', 'filing.registered', 'filing.confirmed', 'talon.made', 'talon.issued')
       GROUP BY subject, action HAVING count(*) <> 1`,
    ),
  ).toEqual([]);
  expect(
    read.all(
      'SELECT a.id FROM number_block a JOIN number_block b USING (series, year, type_index) WHERE a.id < b.id AND a.first <= b.last AND b.first <= a.last',
    ),
  ).toEqual([]);
}
