import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { FILING_STATES, type FilingState } from '../../../shared/domain/filing-status.ts';
import type { Colleague, QueueFilter } from '../../../shared/contract/index.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useOffice } from '../../app/office-context.tsx';
import { useKindName } from '../../app/use-kind-name.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import { FilterNotes } from './filter-notes.tsx';
import styles from './filter-row.module.css';

type Props = {
  readonly filter: QueueFilter;
  readonly search: string;
  readonly people: readonly Colleague[];
  /** Which of the filters there are; all by default. */
  readonly names?: readonly (keyof QueueFilter)[];
  /** Those that the list can hold; open ones by default. */
  readonly states?: readonly FilingState[];
  /** Grows when a key asks for the first filter, or for the words (`find`). */
  readonly focus: { readonly what: 'filter' | 'find'; readonly times: number };
  readonly onFilter: (filter: QueueFilter) => void;
  readonly onSearch: (search: string) => void;
  readonly onClear: () => void;
  readonly onLeave: () => void;
};
/** What a list of open filings is narrowed by. */
const OPEN_FILTERS: readonly (keyof QueueFilter)[] = ['kind', 'state', 'verdict', 'term', 'assignee', 'language', 'channel'];
type Chosen = 'kind' | 'state' | 'verdict' | 'term' | 'assignee' | 'language' | 'channel';
type Choice = { readonly value: string; readonly label: string };
/** Stands for what a filing does not have: nobody, no verdict yet. */
const NONE = 'none-of-these';
const TYPING_PAUSE_MS = 120;

/** Narrows a list by what its filings are; every choice is at once in the list. */
export function FilterRow({
  filter,
  search,
  people,
  names = OPEN_FILTERS,
  states = FILING_STATES.slice(0, 2),
  focus,
  onFilter,
  onSearch,
  onClear,
  onLeave,
}: Props) {
  const { t } = useTexts();
  const { reference } = useOffice();
  const kindName = useKindName();
  const row = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState(search);
  const [heard, setHeard] = useState(search);
  if (heard !== search) {
    setHeard(search);
    if (typed.trim() !== search) setTyped(search);
  }
  useEffect(() => {
    if (typed.trim() === search) return;
    const timer = setTimeout(() => onSearch(typed.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only typing starts a search
  }, [typed]);
  useEffect(() => {
    if (focus.times > 0) row.current?.querySelector<HTMLElement>(focus.what === 'find' ? 'input' : 'select')?.focus();
  }, [focus]);

  useCommands('panel', { 'app.back': () => (row.current?.contains(document.activeElement) ? onLeave() : false) });

  const without = (name: string): QueueFilter => Object.fromEntries(Object.entries(filter).filter(([other]) => other !== name));
  const put = (name: Chosen, value: string) =>
    onFilter(value === '' ? without(name) : { ...without(name), [name]: value === NONE ? null : value });
  const kinds = reference.documentTypes.filter(({ known }) => known).map(({ id }) => ({ value: id, label: kindName.short(id) }));
  const selects: readonly { readonly name: Chosen; readonly label: string; readonly data: readonly Choice[] }[] = [
    { name: 'kind', label: t('queue.colKind'), data: kinds },
    {
      name: 'state',
      label: t('queue.colStatus'),
      data: states.map((value) => ({ value, label: t(`status.${value}`) })),
    },
    {
      name: 'verdict',
      label: t('queue.colSignature'),
      data: [
        ...(['valid', 'undecided', 'invalid', 'unsigned'] as const).map((value) => ({ value, label: t(`queue.verdict.${value}`) })),
        { value: NONE, label: t('board.without.verdict') },
      ],
    },
    {
      name: 'term',
      label: t('queue.colDue'),
      data: (['overdue', 'today', 'later', 'none'] as const).map((value) => ({ value, label: t(`queue.term.${value}`) })),
    },
    {
      name: 'assignee',
      label: t('queue.colAssignee'),
      data: [{ value: NONE, label: t('queue.viewUnassigned') }, ...people.map(({ id, name }) => ({ value: id, label: name }))],
    },
    {
      name: 'language',
      label: t('queue.language'),
      data: (['kk', 'ru'] as const).map((value) => ({ value, label: t(`language.${value}`) })),
    },
    {
      name: 'channel',
      label: t('queue.channel'),
      data: (['cabinet', 'paper'] as const).map((value) => ({ value, label: t(`queue.channelOf.${value}`) })),
    },
  ];
  const valueOf = (name: Chosen) => (filter[name] === null ? NONE : (filter[name] ?? ''));

  return (
    <div ref={row} role="search" aria-label={t('queue.filters')} className={styles.row} data-pane>
      <TextInput
        size="xs"
        type="search"
        aria-label={t('queue.findHere')}
        placeholder={t('queue.findShort')}
        className={styles.words}
        value={typed}
        maxLength={200}
        spellCheck={false}
        rightSection={<KeyCap keys="/" />}
        rightSectionPointerEvents="none"
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onLeave();
        }}
      />
      {selects
        .filter(({ name }) => names.includes(name))
        .map(({ name, label, data }) => (
          <NativeSelect
            key={name}
            size="xs"
            aria-label={label}
            className={styles.select}
            data-on={filter[name] !== undefined || undefined}
            value={valueOf(name)}
            data={[{ value: '', label }, ...data]}
            onChange={(event) => put(name, event.currentTarget.value)}
          />
        ))}
      <FilterNotes filter={filter} chosen={names} onDrop={(name) => onFilter(without(name))} />
      <Button size="compact-sm" variant="default" disabled={Object.keys(filter).length === 0 && search === ''} onClick={onClear}>
        {t('queue.clearFilter')}
      </Button>
    </div>
  );
}
