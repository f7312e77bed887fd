import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createQueueLists } from '../../../main/intake/index.ts';
import { readBoard } from '../../../main/office/index.ts';
import { loadReference } from '../../../main/reference/index.ts';
import { BOARD_TALLY_RECOUNT, boardFigures } from '../../../main/store/migrations/0260-board-figures.ts';
import { openStore, type Store } from '../../../main/store/index.ts';
import { questionBehind, type Behind } from '../../../shared/domain/board-questions.ts';
import type { Board, Figures, QueueQuestion } from '../../../shared/contract/index.ts';
import { BOARD_COUNTS, BOARD_PERIODS } from '../../../shared/domain/board-figures.ts';
import { workingMinutes } from '../../../shared/domain/working-time.ts';
import { BASE_NOW, CLERKS, makeQueueBase } from '../../bench/queue-base.ts';
import { must, RESOURCES } from '../../support/desk/training-office.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { tempDir } from '../../support/temp-dir.ts';

const reference = loadReference(RESOURCES);
const JUDGE = '00000000-0000-7000-8000-0000000000aa';
let store: Store;
beforeEach(() => {
  store = must(openStore(path.join(tempDir(), 'kense.db'), new Uint8Array(32).fill(9)));
  makeQueueBase(store, reference.calendarOn('2026-11-21'), { stored: 400, open: 120 });
});
afterEach(() => store.close());

/** Days and nights around the last month, terms around now, filings of nobody, of no category and not verified yet. */
function shuffle(seed: number): void {
  const random = seededRandom(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  const around = (days: number) => new Date(Date.parse(BASE_NOW) + (random() - 0.9) * days * 86_400_000).toISOString();
  const ids = store.read.all<{ id: string; done: number }>('SELECT id, registered_at IS NOT NULL AS done FROM filing');
  store.write((tx) => {
    for (const { id, done } of ids) {
      const receivedAt = pick([around(40), around(3), '2026-11-19T19:00:00Z', '2026-11-19T19:00:00.000Z', '2026-11-13T18:59:59.999Z']);
      const registeredAt = new Date(Math.min(Date.parse(BASE_NOW), Date.parse(receivedAt) + random() ** 2 * 9 * 86_400_000)).toISOString();
      tx.run(
        'UPDATE filing SET received_at = ?, registered_at = ?, due_at = ?, assignee = ?, registered_by = ?, category = ?, verdict = ?, judge_id = ? WHERE id = ?',
        ...[receivedAt, done ? registeredAt : null],
        pick([around(8), '2026-11-20T19:00:00Z', '2026-11-23T19:00:00Z', '2026-11-20T06:00:00.000Z', null]),
        ...[pick([...CLERKS.slice(0, 3), null]), done ? pick([CLERKS[0]!, CLERKS[1]!, null]) : null],
        ...[pick(['Алимент', 'Еңбек дауы', null]), pick(['valid', 'invalid', 'undecided', 'unsigned', null])],
        ...[done ? pick([JUDGE, null]) : null, id],
      );
    }
  });
}

const SCOPES = [
  { kind: 'office', me: CLERKS[0]! },
  { kind: 'own', me: CLERKS[0]! },
  { kind: 'judge', me: JUDGE },
] as const;

it.each([1, 2])('every number of the board is as large as the list behind it, for everybody and every period (%i)', (seed) => {
  shuffle(seed);
  const lists = createQueueLists({ read: store.read, reference, clock: () => BASE_NOW });
  const idsOf = (question: QueueQuestion) => lists.ids(lists.open(question, CLERKS[0]!).list)!;
  let compared = 0;
  for (const scope of SCOPES)
    for (const period of BOARD_PERIODS) {
      const board = readBoard(store.read, reference, BASE_NOW, scope, period);
      const same = (said: number, behind: Behind) => {
        expect(idsOf(questionBehind(board, behind)), JSON.stringify({ scope, period, behind })).toHaveLength(said);
        if (said > 0) compared++;
      };
      const timesAgree = (figures: Figures, behind: Omit<Behind, 'count'>) => {
        const times = idsOf(questionBehind(board, { ...behind, count: 'registered' }))
          .map(waited)
          .sort((a, b) => a - b);
        const nth = (share: number) => (times.length === 0 ? null : times[Math.ceil(times.length * share) - 1]);
        expect([figures.median, figures.ninetieth]).toEqual([nth(0.5), nth(0.9)]);
      };
      const all: [Figures, Behind['line']][] = [[board.whole, undefined]];
      for (const split of Object.keys(board.splits) as (keyof Board['splits'])[])
        for (const { value, figures } of board.splits[split]!) all.push([figures, { split, value }]);
      for (const [figures, line] of all) {
        for (const count of BOARD_COUNTS) same(figures[count], { count, ...(line && { line }) });
        timesAgree(figures, line ? { line } : {});
      }
      const today = { from: board.today, until: board.today };
      same(board.arrivedToday, { count: 'arrived', days: today });
      same(board.registeredToday, { count: 'registered', days: today });
      for (const { weekday, hour, arrived } of board.hours.cells)
        same(arrived, { count: 'arrived', days: board.hours.days, hour: { weekday, hour } });
      for (const { days, arrived, registered } of board.weeks) {
        same(arrived, { count: 'arrived', days });
        same(registered, { count: 'registered', days });
      }
    }
  expect(compared).toBeGreaterThan(300);
});

function waited(id: string): number {
  const { from, until } = store.read.get<{ from: string; until: string }>(
    'SELECT received_at AS "from", registered_at AS until FROM filing WHERE id = ?',
    id,
  )!;
  return workingMinutes(reference.workingTime, from, until);
}

it('the parts of a breakdown together are the whole', () => {
  shuffle(4);
  const board = readBoard(store.read, reference, BASE_NOW, SCOPES[0], 'month');
  expect(Object.keys(board.splits)).toEqual(['person', 'kind', 'category', 'verdict', 'language']);
  for (const lines of Object.values(board.splits))
    for (const count of BOARD_COUNTS) expect(lines.reduce((sum, { figures }) => sum + figures[count], 0)).toBe(board.whole[count]);
  expect(board.whole.overdue).toBeGreaterThan(0);
  expect(board.hours.cells.reduce((sum, { arrived }) => sum + arrived, 0)).toBeGreaterThan(0);
});

it('a person sees only what is his', () => {
  shuffle(5);
  const own = readBoard(store.read, reference, BASE_NOW, SCOPES[1], 'month');
  const { n } = store.read.get<{ n: number }>(
    "SELECT count(*) AS n FROM filing WHERE state IN ('received','checking') AND assignee = ?",
    CLERKS[0]!,
  )!;
  expect(own.whole.waiting).toBe(n);
  expect(own.splits.person).toBeUndefined();
  expect(own.forecast).toBeNull();
});

const kept = () => store.read.all('SELECT what, at, split, value, n FROM board_tally ORDER BY what, at, split, value');
const recounted = () => store.read.all(`SELECT * FROM (${BOARD_TALLY_RECOUNT}) ORDER BY what, at, split, value`);

it('the sums that are kept are those of the filings, whatever has happened to these, and nothing is kept of what is gone', () => {
  expect(kept()).toEqual(recounted());
  shuffle(6);
  expect(kept()).toEqual(recounted());
  const [first, second] = store.read.all<{ id: string }>("SELECT id FROM filing WHERE state = 'received' LIMIT 2");
  store.write((tx) => {
    tx.run("UPDATE filing SET state = 'checking', revision = revision + 1 WHERE id = ?", first!.id);
    tx.run('DELETE FROM filing WHERE id = ?', second!.id);
    tx.run("UPDATE filing SET kind = 'motion', category = 'Мұра', assignee = NULL, verdict = NULL WHERE registered_at IS NULL");
  });
  const after = kept();
  expect(after).toEqual(recounted());
  expect(after).not.toContainEqual(expect.objectContaining({ n: 0 }));
  expect(after.filter((row) => (row as { what: string }).what === 'open').length).toBeGreaterThan(5);
});

it('a change that is not committed leaves the sums as they were', () => {
  const before = kept();
  const broken = () =>
    store.write((tx) => {
      tx.run('UPDATE filing SET assignee = NULL, due_at = NULL');
      throw new Error('no');
    });
  expect(broken).toThrow('no');
  expect(kept()).toEqual(before);
});

it('a database that had none of them counts them when it is opened', () => {
  shuffle(7);
  const before = kept();
  expect(boardFigures.sql).toContain(BOARD_TALLY_RECOUNT);
  store.write((tx) => {
    tx.run('DELETE FROM board_tally');
    tx.run(`INSERT INTO board_tally (what, at, split, value, n) ${BOARD_TALLY_RECOUNT}`);
  });
  expect(kept()).toEqual(before);
});
