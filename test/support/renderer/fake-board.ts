import type { Board, Figures, SplitLine } from '../../../shared/contract/index.ts';
import type { BoardPeriod } from '../../../shared/domain/board-figures.ts';
import { NOW, instant, uuid } from './fake-data.ts';

const figures = (
  arrived: number,
  registered: number,
  waiting: number,
  overdue = 0,
  dueToday = 0,
  dueNext = 0,
  median: number | null = 72,
): Figures => ({
  ...{ arrived, registered, waiting, overdue, dueToday, dueNext },
  ...{ median, ninetieth: median === null ? null : median * 6 + 7 },
});
const line = (value: string | null, name: string | null, ...numbers: Parameters<typeof figures>): SplitLine => ({
  ...{ value, name },
  figures: figures(...numbers),
});

/** The numbers of an invented office; `changed` is how many of its filings have been changed since. */
export function fakeBoard(scope: Board['scope'], me: string, period: BoardPeriod, changed: number): Board {
  const ours = scope === 'office';
  return {
    ...{ asOf: instant(NOW), scope, me, today: '2026-11-21' },
    days: { from: period === 'today' ? '2026-11-21' : period === 'week' ? '2026-11-15' : '2026-10-23', until: '2026-11-21' },
    next: { from: '2026-11-22', until: '2026-11-23' },
    ...{ arrivedToday: 37 + changed, registeredToday: 29 },
    whole: figures(1204, 1166, 48 + changed, 2, 5, 12),
    splits: {
      ...(ours && {
        person: [
          line(uuid(800_001), 'Ким Светлана', 512, 498, 22, 1, 3, 5, 65),
          line(uuid(800_002), 'Оспанов Дәурен', 490, 488, 14, 1, 2, 4),
          line(null, null, 202, 180, 12 + changed, 0, 0, 3, null),
        ],
      }),
      kind: [line('claim', null, 700, 690, 21, 1, 4, 6), line('court-order-application', null, 504, 476, 27 + changed, 1, 1, 6)],
      category: [
        line('Борышты өндіріп алу', null, 600, 590, 28, 2, 5, 12),
        ...Array.from({ length: 14 }, (_, n) => line(`Тұтынушылардың құқықтарын қорғау туралы дау № ${n + 1}`, null, 40, 38, 1)),
        line(null, null, 44, 44, 6 + changed),
      ],
      verdict: [
        line('valid', null, 1100, 1100, 40, 1, 4, 10),
        line('undecided', null, 80, 60, 6 + changed, 1, 1, 2),
        line(null, null, 24, 6, 2),
      ],
      language: [line('kk', null, 800, 780, 30 + changed, 1, 3, 8), line('ru', null, 404, 386, 18, 1, 2, 4)],
    },
    forecast: ours ? { overdue: 3, willRegister: 6, willArrive: 2, registeredToday: 29, minutesWorked: 211, minutesLeft: 179 } : null,
    hours: {
      days: { from: '2026-10-25', until: '2026-11-21' },
      cells: [1, 2, 3, 4, 5].flatMap((weekday) =>
        [8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 22].map((hour) => ({ weekday, hour, arrived: 1 + ((weekday * 7 + hour * 5) % 29) })),
      ),
    },
    weeks: Array.from({ length: 12 }, (_, at) => {
      const monday = Date.parse('2026-08-31T00:00:00Z') + at * 7 * 86_400_000;
      const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
      return {
        days: { from: day(monday), until: day(monday + 6 * 86_400_000) },
        arrived: 240 + ((at * 37) % 90),
        registered: 230 + ((at * 53) % 80),
      };
    }),
  };
}
