import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readExpired, wipeExpired, type WipeParts } from '../../../main/journal/index.ts';
import { createBlobStore, openStore, type Store } from '../../../main/store/index.ts';
import { tempDir } from '../../support/temp-dir.ts';

const NOW = '2026-11-20T06:00:00.000Z';
const YEARS = 5;
const DAY = 86_400_000;
const KEY = new Uint8Array(32).fill(9);
const at = (daysAgo: number) => new Date(Date.parse(NOW) - daysAgo * DAY).toISOString();

/** A journal of such times, the n-th by `user<n>`, and the work on it. */
function journalOf(times: readonly string[]) {
  const folder = tempDir();
  const made = openStore(path.join(folder, 'kense.db'), KEY);
  if (!made.ok) throw new Error(made.error.code);
  const store: Store = made.value;
  times.forEach((time, n) =>
    store.write((tx) => tx.journal({ at: time, actor: `user${n}`, action: 'filing.viewed', subject: `filing${n}`, details: {} })),
  );
  const parts: WipeParts = {
    ...{ store, blobs: createBlobStore({ dir: path.join(folder, 'documents'), key: KEY }), clock: () => NOW, confirmedAt: NOW },
    terms: () => ({ journalYears: YEARS, draftMonths: 12, reportYears: YEARS, filingYears: 10, filingYearsByKind: {} }),
  };
  return {
    store,
    limit: async () => (await readExpired(parts))!.journal.before,
    /** Which of them have lost their contents then. */
    wipe: async (over: Partial<WipeParts> = {}) => {
      const { journal } = (await readExpired({ ...parts, ...over }))!;
      const seen = { entries: journal.entries, drafts: 0, reports: 0, filings: 0 };
      const wiped = await wipeExpired({ ...parts, ...over }, { actor: 'head', reason: 'мерзімі өтті', seen });
      expect(wiped.ok).toBe(journal.entries > 0);
      expect(store.checkJournal()).toMatchObject({ chain: 'ok' });
      const left = new Set(store.read.all<{ actor: string | null }>('SELECT actor FROM journal').map(({ actor }) => actor));
      return times.flatMap((_, n) => (left.has(`user${n}`) ? [] : [n]));
    },
  };
}

it('one leap of the clock to a far year keeps nothing for ever: what was noted meanwhile is as old as what was noted after it', async () => {
  const journal = journalOf([at(2800), '2090-01-01T00:00:00.000Z', '2090-01-02T00:00:00.000Z', at(2799), at(2000), at(10), at(9)]);
  expect(await journal.wipe()).toEqual([0, 1, 2, 3, 4]);
  journal.store.close();
});

it('a leap after which nothing was noted yet, or nothing old, stays', async () => {
  for (const [times, gone] of [
    [[at(2800), '2090-01-01T00:00:00.000Z'], [0]],
    [[at(2800), '2090-01-01T00:00:00.000Z', at(3)], [0]],
    [[at(3), '2090-01-01T00:00:00.000Z', at(2)], []],
  ] as const) {
    const journal = journalOf(times);
    expect(await journal.wipe()).toEqual(gone);
    journal.store.close();
  }
});

it('a clock that is ahead while somebody wipes makes nothing old, and believes the year to which it had leapt', async () => {
  const journal = journalOf([at(2800), '2090-01-01T00:00:00.000Z', at(2799), at(10)]);
  expect(await journal.wipe({ clock: () => '2091-01-01T00:00:00.000Z' })).toEqual([0]);
  expect(await journal.wipe()).toEqual([0, 1, 2]);
  journal.store.close();
});

it('what was noted after the clock was set back is as old as what was noted once it was right again', async () => {
  const back = ['2016-05-01T00:00:00.000Z', '2016-05-02T00:00:00.000Z'];
  const young = journalOf([at(2800), ...back, at(10)]);
  expect(await young.wipe()).toEqual([0]);
  young.store.close();
  const old = journalOf([at(2800), ...back, at(2000), at(10)]);
  expect(await old.wipe()).toEqual([0, 1, 2, 3]);
  old.store.close();
});

/** By how the clock stood: right, leapt to a year that has not come, or set back behind what it had said when it was right. */
const clock = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 20_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -4000, max: -1 }) },
);

it('property: however the clock leaps, nothing goes before its true term, and what was noted no later than something old goes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ days: fc.integer({ min: 1, max: 400 }), clock }), { maxLength: 30 }), async (made) => {
      // true times, the last of them lately; the clock is right at the beginning and at the end
      const entries = [{ days: 1, clock: 0 }, ...made, { days: 1, clock: 0 }];
      let ago = entries.reduce((sum, { days }) => sum + days, 0);
      let right = ago;
      const all = entries.map(({ days, clock: leap }) => {
        ago -= days;
        if (leap === 0) right = ago;
        return { truth: at(ago), isRight: leap === 0, said: at(leap === 0 ? ago : leap > 0 ? -leap : right - leap) };
      });
      const journal = journalOf(all.map(({ said }) => said));
      const limit = await journal.limit();
      const gone = await journal.wipe();
      expect(gone.filter((n) => all[n]!.truth >= limit)).toEqual([]);
      const lastOld = all.findLastIndex(({ truth, isRight }) => isRight && truth < limit);
      expect(gone).toEqual(all.flatMap((_, n) => (n <= lastOld ? [n] : [])));
      journal.store.close();
    }),
    { numRuns: 60 },
  );
});
