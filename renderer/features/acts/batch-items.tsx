import { useMemo } from 'react';
import type { Batch, BatchItem } from '../../../shared/contract/index.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useActName } from '../../app/use-act-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import type { GridColumn } from '../../ui/grid-column.ts';
import { RowGrid } from '../../ui/row-grid.tsx';
import { ItemState } from './batch-state.tsx';

/** One line for each act in the order of the batch: its result, why, and what to do next. Enter opens the act. */
export function BatchItems({ batch: { items } }: { readonly batch: Batch }) {
  const { t } = useTexts();
  const { open } = useNavigation();
  const actName = useActName();
  const columns = useMemo(
    (): readonly GridColumn<BatchItem>[] => [
      { id: 'kind', title: t('act.kind'), width: 'minmax(14rem, 1fr)', cell: actName },
      { id: 'number', title: t('filing.caseNumber'), width: '11rem', cell: (item) => item.number },
      { id: 'pages', title: t('act.pages'), width: '5rem', cell: (item) => item.pages },
      { id: 'state', title: t('queue.colStatus'), width: '10rem', cell: (item) => <ItemState state={item.state} /> },
      { id: 'result', title: t('batch.result'), width: 'minmax(14rem, 1.4fr)', cell: (item) => <ItemResult item={item} /> },
    ],
    [t, actName],
  );
  return (
    <RowGrid
      label={t('batch.acts')}
      columns={columns}
      count={items.length}
      rowAt={(index) => items[index] ?? null}
      idOf={({ actId }) => actId}
      stateOf={({ state }) => state}
      onOpen={({ actId }) => open({ screen: 'act', id: actId })}
      reveal={items.findIndex(({ state }) => state === 'signing')}
      minWidth="58rem"
      wraps
    />
  );
}

function ItemResult({ item: { state, failure, endedAt } }: { readonly item: BatchItem }) {
  const { t } = useTexts();
  const format = useFormat();
  if (failure)
    return (
      <>
        {t(`error.${failure.code}.title`, failure.params)}. {t(`error.${failure.code}.action`, failure.params)}
      </>
    );
  if (state === 'signed' && endedAt !== null) return <>{format.dateTime(endedAt)}</>;
  return state === 'not-tried' ? <>{t('batch.unchanged')}</> : null;
}
