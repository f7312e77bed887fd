import { useEffect, useRef, useState } from 'react';
import type { ActSummary } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import { DueChip } from '../queue/due-chip.tsx';
import { ActState } from './act-state.tsx';
import styles from './acts-screen.module.css';

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

function ActGrid({ acts, view, label }: { readonly acts: readonly ActSummary[]; readonly view: 'to-sign' | 'signed'; readonly label: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const { open, currentRows } = useNavigation();
  const grid = useRef<HTMLDivElement>(null);
  const inside = useRef(false);
  const place = `acts:${view}`;
  const [currentId, setCurrentId] = useState(currentRows.get(place) ?? acts[0]!.id);
  const found = acts.findIndex((act) => act.id === currentId);
  const current = found < 0 ? 0 : found;

  const focusRow = (index: number) => grid.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  const moveTo = (index: number) => {
    const act = acts[Math.max(0, Math.min(acts.length - 1, index))];
    if (!act) return;
    setCurrentId(act.id);
    currentRows.set(place, act.id);
    focusRow(acts.indexOf(act));
  };
  const openAct = (id: string) => {
    currentRows.set(place, id);
    open({ screen: 'act', id });
  };
  useEffect(() => {
    focusRow(current);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, on arriving at the list
  }, []);
  const here = (run: () => void) => () => {
    if (!inside.current) return false;
    run();
    return true;
  };
  useCommands('panel', {
    'list.next': here(() => moveTo(current + 1)),
    'list.next-letter': here(() => moveTo(current + 1)),
    'list.previous': here(() => moveTo(current - 1)),
    'list.previous-letter': here(() => moveTo(current - 1)),
    'list.first': here(() => moveTo(0)),
    'list.last': here(() => moveTo(acts.length - 1)),
    'list.open': here(() => openAct(acts[current]!.id)),
  });

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
      onFocus={() => {
        inside.current = true;
      }}
      onBlur={() => {
        inside.current = false;
      }}
    >
      <div className={styles.header} role="row" aria-rowindex={1}>
        {titles.map((title) => (
          <span key={title} role="columnheader">
            {title}
          </span>
        ))}
      </div>
      {acts.map((act, index) => (
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
          onFocus={() => setCurrentId(act.id)}
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
              <ActState state={act.state} />
            )}
          </span>
        </div>
      ))}
    </div>
  );
}
