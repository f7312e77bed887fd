import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { QueueView } from '../../../shared/contract/index.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useSync } from '../sync/sync-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import type { TextKey } from '../../i18n/text-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ViewButtons } from '../../ui/view-buttons.tsx';
import look from '../../ui/list-screen.module.css';
import type { Column } from './queue-columns.tsx';
import { INTAKE_COLUMNS, REGISTERED_COLUMNS } from './queue-columns.tsx';
import { SentBackStrip } from '../acts/sent-back-strip.tsx';
import { QueueGrid } from './queue-grid.tsx';
import { useQueue, type Queue } from './use-queue.ts';
import styles from './queue-screen.module.css';

const VIEWS: readonly QueueView[] = ['open', 'overdue', 'due-today', 'signature-problem', 'all'];
const VIEW_TEXT: Readonly<Record<QueueView, TextKey>> = {
  open: 'queue.viewOpen',
  overdue: 'queue.viewOverdue',
  'due-today': 'queue.viewDueToday',
  'signature-problem': 'queue.viewProblem',
  registered: 'nav.registered',
  all: 'queue.viewAll',
};

type ListProps = {
  readonly queue: Queue;
  readonly place: string;
  readonly label: string;
  readonly columns: readonly Column[];
  readonly empty: ReactNode;
  readonly takeFocus?: boolean;
};

/** The rows of any view, with what is new in them, and their foot. */
export function QueueList({ queue, place, label, columns, empty, takeFocus = true }: ListProps) {
  const { t } = useTexts();
  const format = useFormat();
  const { syncNow } = useSync();
  const { open, currentRows } = useNavigation();
  const { rows, arrived, gone, failure, asOf } = queue;
  const [shownTimes, setShownTimes] = useState(0);
  const showNew = () => {
    queue.showNew();
    setShownTimes((n) => n + 1);
  };
  const ids = rows?.map(({ row }) => row.id) ?? [];

  useCommands('screen', {
    'app.sync': () => {
      syncNow();
      showNew();
    },
  });

  return (
    <div className={styles.list} data-pane>
      {failure && rows !== null && <FailureCard failure={failure} onRetry={queue.reload} compact />}
      {rows === null ? (
        failure ? (
          <FailureCard failure={failure} onRetry={queue.reload} />
        ) : (
          <Loading />
        )
      ) : rows.length === 0 ? (
        <div className={look.empty}>{empty}</div>
      ) : (
        <QueueGrid
          key={place}
          rows={rows}
          columns={columns}
          label={label}
          startId={currentRows.get(place) ?? ids[0] ?? null}
          takeFocus={takeFocus}
          focusRequest={shownTimes}
          onCurrent={(id) => currentRows.set(place, id)}
          onOpen={(id) => {
            currentRows.set(place, id);
            open({ screen: 'filing', id, neighbours: ids });
          }}
        />
      )}
      <footer className={styles.foot}>
        <span>{asOf !== null && t('sync.stale', { when: format.dateTime(asOf) })}</span>
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

export function QueueScreen({ view }: { readonly view: QueueView }) {
  const { t } = useTexts();
  const { replace } = useNavigation();
  const queue = useQueue(view, '');

  return (
    <section className={look.screen} aria-label={t('queue.title')}>
      <h1 className="visually-hidden">{t('queue.title')}</h1>
      <ViewButtons
        label={t('queue.views')}
        views={VIEWS.map((id) => ({ id, name: t(VIEW_TEXT[id]), count: queue.counts[id] }))}
        current={view}
        onChoose={(id) => replace({ screen: 'queue', view: id })}
      />
      <SentBackStrip />
      <QueueList
        queue={queue}
        place={`queue:${view}`}
        label={t('queue.title')}
        columns={INTAKE_COLUMNS}
        empty={view === 'open' ? t('queue.empty') : t('queue.emptyFiltered')}
      />
    </section>
  );
}

export function RegisteredScreen() {
  const { t } = useTexts();
  const queue = useQueue('registered', '');
  return (
    <section className={look.screen} aria-label={t('nav.registered')}>
      <h1 className={styles.title}>
        {t('nav.registered')} <span className={look.count}>{queue.counts.registered ?? ''}</span>
      </h1>
      <QueueList
        queue={queue}
        place="registered"
        label={t('nav.registered')}
        columns={REGISTERED_COLUMNS}
        empty={t('queue.emptyRegistered')}
      />
    </section>
  );
}
