import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { QueueQuestion } from '../../../shared/contract/index.ts';
import { otherLayout } from '../../../shared/domain/kk-format.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import look from '../../ui/list-screen.module.css';
import { SEARCH_COLUMNS } from './queue-columns.tsx';
import { QueueList } from './queue-list.tsx';
import { useQueue } from './use-queue.ts';
import styles from './queue-screen.module.css';

/** Everything on this desk that matches; offers the other keyboard layout when nothing does. */
export function SearchScreen({ text, onSearch }: { readonly text: string; readonly onSearch: (text: string) => void }) {
  const { t } = useTexts();
  const { back } = useNavigation();
  const question = useMemo((): QueueQuestion => ({ view: 'all', search: text }), [text]);
  const queue = useQueue(question);
  /* Names are Cyrillic: Latin letters may be their keys pressed in the English layout. */
  const other = /[a-z]/i.test(text) ? otherLayout(text) : null;
  return (
    <section className={look.screen} aria-label={t('search.title')}>
      <div className={styles.searchHead}>
        <h1 className={styles.title}>{t('search.results', { query: text })}</h1>
        <span role="status" className={look.count}>
          {queue.total !== null && t('search.found', { count: queue.total })}
        </span>
        <Button variant="default" onClick={() => back()}>
          {t('action.close')}
        </Button>
      </div>
      <QueueList
        queue={queue}
        place="search"
        label={t('search.title')}
        columns={SEARCH_COLUMNS}
        takeFocus={false}
        empty={
          <>
            <p>{t('search.noResults', { query: text })}</p>
            {other !== null && (
              <p className={styles.other}>
                <Button variant="default" onClick={() => onSearch(other)}>
                  {t('search.otherLayout', { query: other })}
                </Button>
              </p>
            )}
            <p className={styles.hint}>{t('search.onlyLocal')}</p>
          </>
        }
      />
    </section>
  );
}
