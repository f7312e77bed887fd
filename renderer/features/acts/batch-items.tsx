import { useEffect, useRef, useState } from 'react';
import type { Batch, BatchItem } from '../../../shared/contract/index.ts';
import { useRowKeys } from '../../app/keys/use-row-keys.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { ItemState } from './batch-state.tsx';
import styles from './batch-screen.module.css';

const PAGE_ROWS = 10;

/** One line for each act in the order of the batch: its result, why, and what to do next. Enter opens the act. */
export function BatchItems({ batch }: { readonly batch: Batch }) {
  const { t } = useTexts();
  const { open } = useNavigation();
  const grid = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const { items } = batch;
  const focusRow = (index: number) => grid.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  const openItem = (index: number) => {
    const item = items[index];
    if (item) open({ screen: 'act', id: item.actId });
  };
  const rowKeys = useRowKeys({ current, count: items.length, page: () => PAGE_ROWS, moveTo: focusRow, open: openItem });
  useEffect(() => {
    focusRow(0);
  }, []);
  /* The act being signed stays in view. */
  const signing = items.findIndex(({ state }) => state === 'signing');
  useEffect(() => {
    if (signing >= 0) grid.current?.querySelector(`[data-index="${signing}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [signing]);

  const titles = [t('act.kind'), t('filing.caseNumber'), t('act.pages'), t('queue.colStatus'), t('batch.result')];
  return (
    <div
      ref={grid}
      className={styles.grid}
      role="grid"
      aria-label={t('batch.acts')}
      aria-rowcount={items.length + 1}
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
      {items.map((item, index) => (
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter opens the current row, see useRowKeys
        <div
          key={item.actId}
          role="row"
          className={styles.row}
          data-index={index}
          data-state={item.state}
          data-pane-start={index === current ? '' : undefined}
          aria-rowindex={index + 2}
          tabIndex={index === current ? 0 : -1}
          onClick={() => openItem(index)}
          onFocus={() => setCurrent(index)}
        >
          <span role="gridcell">{t(`act.kind.${item.kind}`)}</span>
          <span role="gridcell">{item.number}</span>
          <span role="gridcell">{item.pages}</span>
          <span role="gridcell">
            <ItemState state={item.state} />
          </span>
          <span role="gridcell" className={styles.result}>
            <ItemResult item={item} />
          </span>
        </div>
      ))}
    </div>
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
