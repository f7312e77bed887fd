import { useEffect, useRef, useState } from 'react';
import type { DispatchAct, DispatchRecipient, DispatchView } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useRowKeys } from '../../app/keys/use-row-keys.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import { DispatchState } from './dispatch-state.tsx';
import { OfflineNote } from './offline-note.tsx';
import styles from './dispatch.module.css';

const VIEWS: readonly DispatchView[] = ['hand', 'open', 'all'];
const PAGE_ROWS = 15;

/** Signed acts and those to whom they go; what needs a hand first. */
export function DispatchScreen({ view }: { readonly view: DispatchView }) {
  const { t } = useTexts();
  const { replace } = useNavigation();
  const answer = useAnswer(`dispatches:${view}`, () => kense().dispatch.list({ view, filingId: null }));
  useEvent('workChanged', () => void answer.reload());
  const list = answer.value;
  return (
    <section className={styles.screen} aria-label={t('dispatch.title')}>
      <h1 className="visually-hidden">{t('dispatch.title')}</h1>
      <div className={styles.views} role="group" aria-label={t('dispatch.views')} data-pane>
        {VIEWS.map((id) => (
          <button
            key={id}
            type="button"
            className={styles.view}
            aria-pressed={id === view}
            data-pane-start={id === view ? '' : undefined}
            onClick={() => replace({ screen: 'dispatches', view: id })}
          >
            {t(`dispatch.view.${id}`)} {list && <span className={styles.count}>{list.counts[id]}</span>}
          </button>
        ))}
      </div>
      <OfflineNote />
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact={list !== null} />}
      {list === null ? (
        !answer.failure && <Loading />
      ) : list.acts.length === 0 ? (
        <p className={styles.empty}>{t(`dispatch.empty.${view}`)}</p>
      ) : (
        <DispatchGrid acts={list.acts} view={view} />
      )}
      {list?.more && <p className={styles.foot}>{t('dispatch.more', { shown: list.acts.length, total: list.counts[view] })}</p>}
    </section>
  );
}

/** One row for each person, one for an act that was sent to nobody. */
type Row = { readonly act: DispatchAct; readonly recipient: DispatchRecipient | null };
const rowsOf = (acts: readonly DispatchAct[], view: DispatchView): Row[] =>
  acts.flatMap((act): Row[] => {
    const shown = view === 'hand' ? act.recipients.filter(({ task }) => task !== null) : act.recipients;
    return act.recipients.length === 0 ? [{ act, recipient: null }] : shown.map((recipient) => ({ act, recipient }));
  });
const idOf = ({ act, recipient }: Row) => recipient?.id ?? act.actId;

function DispatchGrid({ acts, view }: { readonly acts: readonly DispatchAct[]; readonly view: DispatchView }) {
  const { t, named } = useTexts();
  const format = useFormat();
  const { open, currentRows } = useNavigation();
  const grid = useRef<HTMLDivElement>(null);
  const rows = rowsOf(acts, view);
  const place = `dispatches:${view}`;
  const [currentId, setCurrentId] = useState(currentRows.get(place));
  const found = rows.findIndex((row) => idOf(row) === currentId);
  const current = found < 0 ? 0 : found;
  const focusRow = (index: number) => grid.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  const openRow = (row: Row) => {
    currentRows.set(place, idOf(row));
    open({ screen: 'dispatch', actId: row.act.actId });
  };
  const rowKeys = useRowKeys({
    current,
    count: rows.length,
    page: () => PAGE_ROWS,
    moveTo: focusRow,
    open: (index) => {
      const row = rows[index];
      if (row) openRow(row);
    },
  });
  useEffect(() => {
    focusRow(current);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, on arriving at the list
  }, []);
  const titles = [
    t('act.kind'),
    t('filing.caseNumber'),
    t('act.signedAt'),
    t('dispatch.colRecipient'),
    t('dispatch.colWay'),
    t('queue.colStatus'),
  ];
  return (
    <div
      ref={grid}
      className={styles.grid}
      role="grid"
      aria-label={t('dispatch.title')}
      aria-rowcount={rows.length + 1}
      data-single-keys
      data-pane
      {...rowKeys}
    >
      <div className={styles.gridHead} role="row" aria-rowindex={1}>
        {titles.map((title) => (
          <span key={title} role="columnheader">
            {title}
          </span>
        ))}
      </div>
      {rows.map((row, index) => {
        const { act, recipient } = row;
        return (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter opens the current row, see useRowKeys
          <div
            key={idOf(row)}
            role="row"
            className={styles.row}
            data-index={index}
            data-pane-start={index === current ? '' : undefined}
            aria-rowindex={index + 2}
            aria-selected={index === current}
            tabIndex={index === current ? 0 : -1}
            onClick={() => openRow(row)}
            onFocus={() => {
              setCurrentId(idOf(row));
              currentRows.set(place, idOf(row));
            }}
          >
            <span role="gridcell">{named('act.kind', act.kind)}</span>
            <span role="gridcell">{act.caseNumber ?? act.incomingNumber}</span>
            <span role="gridcell">{format.dateTime(act.signedAt)}</span>
            <span role="gridcell" title={recipient?.name ?? act.claimant} className={styles.name}>
              {recipient?.name ?? act.claimant}
            </span>
            <span role="gridcell">{recipient?.via === null || recipient === null ? t('state.none') : named('channel', recipient.via)}</span>
            <span role="gridcell" className={styles.chips}>
              {!act.issued && <Chip shape="busy">{t('dispatch.notIssued')}</Chip>}
              {recipient === null ? <Chip shape="warn">{t('dispatch.notSent')}</Chip> : <DispatchState recipient={recipient} />}
            </span>
          </div>
        );
      })}
    </div>
  );
}
