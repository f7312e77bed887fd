import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { loadReference } from '../../../main/reference/index.ts';
import { loadReportLayouts, makeReport } from '../../../main/reports/index.ts';
import { openStore } from '../../../main/store/index.ts';
import { courtDayOf, type CourtDay } from '../../../shared/domain/court-day.ts';
import { tempDir } from '../../support/temp-dir.ts';

const RESOURCES = path.resolve('resources');
const before = loadReference(RESOURCES);
const layout = loadReportLayouts(RESOURCES).find(({ id }) => id === 'order')!;
const words = { say: (key: string) => key, kindName: (kind: string) => kind };
/** A Wednesday that became a day off, by an edition that counts from the Monday of that week on; the Saturday of it is worked instead. */
const [OFF, WORKED] = ['2026-11-25', '2026-11-28'];
const period = { from: '2026-11-16' as CourtDay, until: '2026-11-30' as CourtDay };
const NOW = '2026-11-30T18:00:00.000Z';

const changed = loadReference(withChange());
function withChange(): string {
  const dir = tempDir();
  cpSync(RESOURCES, dir, { recursive: true });
  const file = path.join(dir, 'reference/holidays.json');
  type Edition = { id: string; validFrom: string; daysOff: string[]; workedWeekends: string[] };
  const data = JSON.parse(readFileSync(file, 'utf8')) as { editions: Edition[] };
  const last = data.editions.at(-1)!;
  const workedWeekends = [...last.workedWeekends, WORKED];
  data.editions.push({ ...last, id: '2026-11', validFrom: '2026-11-23', daysOff: [...last.daysOff, OFF], workedWeekends });
  writeFileSync(file, JSON.stringify(data));
  return dir;
}

const opened = openStore(path.join(tempDir(), 'kense.db'), new Uint8Array(32).fill(7));
if (!opened.ok) throw new Error(opened.error.code);
const store = opened.value;
afterAll(() => store.close());

/** One filing waits from the registering of a later one until its own; answers the minutes that the report counts for it. */
async function minutesIn(reference: typeof before, since: number, until: number): Promise<number> {
  const iso = (at: number) => new Date(at).toISOString();
  store.write((tx) => {
    for (const table of ['filing_words', 'filing']) tx.run(`DELETE FROM ${table}`);
    for (const [id, received, registered] of [
      ['early', since - 20 * 3_600_000, until],
      ['late', since - 10 * 3_600_000, since],
    ] as const)
      tx.run(
        `INSERT INTO filing (id, cabinet_number, kind, language, message, state, claimant, search_text, sent_at, received_at, incoming_number, registered_at)
         VALUES (?, ?, 'claim', 'kk', '{}', 'registered', '', '', ?, ?, ?, ?)`,
        ...[id, id, iso(received), iso(received), id, iso(registered)],
      );
  });
  const made = await store.snapshot((read) => makeReport(read, layout, { reference, period, language: 'kk', asOf: NOW, words }));
  expect(made.filings).toEqual(['early']);
  const at = made.columns.findIndex(({ field }) => field === 'minutes');
  expect(made.sums['minutes']).toBe(made.rows[0]![at]!.number);
  return made.sums['minutes']!;
}

/** Counted minute by minute, 9:00 to 18:30 with a pause from 13:00 to 14:30 in the court. */
function minutesByHand(since: number, until: number, isWorked: (day: string) => boolean): number {
  let spent = 0;
  for (let at = since; at < until; at += 60_000) {
    const local = new Date(at + 5 * 3_600_000);
    const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
    const inHours = minute >= 540 && minute < 1110 && (minute < 780 || minute >= 870);
    if (inHours && isWorked(courtDayOf(new Date(at).toISOString()))) spent++;
  }
  return spent;
}
const isWeekday = (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

it('a report over a change of the calendar counts each day by the edition that counts on it, and days before the change as ever', async () => {
  const first = Date.UTC(2026, 10, 18);
  const minutes = fc.integer({ min: 0, max: 11 * 24 * 60 });
  await fc.assert(
    fc.asyncProperty(minutes, minutes, async (a, b) => {
      fc.pre(a !== b);
      const [since, until] = [first + Math.min(a, b) * 60_000, first + Math.max(a, b) * 60_000];
      expect(await minutesIn(before, since, until)).toBe(minutesByHand(since, until, isWeekday));
      const asChanged = (day: string) => day === WORKED || (day !== OFF && isWeekday(day));
      expect(await minutesIn(changed, since, until)).toBe(minutesByHand(since, until, asChanged));
    }),
    { numRuns: 60, examples: [[0, 11 * 24 * 60]] },
  );
});

it('what was over before the change reads the same whichever calendar is here', async () => {
  const [since, until] = [Date.UTC(2026, 10, 18, 5), Date.UTC(2026, 10, 20, 9)];
  expect(await minutesIn(changed, since, until)).toBe(await minutesIn(before, since, until));
  expect(await minutesIn(before, since, until)).toBeGreaterThan(0);
});
