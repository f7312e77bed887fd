import { Button } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { QueueFilter, QueueQuestion, QueueSort } from '../../../shared/contract/index.ts';
import { FILING_STATES, type FilingState } from '../../../shared/domain/filing-status.ts';
import { DONE_VIEWS } from '../../../shared/domain/queue-view.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import type { DoneView } from '../../app/route.ts';
import type { TextKey } from '../../i18n/text-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import look from '../../ui/list-screen.module.css';
import { ViewButtons } from '../../ui/view-buttons.tsx';
import { usePrinting } from '../printing/print-context.tsx';
import { FilterRow } from './filter-row.tsx';
import { nextSort } from './next-sort.ts';
import { DONE_COLUMNS } from './queue-columns.tsx';
import { QueueList } from './queue-list.tsx';
import { useChosen } from './use-chosen.ts';
import { useQueue } from './use-queue.ts';
import styles from './queue-screen.module.css';

const VIEW_TEXT: Readonly<Record<DoneView, TextKey>> = { registered: 'nav.registered', 'sent-back': 'nav.sentBack' };
const STATES: Readonly<Record<DoneView, readonly FilingState[]>> = {
  registered: FILING_STATES.slice(2),
  'sent-back': ['with-judge', 'returned', 'refused', 'transferred'],
};
const FILTERS = ['kind', 'state', 'verdict', 'language', 'channel'] as const;

type Props = { readonly view: DoneView; /** What the list begins with. */ readonly filter?: QueueFilter | undefined };

/** Everything that was registered, or of it what the court sends back; the latest first. P prints the talon of a row. */
export function RegisteredScreen({ view, filter: begun }: Props) {
  const { t } = useTexts();
  const { replace, open, currentRows } = useNavigation();
  const { print } = usePrinting();
  const [sort, setSort] = useState<QueueSort | null>(null);
  const [filter, setFilter] = useState<QueueFilter>(begun ?? {});
  const [search, setSearch] = useState('');
  const question = useMemo(
    (): QueueQuestion => ({ view, ...(Object.keys(filter).length > 0 && { filter }), ...(search && { search }), ...(sort && { sort }) }),
    [view, filter, search, sort],
  );
  const queue = useQueue(question);
  const { setCurrent, currentRow } = useChosen(queue);
  const [filters, setFilters] = useState({ shown: begun !== undefined, what: 'filter' as 'filter' | 'find', times: 0 });
  const [focusRequest, setFocusRequest] = useState(0);
  const toRows = useCallback(() => setFocusRequest((n) => n + 1), []);
  const ask = (what: 'filter' | 'find') => setFilters(({ times }) => ({ shown: true, what, times: times + 1 }));
  const isNarrowed = Object.keys(filter).length > 0 || search !== '';
  const current = currentRow();
  const clear = () => {
    setFilter({});
    setSearch('');
    setFilters((old) => ({ ...old, shown: false }));
    toRows();
  };
  const openCase = () => {
    if (!current?.caseNumber) return false;
    currentRows.set(view, current.id);
    open({ screen: 'case', number: current.caseNumber });
    return true;
  };
  const printTalon = () => {
    if (!current?.talon) return false;
    print({ paper: 'talon', id: current.id });
    return true;
  };

  useCommands('panel', {
    'queue.filter': () => ask('filter'),
    'queue.find': () => ask('find'),
    'filing.talon': printTalon,
    'case.open': openCase,
  });

  return (
    <section className={look.screen} aria-label={t(VIEW_TEXT[view])}>
      <h1 className="visually-hidden">{t(VIEW_TEXT[view])}</h1>
      <div className={styles.head}>
        <ViewButtons
          label={t('queue.views')}
          views={DONE_VIEWS.map((id) => ({ id, name: t(VIEW_TEXT[id]), count: queue.counts[id] }))}
          current={view}
          onChoose={(id) => {
            setFilter({});
            setSort(null);
            replace({ screen: 'registered', view: id });
          }}
        />
        <span className={styles.tools}>
          <Button variant="default" rightSection={<KeyCap keys="F" />} aria-pressed={filters.shown} onClick={() => ask('filter')}>
            {t('queue.filters')}
          </Button>
          <Button variant="default" disabled={!current?.caseNumber} rightSection={<KeyCap keys="C" />} onClick={openCase}>
            {t('case.open')}
          </Button>
          <Button variant="default" disabled={!current?.talon} rightSection={<KeyCap keys="P" />} onClick={printTalon}>
            {t('talon.print')}
          </Button>
        </span>
      </div>
      {filters.shown && (
        <FilterRow
          filter={filter}
          search={search}
          people={[]}
          names={FILTERS}
          states={STATES[view]}
          focus={filters}
          onFilter={setFilter}
          onSearch={setSearch}
          onClear={clear}
          onLeave={() => {
            setFilters((old) => ({ ...old, shown: isNarrowed }));
            toRows();
          }}
        />
      )}
      <QueueList
        queue={queue}
        place={view}
        label={t(VIEW_TEXT[view])}
        columns={DONE_COLUMNS[view]}
        sort={sort}
        onSort={(column) => setSort((old) => nextSort(old, column))}
        onCurrent={setCurrent}
        focusRequest={focusRequest}
        takeFocus={!filters.shown || filters.times === 0}
        empty={
          <>
            <p>{t(isNarrowed ? 'queue.emptyFiltered' : view === 'registered' ? 'queue.emptyRegistered' : 'queue.emptySentBack')}</p>
            {isNarrowed && (
              <Button variant="default" onClick={clear}>
                {t('queue.clearFilter')}
              </Button>
            )}
          </>
        }
      />
    </section>
  );
}
