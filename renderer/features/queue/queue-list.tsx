import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { ListLayout, QueueSort } from '../../../shared/contract/index.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useSync } from '../sync/sync-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { Loading } from '../../ui/loading.tsx';
import look from '../../ui/list-screen.module.css';
import type { GridSelection } from '../../ui/row-grid.tsx';
import type { Column } from './queue-columns.tsx';
import { QueueGrid } from './queue-grid.tsx';
import { NO_LAYOUT } from './use-layout.ts';
import type { Queue, ShownRow } from './use-queue.ts';
import styles from './queue-screen.module.css';

type Props = {
  readonly queue: Queue;
  /** Under which the current row is remembered. */
  readonly place: string;
  readonly label: string;
  readonly columns: readonly Column[];
  readonly empty: ReactNode;
  readonly takeFocus?: boolean;
  readonly layout?: ListLayout;
  readonly selection?: GridSelection<ShownRow>;
  readonly sort?: QueueSort | null;
  readonly onSort?: (column: QueueSort['column']) => void;
  readonly onCurrent?: (id: string) => void;
  /** Grows when the focus is to come back to the rows. */
  readonly focusRequest?: number;
  /** What can be done with the chosen rows; stands in the foot. */
  readonly bulk?: ReactNode;
};

/** The rows of any view, with what is new in them, and their foot. */
export function QueueList(props: Props) {
  const { queue, place, label, columns, empty, takeFocus = true, layout = NO_LAYOUT, selection, sort = null, onSort, bulk } = props;
  const { t } = useTexts();
  const format = useFormat();
  const { syncNow, status } = useSync();
  const { open, currentRows } = useNavigation();
  const { total, arrived, gone, failure, asOf } = queue;
  const [shownTimes, setShownTimes] = useState(0);
  const showNew = () => {
    queue.showNew();
    setShownTimes((n) => n + 1);
  };
  const current = (id: string) => {
    currentRows.set(place, id);
    props.onCurrent?.(id);
  };

  useCommands('screen', {
    'app.sync': () => {
      syncNow();
      showNew();
    },
  });

  return (
    <div className={styles.list} data-pane>
      {failure && total !== null && <FailureCard failure={failure} onRetry={queue.reload} compact />}
      {total === null ? (
        failure ? (
          <FailureCard failure={failure} onRetry={queue.reload} />
        ) : (
          <Loading />
        )
      ) : total === 0 ? (
        <div className={look.empty}>{empty}</div>
      ) : (
        <QueueGrid
          key={place}
          queue={queue}
          columns={columns}
          layout={layout}
          label={label}
          startId={currentRows.get(place) ?? queue.rowAt(0)?.row.id ?? null}
          takeFocus={takeFocus}
          focusRequest={shownTimes + (props.focusRequest ?? 0)}
          sort={sort}
          {...(onSort && { onSort })}
          {...(selection && { selection })}
          onCurrent={current}
          onOpen={(id, index) => {
            current(id);
            const { ids, first } = queue.idsAround(index);
            open({ screen: 'filing', id, neighbours: ids, inList: { list: queue.list, first } });
          }}
        />
      )}
      <footer className={styles.foot}>
        {bulk ?? (
          <span>
            {asOf !== null &&
              t(status && !status.online ? 'sync.stale' : 'queue.shown', { when: format.dateTime(asOf), count: total ?? 0 })}
          </span>
        )}
        <span role="status" className={styles.news}>
          {(arrived > 0 || gone > 0) && (
            <>
              <span>{arrived > 0 ? t('queue.new', { count: arrived }) : t('queue.changed')}</span>
              <Button variant="default" size="compact-md" onClick={showNew} rightSection={<KeyCap keys="F5" />}>
                {t('queue.showNew')}
              </Button>
            </>
          )}
        </span>
      </footer>
    </div>
  );
}
