import { useEffect, useRef, useState } from 'react';
import type { ActSummary } from '../../../shared/contract/index.ts';
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
import { DueChip } from '../queue/due-chip.tsx';
import { ActState } from './act-state.tsx';
import styles from './acts-screen.module.css';

const PAGE_ROWS = 15;

/** The judge's list: acts to read and sign, or those already signed with what became of them. Never intake noise. */
export function ActsScreen({ view }: { readonly view: 'to-sign' | 'signed' }) {
  const { t } = useTexts();
  const answer = useAnswer(`acts:${view}`, () => kense().acts.list({ view }));
  useEvent('workChanged', () => void answer.reload());
  const title = t(view === 'to-sign' ? 'act.title' : 'act.signedTitle');
  return (
    <section className={styles.screen} aria-label={title}>
      <h1 className={styles.title}>
        {title} <span className={styles.count}>{answer.value?.length ?? ''}</span>
      </h1>
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact={answer.value !== null} />}
      {answer.value === null ? (
        !answer.failure && <Loading />
      ) : answer.value.length === 0 ? (
        <p className={styles.empty}>{t(view === 'to-sign' ? 'act.empty' : 'act.emptySigned')}</p>
      ) : (
        <ActGrid acts={answer.value} view={view} label={title} />
      )}
    </section>
  );
}

function ActGrid({
  acts,
  view,
  label,
}: {
  readonly acts: readonly ActSummary[];
  readonly view: 'to-sign' | 'signed';
  readonly label: string;
}) {
  const { t } = useTexts();
  const format = useFormat();
  const { open, currentRows } = useNavigation();
  const grid = useRef<HTMLDivElement>(null);
  const place = `acts:${view}`;
  const [currentId, setCurrentId] = useState(currentRows.get(place));
  const found = acts.findIndex((act) => act.id === currentId);
  const current = found < 0 ? 0 : found;

  const focusRow = (index: number) => grid.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  const openAct = (id: string) => {
    currentRows.set(place, id);
    open({ screen: 'act', id });
  };
  const rowKeys = useRowKeys({
    current,
    count: acts.length,
    page: () => PAGE_ROWS,
    moveTo: focusRow,
    open: (index) => {
      const act = acts[index];
      if (act) openAct(act.id);
    },
  });
  useEffect(() => {
    focusRow(current);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, on arriving at the list
  }, []);

  const titles = [
    t('act.kind'),
    t('filing.caseNumber'),
    t('queue.colClaimant'),
    t('queue.colRespondent'),
    t('act.preparedBy'),
    t(view === 'to-sign' ? 'queue.colDue' : 'act.signedAt'),
    t('queue.colStatus'),
  ];
  return (
    <div
      ref={grid}
      className={styles.grid}
      role="grid"
      aria-label={label}
      aria-rowcount={acts.length + 1}
      data-single-keys
      data-pane
      {...rowKeys}
    >
      <div className={styles.header} role="row" aria-rowindex={1}>
        {titles.map((title) => (
          <span key={title} role="columnheader">
            {title}
          </span>
        ))}
      </div>
      {acts.map((act, index) => (
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter opens the current row, see useRowKeys
        <div
          key={act.id}
          role="row"
          className={styles.row}
          data-index={index}
          data-pane-start={index === current ? '' : undefined}
          aria-rowindex={index + 2}
          aria-selected={index === current}
          tabIndex={index === current ? 0 : -1}
          onClick={() => openAct(act.id)}
          onFocus={() => {
            setCurrentId(act.id);
            currentRows.set(place, act.id);
          }}
        >
          <span role="gridcell">{t(`act.kind.${act.kind}`)}</span>
          <span role="gridcell">{act.caseNumber ?? act.incomingNumber}</span>
          <span role="gridcell" title={act.claimant}>
            {act.claimant}
          </span>
          <span role="gridcell" title={act.respondent ?? undefined}>
            {act.respondent ?? t('state.none')}
          </span>
          <span role="gridcell" title={act.preparedBy}>
            {act.preparedBy}
          </span>
          <span role="gridcell">
            {view === 'to-sign' ? (
              <DueChip dueAt={act.dueAt} courtDaysLeft={act.courtDaysLeft} />
            ) : act.signedAt === null ? (
              t('state.unknown')
            ) : (
              format.dateTime(act.signedAt)
            )}
          </span>
          <span role="gridcell">
            {act.state === 'draft' ? (
              <Chip shape={act.reviewed ? 'ok' : 'unchecked'}>{t(act.reviewed ? 'act.reviewed' : 'act.notReviewed')}</Chip>
            ) : (
              <ActState state={act.state} setAside={act.setAside} />
            )}
          </span>
        </div>
      ))}
    </div>
  );
}
