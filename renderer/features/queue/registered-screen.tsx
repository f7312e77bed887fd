import { useMemo, useState } from 'react';
import type { QueueQuestion, QueueSort } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import look from '../../ui/list-screen.module.css';
import { nextSort } from './next-sort.ts';
import { REGISTERED_COLUMNS } from './queue-columns.tsx';
import { QueueList } from './queue-list.tsx';
import { useQueue } from './use-queue.ts';
import styles from './queue-screen.module.css';

/** Everything that was registered, the latest first. */
export function RegisteredScreen() {
  const { t } = useTexts();
  const [sort, setSort] = useState<QueueSort | null>(null);
  const question = useMemo((): QueueQuestion => ({ view: 'registered', ...(sort && { sort }) }), [sort]);
  const queue = useQueue(question);
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
        sort={sort}
        onSort={(column) => setSort((old) => nextSort(old, column))}
        empty={t('queue.emptyRegistered')}
      />
    </section>
  );
}
