import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { JournalFilter, JournalLine } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useSession } from '../../app/session-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Icon } from '../../ui/icon.tsx';
import look from '../../ui/list-screen.module.css';
import { Loading } from '../../ui/loading.tsx';
import type { GridColumn } from '../../ui/grid-column.ts';
import { RowGrid } from '../../ui/row-grid.tsx';
import { DayField } from '../proceedings/day-field.tsx';
import { ACTION_GROUPS } from './action-groups.ts';
import { ChainState } from './chain-state.tsx';
import { ChangesDialog } from './changes-dialog.tsx';
import { EntryDialog } from './entry-dialog.tsx';
import { inLine, sayDetails } from './say-details.ts';
import { useJournal } from './use-journal.ts';
import { WhoSawDialog } from './who-saw-dialog.tsx';
import { WipeDialog } from './wipe-dialog.tsx';
import styles from './journal-screen.module.css';

const EVERYTHING: JournalFilter = { from: null, until: null, actor: null, action: null, filingId: null, number: null, text: null };

/** Who did what, when and with which filing: one's own steps, for the head of office and the administrator those of all. */
export function JournalScreen() {
  const { t } = useTexts();
  const { activeRole: role } = useSession();
  const oversees = role === 'office-head' || role === 'admin';
  const [filter, setFilter] = useState(EVERYTHING);
  const change = (part: Partial<JournalFilter>) => setFilter({ ...filter, ...part });
  const [asking, setAsking] = useState(false);
  const [wiping, setWiping] = useState(false);
  const [changes, setChanges] = useState(false);
  return (
    <section className={look.screen} aria-label={t('journalView.title')}>
      <h1 className="visually-hidden">{t('journalView.title')}</h1>
      <div className={look.question} data-pane>
        <div className={look.day}>
          <DayField label={t('report.from')} value={filter.from} mayBeEmpty onChange={(from) => change({ from })} />
        </div>
        <div className={look.day}>
          <DayField label={t('report.until')} value={filter.until} mayBeEmpty onChange={(until) => change({ until })} />
        </div>
        <NativeSelect
          className={styles.choice ?? ''}
          label={t('journalView.action')}
          value={filter.action ?? ''}
          onChange={(event) => change({ action: event.currentTarget.value || null })}
          data={[
            { value: '', label: t('journalView.all') },
            ...ACTION_GROUPS.map((group) => ({ value: group, label: t(`journalView.group.${group}`) })),
          ]}
        />
        <Words label={t('journalView.number')} value={filter.number} onChange={(number) => change({ number })} />
        <Words label={t('journalView.text')} value={filter.text} onChange={(text) => change({ text })} />
        {oversees && <People value={filter.actor} onChange={(actor) => change({ actor })} />}
        {oversees && (
          <div className={styles.acts}>
            <Button variant="default" leftSection={<Icon name="search" size={16} />} onClick={() => setAsking(true)}>
              {t('whoSaw.open')}
            </Button>
            {role === 'office-head' && (
              <Button variant="default" onClick={() => setChanges(true)}>
                {t('administration.changes.open')}
              </Button>
            )}
            <Button variant="default" onClick={() => setWiping(true)}>
              {t('wipe.open')}
            </Button>
            <SaveArchive filter={filter} />
          </div>
        )}
      </div>
      {oversees && <ChainState />}
      <Entries key={JSON.stringify(filter)} filter={filter} />
      {wiping && <WipeDialog onClose={() => setWiping(false)} />}
      {asking && <WhoSawDialog onClose={() => setAsking(false)} />}
      {changes && <ChangesDialog onClose={() => setChanges(false)} />}
    </section>
  );
}

/** Asked when it is left or Enter is pressed: half a number is none. */
function Words({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (words: string | null) => void;
}) {
  const [typed, setTyped] = useState(value ?? '');
  const ask = () => {
    const words = typed.trim() || null;
    if (words !== value) onChange(words);
  };
  return (
    <TextInput
      className={styles.words ?? ''}
      label={label}
      value={typed}
      maxLength={60}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={ask}
      onKeyDown={(event) => {
        if (event.key === 'Enter') ask();
      }}
    />
  );
}

function People({ value, onChange }: { readonly value: string | null; readonly onChange: (id: string | null) => void }) {
  const { t } = useTexts();
  const people = useAnswer('journal-people', () => kense().journal.people({}));
  return (
    <NativeSelect
      className={styles.choice ?? ''}
      label={t('journalView.person')}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
      data={[{ value: '', label: t('journalView.all') }, ...(people.value ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
    />
  );
}

function SaveArchive({ filter: { from, until } }: { readonly filter: JournalFilter }) {
  const { t } = useTexts();
  const saving = useAction();
  const [saved, setSaved] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon name="save" size={16} />}
        loading={saving.busy}
        onClick={() => {
          setSaved(false);
          void saving.run(() => kense().journal.save({ from, until }), setSaved);
        }}
      >
        {t('journalView.save')}
      </Button>
      <span role="status">{saved && t('journalView.saved')}</span>
      {saving.failure && <FailureCard failure={saving.failure} compact />}
    </>
  );
}

function Entries({ filter }: { readonly filter: JournalFilter }) {
  const texts = useTexts();
  const { t, named } = texts;
  const format = useFormat();
  const { dateTime } = format;
  const [opened, setOpened] = useState<JournalLine | null>(null);
  const [from, setFrom] = useState<number | null>(null);
  const journal = useJournal(filter, from);
  const columns = useMemo(
    (): readonly GridColumn<JournalLine>[] => [
      { id: 'at', title: t('journalView.at'), width: '9.6rem', cell: ({ at }) => dateTime(at) },
      {
        id: 'actor',
        title: t('journalView.person'),
        width: 'minmax(8rem, 0.8fr)',
        text: ({ actor }) => actor ?? undefined,
        cell: ({ actor }) => actor ?? t('history.program'),
      },
      {
        id: 'action',
        title: t('journalView.action'),
        width: 'minmax(11rem, 1.1fr)',
        text: ({ action }) => named('journal', action),
        cell: ({ action }) => named('journal', action),
      },
      { id: 'subject', title: t('journalView.subject'), width: '10rem', cell: ({ subject }) => subject?.number ?? '' },
      {
        id: 'details',
        title: t('journalView.details'),
        width: 'minmax(12rem, 2.2fr)',
        text: (line) => sayDetails(line, texts, format).map(inLine).join('\n'),
        cell: (line) => (
          <span className={styles.details}>
            {line.wiped ? t('journalView.wiped') : sayDetails(line, texts, format, { short: true }).map(inLine).join(', ')}
          </span>
        ),
      },
      { id: 'seq', title: '№', width: '4.5rem', cell: ({ seq }) => <span className={styles.number}>{seq}</span> },
    ],
    [texts, format, t, named, dateTime],
  );
  if (journal.failure) return <FailureCard failure={journal.failure} onRetry={journal.reload} />;
  if (journal.total === null) return <Loading />;
  const { next } = journal;
  return (
    <>
      <div className={styles.facts}>
        <span role="status">
          {next === null && from === null && journal.total === 0
            ? t('journalView.empty')
            : t(next === null ? 'journalView.found' : 'journalView.foundMore', { total: journal.total })}
        </span>
        {from !== null && (
          <Button variant="default" size="compact-md" onClick={() => setFrom(null)}>
            {t('journalView.newest')}
          </Button>
        )}
        {next !== null && (
          <Button variant="default" size="compact-md" onClick={() => setFrom(next)}>
            {t('journalView.older')}
          </Button>
        )}
      </div>
      {journal.total > 0 && grid(journal.total)}
      {opened !== null && <EntryDialog line={opened} onClose={() => setOpened(null)} />}
    </>
  );

  function grid(count: number) {
    return (
      <RowGrid
        key={from ?? 0}
        label={t('journalView.title')}
        columns={columns}
        count={count}
        rowAt={journal.rowAt}
        idOf={({ seq }) => String(seq)}
        onVisible={journal.load}
        takeFocus={false}
        minWidth="60rem"
        onOpen={setOpened}
      />
    );
  }
}
