import type { Board } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FigureGrid } from './figure-grid.tsx';
import { useBehind } from './use-behind.ts';
import styles from './board-screen.module.css';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** Arrivals of some weeks by hour and weekday; the number is written, the shade repeats it. */
export function ArrivalHours({ board, table }: { readonly board: Board; readonly table: boolean }) {
  const { t } = useTexts();
  const format = useFormat();
  const openBehind = useBehind(board);
  const { days, cells } = board.hours;
  const counts = new Map(cells.map(({ weekday, hour, arrived }) => [weekday * 24 + hour, arrived]));
  const most = Math.max(1, ...counts.values());
  const span = `${format.date(days.from).slice(0, 5)} – ${format.date(days.until)}`;
  return (
    <section className={styles.part} aria-label={t('board.hours')} data-pane>
      <div className={styles.partHead}>
        <h2>{t('board.hours')}</h2>
        <p className={styles.asOf}>{span}</p>
      </div>
      <FigureGrid
        label={t('board.hours')}
        corner={t('board.hour')}
        picture={table ? 'none' : 'shades'}
        widths="narrow"
        columns={HOURS.map((hour) => ({ id: String(hour), title: String(hour).padStart(2, '0') }))}
        rows={WEEKDAYS.map((weekday) => ({
          id: String(weekday),
          name: <abbr title={t(`weekday.${weekday}`)}>{t(`weekdayShort.${weekday}`)}</abbr>,
          cells: HOURS.map((hour) => {
            const arrived = counts.get(weekday * 24 + hour) ?? 0;
            if (arrived === 0) return null;
            const time = `${String(hour).padStart(2, '0')}:00–${String(hour).padStart(2, '0')}:59`;
            return {
              text: String(arrived),
              label: `${t(`weekday.${weekday}`)}, ${time}: ${arrived}`,
              share: arrived / most,
              onOpen: () => openBehind({ count: 'arrived', days, hour: { weekday, hour } }),
            };
          }),
        }))}
      />
    </section>
  );
}
