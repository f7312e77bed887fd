import { readBoard } from '../../main/office/index.ts';
import { BOARD_TALLY_RECOUNT } from '../../main/store/migrations/0260-board-figures.ts';
import type { BoardPeriod } from '../../shared/domain/board-figures.ts';
import { less, type Measure } from './measure.ts';
import { at, timesOf, withLargeOffice } from './large-office.ts';
import { BASE_NOW, CLERKS } from './queue-base.ts';

/** The board of an office of 500,000 filings, of all and of one secretary, against the bare queries that count the same filings. */
export function benchBoard(): Measure[] {
  return withLargeOffice((store, reference) => {
    const { read } = store;
    const me = CLERKS[3]!;
    const board = (kind: 'office' | 'own', period: BoardPeriod) => () => readBoard(read, reference, BASE_NOW, { kind, me }, period);
    const open = "state IN ('received','checking')";
    const since = (days: number) => new Date(Date.parse(BASE_NOW) - days * 86_400_000).toISOString();
    const counted = (days: number, whose: string) => () => {
      for (const column of ['assignee', 'kind', 'category', 'verdict', 'language']) {
        read.all(`SELECT ${column}, count(*) FROM filing WHERE received_at >= ? AND ${whose} GROUP BY ${column}`, since(days));
        read.all(`SELECT ${column}, count(*), sum(due_at <= ?) FROM filing WHERE ${open} AND ${whose} GROUP BY ${column}`, BASE_NOW);
      }
      read.all(`SELECT received_at, registered_at FROM filing WHERE registered_at >= ? AND ${whose}`, since(days));
    };
    const asked = [
      ['office, today', board('office', 'today'), counted(1, '1')],
      ['office, 30 days', board('office', 'month'), counted(30, '1')],
      ['one secretary, 30 days', board('own', 'month'), counted(30, `assignee = '${me}'`)],
      ['the kept sums', () => read.all('SELECT * FROM board_tally'), () => read.all(BOARD_TALLY_RECOUNT)],
    ] as const;
    return asked.flatMap(([name, ours, bare]) => {
      const [a, b] = [timesOf(ours), timesOf(bare)];
      return [
        less(`${name}, p50`, 'ms', at(a, 0.5), 'bare SQLite', at(b, 0.5)),
        less(`${name}, p95`, 'ms', at(a, 0.95), 'bare SQLite', at(b, 0.95)),
      ];
    });
  });
}
