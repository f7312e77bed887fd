import { useEffect, useRef, useState } from 'react';
import type { BatchSummary } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { BackButton } from '../../app/back-button.tsx';
import { useRowKeys } from '../../app/keys/use-row-keys.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import { BatchState } from './batch-state.tsx';
import styles from './batch-screen.module.css';

const PAGE_ROWS = 15;

/** The ledger: every batch of this judge on this workstation, the newest first. */
export function BatchesScreen() {
  const { t } = useTexts();
  const answer = useAnswer('batches', () => kense().batch.list({}));
  useEvent('batchChanged', () => void answer.reload());
  return (
    <section className={styles.screen} aria-label={t('batch.ledger')}>
      <header className={styles.header}>
        <h1>{t('batch.ledger')}</h1>
        <BackButton />
      </header>
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact={answer.value !== null} />}
      {answer.value === null ? (
        !answer.failure && <Loading />
      ) : answer.value.length === 0 ? (
        <p className={styles.empty}>{t('batch.none')}</p>
      ) : (
        <Ledger batches={answer.value} />
      )}
    </section>
  );
}

function Ledger({ batches }: { readonly batches: readonly BatchSummary[] }) {
  const { t } = useTexts();
  const format = useFormat();
  const { open } = useNavigation();
  const grid = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const focusRow = (index: number) => grid.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  const openBatch = (index: number) => {
    const batch = batches[index];
    if (batch) open({ screen: 'batch', id: batch.id });
  };
  const rowKeys = useRowKeys({ current, count: batches.length, page: () => PAGE_ROWS, moveTo: focusRow, open: openBatch });
  useEffect(() => {
    focusRow(0);
  }, []);
  const titles = [t('batch.when'), t('batch.counts'), t('queue.colStatus'), t('batch.result')];
  return (
    <div
      ref={grid}
      className={styles.list}
      role="grid"
      aria-label={t('batch.ledger')}
      aria-rowcount={batches.length + 1}
      data-single-keys
      data-pane
      {...rowKeys}
    >
      <div className={styles.head} role="row" aria-rowindex={1}>
        {titles.map((title) => (
          <span key={title} role="columnheader">
            {title}
          </span>
        ))}
      </div>
      {batches.map((batch, index) => (
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter opens the current row, see useRowKeys
        <div
          key={batch.id}
          role="row"
          className={styles.row}
          data-index={index}
          data-pane-start={index === current ? '' : undefined}
          aria-rowindex={index + 2}
          tabIndex={index === current ? 0 : -1}
          onClick={() => openBatch(index)}
          onFocus={() => setCurrent(index)}
        >
          <span role="gridcell">{format.dateTime(batch.madeAt)}</span>
          <span role="gridcell">{t('sign.progress', { done: batch.signed, total: batch.total })}</span>
          <span role="gridcell">
            <BatchState state={batch.state} />
          </span>
          <span role="gridcell" className={styles.result}>
            {batch.stop
              ? t(`error.${batch.stop.code}.title`, batch.stop.params)
              : batch.failed > 0
                ? t('batch.failed', { count: batch.failed })
                : ''}
          </span>
        </div>
      ))}
    </div>
  );
}
