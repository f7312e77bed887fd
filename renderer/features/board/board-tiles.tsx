import type { Board } from '../../../shared/contract/index.ts';
import type { Behind } from '../../../shared/domain/board-questions.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon, type StatusShape } from '../../ui/status-icon.tsx';
import { sayMinutes } from './say-minutes.ts';
import { useBehind } from './use-behind.ts';
import styles from './board-screen.module.css';

type Tile = {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly behind: Behind;
  readonly shape?: StatusShape | undefined;
};

/** The numbers that are looked at first, each with its label; each leads to the filings that it counts. */
export function BoardTiles({ board }: { readonly board: Board }) {
  const { t } = useTexts();
  const format = useFormat();
  const openBehind = useBehind(board);
  const { whole, today, next } = board;
  const day = { from: today, until: today };
  const nextName = next.from === next.until ? t('board.dueTomorrow') : t('board.dueOn', { day: format.date(next.until).slice(0, 5) });
  const tiles: readonly Tile[] = [
    { id: 'arrivedToday', label: t('board.arrivedToday'), text: String(board.arrivedToday), behind: { count: 'arrived', days: day } },
    {
      id: 'registeredToday',
      label: t('board.registeredToday'),
      text: String(board.registeredToday),
      behind: { count: 'registered', days: day },
    },
    {
      id: 'waiting',
      label: t(board.scope === 'judge' ? 'board.withJudge' : 'board.waiting'),
      text: String(whole.waiting),
      behind: { count: 'waiting' },
    },
    {
      id: 'overdue',
      label: t('board.overdue'),
      text: String(whole.overdue),
      behind: { count: 'overdue' },
      shape: whole.overdue > 0 ? 'bad' : undefined,
    },
    {
      id: 'dueToday',
      label: t('board.dueToday'),
      text: String(whole.dueToday),
      behind: { count: 'dueToday' },
      shape: whole.dueToday > 0 ? 'warn' : undefined,
    },
    { id: 'dueNext', label: nextName, text: String(whole.dueNext), behind: { count: 'dueNext' } },
    { id: 'median', label: t('board.median'), text: sayMinutes(whole.median, t), behind: { count: 'registered' } },
    { id: 'ninetieth', label: t('board.ninetieth'), text: sayMinutes(whole.ninetieth, t), behind: { count: 'registered' } },
  ];
  return (
    <ul className={styles.tiles} data-pane>
      {tiles.map(({ id, label, text, behind, shape }) => (
        <li key={id}>
          <button
            type="button"
            className={styles.tile}
            data-figure={id}
            data-pane-start={id === 'arrivedToday' ? '' : undefined}
            onClick={() => openBehind(behind)}
          >
            <span className={styles.number} data-time={id === 'median' || id === 'ninetieth' ? '' : undefined}>
              {shape && <StatusIcon shape={shape} size={20} />}
              {text}
            </span>
            <span className={styles.label}>{label}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
