import { useMemo } from 'react';
import type { BatchSummary } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { BackButton } from '../../app/back-button.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import type { GridColumn } from '../../ui/grid-column.ts';
import { RowGrid } from '../../ui/row-grid.tsx';
import list from '../../ui/list-screen.module.css';
import { BatchState } from './batch-state.tsx';

/** The ledger: every batch of this judge on this workstation, the newest first. */
export function BatchesScreen() {
  const { t } = useTexts();
  const answer = useAnswer('batches', () => kense().batch.list({}));
  useEvent('batchChanged', () => void answer.reload());
  return (
    <section className={list.screen} aria-label={t('batch.ledger')}>
      <header className={list.header}>
        <h1>{t('batch.ledger')}</h1>
        <BackButton />
      </header>
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact={answer.value !== null} />}
      {answer.value === null ? (
        !answer.failure && <Loading />
      ) : answer.value.length === 0 ? (
        <p className={list.empty}>{t('batch.none')}</p>
      ) : (
        <Ledger batches={answer.value} />
      )}
    </section>
  );
}

function Ledger({ batches }: { readonly batches: readonly BatchSummary[] }) {
  const { t } = useTexts();
  const { dateTime } = useFormat();
  const { open } = useNavigation();
  const columns = useMemo(
    (): readonly GridColumn<BatchSummary>[] => [
      { id: 'when', title: t('batch.when'), width: '12rem', cell: ({ madeAt }) => dateTime(madeAt) },
      { id: 'counts', title: t('batch.counts'), width: '12rem', cell: ({ signed, total }) => t('sign.progress', { done: signed, total }) },
      { id: 'state', title: t('queue.colStatus'), width: '12rem', cell: ({ state }) => <BatchState state={state} /> },
      {
        id: 'result',
        title: t('batch.result'),
        width: 'minmax(12rem, 1fr)',
        cell: ({ stop, failed }) =>
          stop ? t(`error.${stop.code}.title`, stop.params) : failed > 0 ? t('batch.failed', { count: failed }) : '',
      },
    ],
    [t, dateTime],
  );
  return (
    <RowGrid
      label={t('batch.ledger')}
      columns={columns}
      count={batches.length}
      rowAt={(index) => batches[index] ?? null}
      idOf={({ id }) => id}
      onOpen={({ id }) => open({ screen: 'batch', id })}
      minWidth="50rem"
      wraps
    />
  );
}
