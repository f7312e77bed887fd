import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { BOARD_PERIODS, BOARD_SPLITS, type BoardPeriod, type BoardSplit } from '../../../shared/domain/board-figures.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useSession } from '../../app/session-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { focusAtRest } from '../../ui/focus-at-rest.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { ViewButtons } from '../../ui/view-buttons.tsx';
import { SurveySums } from '../proceedings/survey-sums.tsx';
import { useSync } from '../sync/sync-context.tsx';
import { ArrivalHours } from './arrival-hours.tsx';
import { BoardTiles } from './board-tiles.tsx';
import { OverdueNote } from './overdue-note.tsx';
import { OverrideList } from './override-list.tsx';
import { SplitLines } from './split-lines.tsx';
import { useBoard } from './use-board.ts';
import { WeekTrend } from './week-trend.tsx';
import styles from './board-screen.module.css';

/** Remembered among the current rows of lists, so that coming back from a list finds the board as it was. */
const PLACE = { period: 'board:period', split: 'board:split', table: 'board:table', figure: 'board:figure' };

/** The state of the office in numbers, or of what one person has: each is written out and leads to the filings it counts. */
export function BoardScreen() {
  const { t } = useTexts();
  const format = useFormat();
  const { activeRole } = useSession();
  const { syncNow } = useSync();
  const { currentRows } = useNavigation();
  const isHead = activeRole === 'office-head';
  const [period, setPeriod] = useState<BoardPeriod>(() => BOARD_PERIODS.find((id) => id === currentRows.get(PLACE.period)) ?? 'week');
  const [split, setSplit] = useState<BoardSplit>(() => BOARD_SPLITS.find((id) => id === currentRows.get(PLACE.split)) ?? 'person');
  const [table, setTable] = useState(() => currentRows.get(PLACE.table) === 'table');
  const { board, failure, reload } = useBoard(period);
  const screen = useRef<HTMLDivElement>(null);
  const isHere = board !== null;
  useEffect(() => {
    const shown = screen.current;
    if (!isHere || shown === null) return;
    const left = [...shown.querySelectorAll<HTMLElement>('[data-figure]')].find(
      ({ dataset }) => dataset['figure'] === currentRows.get(PLACE.figure),
    );
    focusAtRest(left ?? shown.querySelector<HTMLElement>('[data-figure]'));
    const keep = ({ target }: FocusEvent) => {
      const figure = target instanceof HTMLElement ? target.dataset['figure'] : undefined;
      if (figure !== undefined) currentRows.set(PLACE.figure, figure);
    };
    shown.addEventListener('focusin', keep);
    return () => shown.removeEventListener('focusin', keep);
  }, [isHere, currentRows]);

  const toggle = () => {
    currentRows.set(PLACE.table, table ? 'pictures' : 'table');
    setTable(!table);
  };
  useCommands('screen', {
    'board.table': toggle,
    'app.sync': () => {
      syncNow();
      reload();
    },
  });

  return (
    <ScrollRegion label={t(isHead ? 'nav.dashboard' : 'board.own')} className={styles.screen} ref={screen}>
      <div className={styles.head}>
        <h1>{t(isHead ? 'nav.dashboard' : 'board.own')}</h1>
        <ViewButtons
          label={t('board.period')}
          views={BOARD_PERIODS.map((id) => ({ id, name: t(`board.periodOf.${id}`) }))}
          current={period}
          onChoose={(id) => {
            currentRows.set(PLACE.period, id);
            setPeriod(id);
          }}
        />
        <Button variant="default" aria-pressed={table} rightSection={<KeyCap keys="T" />} onClick={toggle}>
          {t('board.table')}
        </Button>
        {board && <p className={styles.asOf}>{t('sync.stale', { when: format.dateTime(board.asOf) })}</p>}
      </div>
      {failure && <FailureCard failure={failure} onRetry={reload} compact={board !== null} />}
      {board ? (
        <>
          <BoardTiles board={board} />
          {isHead && <OverdueNote forecast={board.forecast} whole={board.whole} />}
          <SplitLines
            board={board}
            split={split}
            table={table}
            onSplit={(id) => {
              currentRows.set(PLACE.split, id);
              setSplit(id);
            }}
          />
          <p className={styles.asOf}>{t('board.timesSay')}</p>
          <WeekTrend board={board} table={table} />
          <ArrivalHours board={board} table={table} />
        </>
      ) : (
        !failure && <Loading />
      )}
      {isHead && <OverrideList />}
      {isHead && <SurveySums />}
    </ScrollRegion>
  );
}
