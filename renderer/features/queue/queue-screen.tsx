import { Button } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { QueueFilter, QueueQuestion, QueueSort, QueueView } from '../../../shared/contract/index.ts';
import { WORK_VIEWS } from '../../../shared/domain/queue-view.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useSession } from '../../app/session-context.tsx';
import type { TextKey } from '../../i18n/text-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ViewButtons } from '../../ui/view-buttons.tsx';
import look from '../../ui/list-screen.module.css';
import { SentBackStrip } from '../acts/sent-back-strip.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { ColumnsDialog } from './columns-dialog.tsx';
import { FilterRow } from './filter-row.tsx';
import { PostponeDialog } from './postpone-dialog.tsx';
import { HIDDEN_AT_FIRST, INTAKE_COLUMNS } from './queue-columns.tsx';
import { QueueList } from './queue-list.tsx';
import { SavedViewBar } from './saved-view-bar.tsx';
import { useChosen } from './use-chosen.ts';
import { nextSort } from './next-sort.ts';
import { useLayout } from './use-layout.ts';
import { useQueue } from './use-queue.ts';
import { useWork } from './work-context.tsx';
import styles from './queue-screen.module.css';

const VIEW_TEXT: Readonly<Record<QueueView, TextKey>> = {
  mine: 'queue.viewMine',
  unassigned: 'queue.viewUnassigned',
  open: 'queue.viewOpen',
  overdue: 'queue.viewOverdue',
  'due-today': 'queue.viewDueToday',
  'signature-problem': 'queue.viewProblem',
  waiting: 'queue.viewWaiting',
  'returned-again': 'queue.viewAgain',
  registered: 'nav.registered',
  'sent-back': 'nav.sentBack',
  all: 'queue.viewAll',
};
/** They are in the row of views only where they hold something. */
const SELDOM: readonly QueueView[] = ['waiting', 'returned-again'];

type Narrowing = { readonly filter: QueueFilter; readonly search: string; readonly sort: QueueSort | null };
const NOTHING: Narrowing = { filter: {}, search: '', sort: null };

type Props = { readonly view: QueueView | null; /** What the list begins with. */ readonly filter?: QueueFilter | undefined };

export function QueueScreen({ view: wanted, filter: begun }: Props) {
  const { t } = useTexts();
  const { replace, open } = useNavigation();
  const { userId, activeRole } = useSession();
  const isHead = activeRole === 'office-head';
  const view = wanted ?? 'mine';
  const [narrowing, setNarrowing] = useState<Narrowing>(begun ? { ...NOTHING, filter: begun } : NOTHING);
  const { filter, search, sort } = narrowing;
  const question = useMemo(
    (): QueueQuestion => ({ view, ...(Object.keys(filter).length > 0 && { filter }), ...(search && { search }), ...(sort && { sort }) }),
    [view, filter, search, sort],
  );
  const queue = useQueue(question);
  /* Where nothing is assigned to this person yet, the day begins with what there is. */
  const isElsewhere = wanted === null && queue.total === 0;
  useEffect(() => {
    if (isElsewhere) replace({ screen: 'queue', view: 'open' });
  }, [isElsewhere, replace]);

  const atFirst = useMemo(() => ({ hidden: [...HIDDEN_AT_FIRST[isHead ? 'head' : 'secretary']], widths: {} }), [isHead]);
  const [layout, keepLayout] = useLayout(isHead ? 'queue-head' : 'queue', atFirst);
  const people = useAnswer('colleagues', () => kense().work.colleagues({}));
  const work = useWork();
  const chosen = useChosen(queue);
  const [dialog, setDialog] = useState<'assign' | 'postpone' | 'columns' | null>(null);
  const [filters, setFilters] = useState({ shown: begun !== undefined, what: 'filter' as 'filter' | 'find', times: 0 });
  const [focusRequest, setFocusRequest] = useState(0);
  const toRows = useCallback(() => setFocusRequest((n) => n + 1), []);

  const current = chosen.currentRow();
  const targets = chosen.ids.length > 0 ? chosen.ids : current ? [current.id] : [];
  const leaveDialog = () => {
    setDialog(null);
    toRows();
  };
  const done = () => {
    chosen.clear();
    leaveDialog();
  };
  const assign = (assignee: string, name: string, reason = '') =>
    work.run(
      () => kense().work.assign({ ids: [...targets], assignee, ...(reason && { reason }) }),
      (count) => t('work.assigned', { count, name }),
    );
  const takeNext = () =>
    void work.act(
      () => kense().work.takeNext({ after: null }),
      (id) => {
        if (id === null) replace({ screen: 'queue', view: 'unassigned' });
        else {
          const { ids, first } = queue.idsAround(0);
          open({ screen: 'filing', id, neighbours: ids, inList: { list: queue.list, first } });
        }
      },
    );
  const ask = (what: 'filter' | 'find') => setFilters(({ times }) => ({ shown: true, what, times: times + 1 }));
  const me = people.value?.find(({ id }) => id === userId);

  useCommands('panel', {
    'queue.take': () => {
      if (targets.length === 0) return;
      assign(userId, me?.name ?? '');
      done();
    },
    'queue.assign': () => (targets.length > 0 ? setDialog('assign') : false),
    'queue.postpone': () => (targets.length > 0 ? setDialog('postpone') : false),
    'queue.take-next': takeNext,
    'queue.filter': () => ask('filter'),
    'queue.find': () => ask('find'),
  });

  if (isElsewhere) return <Loading />;
  const isNarrowed = Object.keys(filter).length > 0 || search !== '';
  return (
    <section className={look.screen} aria-label={t('queue.title')}>
      <h1 className="visually-hidden">{t('queue.title')}</h1>
      <div className={styles.head}>
        <ViewButtons
          label={t('queue.views')}
          views={[...WORK_VIEWS, ...(view === 'all' ? (['all'] as const) : [])]
            .filter((id) => !SELDOM.includes(id) || id === view || (queue.counts[id] ?? 0) > 0)
            .map((id) => ({
              id,
              name: t(VIEW_TEXT[id]),
              count: queue.counts[id],
            }))}
          current={view}
          onChoose={(id) => replace({ screen: 'queue', view: id })}
        />
        <span className={styles.tools}>
          <SavedViewBar
            question={question}
            onChoose={(saved) => {
              setNarrowing({ filter: saved.filter ?? {}, search: saved.search ?? '', sort: saved.sort ?? null });
              setFilters((old) => ({ ...old, shown: saved.filter !== undefined || saved.search !== undefined }));
              if (saved.view !== view) replace({ screen: 'queue', view: saved.view });
            }}
            onColumns={() => setDialog('columns')}
            onFilters={() => ask('filter')}
          />
          <Button variant="default" rightSection={<KeyCap keys="N" />} onClick={takeNext}>
            {t('queue.takeNext')}
          </Button>
        </span>
      </div>
      {filters.shown && (
        <FilterRow
          filter={filter}
          search={search}
          people={people.value ?? []}
          focus={filters}
          onFilter={(next) => setNarrowing((old) => ({ ...old, filter: next }))}
          onSearch={(next) => setNarrowing((old) => ({ ...old, search: next }))}
          onClear={() => {
            setNarrowing((old) => ({ ...NOTHING, sort: old.sort }));
            setFilters((old) => ({ ...old, shown: false }));
            toRows();
          }}
          onLeave={() => {
            setFilters((old) => ({ ...old, shown: isNarrowed }));
            toRows();
          }}
        />
      )}
      <SentBackStrip />
      {work.failure && <FailureCard failure={work.failure} compact />}
      <QueueList
        queue={queue}
        place={`queue:${view}`}
        label={t('queue.title')}
        columns={INTAKE_COLUMNS}
        layout={layout}
        selection={chosen.selection}
        sort={sort}
        onSort={(column) => setNarrowing((old) => ({ ...old, sort: nextSort(old.sort, column) }))}
        onCurrent={chosen.setCurrent}
        focusRequest={focusRequest}
        takeFocus={!filters.shown || filters.times === 0}
        bulk={
          chosen.ids.length > 0 ? (
            <BulkBar
              count={chosen.ids.length}
              onTake={() => {
                assign(userId, me?.name ?? '');
                done();
              }}
              onAssign={() => setDialog('assign')}
              onPostpone={() => setDialog('postpone')}
              onClear={chosen.clear}
            />
          ) : undefined
        }
        empty={
          <>
            <p>
              {isNarrowed
                ? t('queue.emptyFiltered')
                : view === 'open'
                  ? t('queue.empty')
                  : view === 'mine'
                    ? t('queue.emptyMine')
                    : t('queue.emptyView')}
            </p>
            {isNarrowed && (
              <p>
                <Button
                  variant="default"
                  onClick={() => {
                    setNarrowing(NOTHING);
                    setFilters((old) => ({ ...old, shown: false }));
                    toRows();
                  }}
                >
                  {t('queue.clearFilter')}
                </Button>
              </p>
            )}
          </>
        }
      />
      {dialog === 'columns' && <ColumnsDialog columns={INTAKE_COLUMNS} layout={layout} onLayout={keepLayout} onClose={leaveDialog} />}
      {dialog === 'assign' && (
        <AssignDialog
          chosen={targets.length}
          ids={targets}
          absent={isHead || current?.assignee?.id === userId ? (current?.assignee ?? null) : null}
          onAssign={(to, reason) => {
            assign(to.id, to.name, reason);
            done();
          }}
          onCover={(from, to, reason) => {
            work.run(
              () => kense().work.cover({ from: from.id, to: to.id, ...(reason && { reason }) }),
              (count) => t('work.assigned', { count, name: to.name }),
            );
            done();
          }}
          onClose={leaveDialog}
        />
      )}
      {dialog === 'postpone' && (
        <PostponeDialog
          chosen={targets.length}
          onPostpone={(until, reason) => {
            work.run(
              () => kense().work.postpone({ ids: [...targets], until, reason }),
              (count) => t('work.postponed', { count }),
            );
            done();
          }}
          onClose={leaveDialog}
        />
      )}
    </section>
  );
}
