import type { Board } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FigureGrid } from './figure-grid.tsx';
import { useBehind } from './use-behind.ts';
import styles from './board-screen.module.css';

const WIDTH = 600;
const HEIGHT = 90;
const MARGIN = 6;
const WHAT = ['arrived', 'registered'] as const;

/** Arrivals and registrations by week: two lines over the table that says the same in numbers. */
export function WeekTrend({ board, table }: { readonly board: Board; readonly table: boolean }) {
  const { t } = useTexts();
  const format = useFormat();
  const openBehind = useBehind(board);
  const { weeks } = board;
  const most = Math.max(1, ...weeks.flatMap(({ arrived, registered }) => [arrived, registered]));
  const x = (at: number) => ((at + 0.5) * WIDTH) / weeks.length;
  const y = (value: number) => HEIGHT - MARGIN - (value / most) * (HEIGHT - 2 * MARGIN);
  const short = (day: string) => format.date(day).slice(0, 5);
  return (
    <section className={styles.part} aria-label={t('board.weeks')} data-pane>
      <h2>{t('board.weeks')}</h2>
      {!table && (
        <div className={styles.trend} aria-hidden="true">
          <p className={styles.legend}>
            {WHAT.map((what) => (
              <span key={what}>
                <svg width="36" height="10" className={styles.line} data-what={what}>
                  <path d="M0 5H36" />
                  {what === 'arrived' ? <circle cx="18" cy="5" r="4" /> : <rect x="14" y="1" width="8" height="8" />}
                </svg>{' '}
                {t(`board.column.${what}`)}
              </span>
            ))}
          </p>
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className={styles.plot}>
            {WHAT.map((what) => (
              <path
                key={what}
                className={styles.line}
                data-what={what}
                vectorEffect="non-scaling-stroke"
                d={weeks.map((week, at) => `${at === 0 ? 'M' : 'L'}${x(at)} ${y(week[what])}`).join('')}
              />
            ))}
          </svg>
        </div>
      )}
      <FigureGrid
        label={t('board.weeks')}
        corner={t('board.weekFrom')}
        picture="none"
        widths="even"
        columns={weeks.map(({ days }) => ({ id: days.from, title: short(days.from) }))}
        rows={WHAT.map((what) => ({
          id: what,
          name: t(`board.column.${what}`),
          cells: weeks.map((week) => ({
            text: String(week[what]),
            label: `${short(week.days.from)} – ${format.date(week.days.until)}, ${t(`board.column.${what}`)}: ${week[what]}`,
            onOpen: () => openBehind({ count: what, days: week.days }),
          })),
        }))}
      />
    </section>
  );
}
