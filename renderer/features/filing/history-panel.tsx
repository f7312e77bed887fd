import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { FilingDetail, HistoryEntry } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts, type Texts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { NotesSection } from './notes-section.tsx';
import styles from './history-panel.module.css';

type TitleOf = (documentId: string) => string | null;

/** The particulars a clerk can use; hashes and ids stay in the journal. */
function sayDetails({ details }: HistoryEntry, { t, named, has }: Texts, titleOf: TitleOf): string {
  const parts: string[] = [];
  const { check, page, incomingNumber, caseNumber, state, document, fields, elsewhere } = details;
  if (typeof document === 'string') parts.push(titleOf(document) ?? '');
  if (typeof check === 'string') parts.push(named('check', check));
  if (typeof page === 'number') parts.push(t('history.page', { page }));
  if (typeof fields === 'string')
    parts.push(
      fields
        .split(' ')
        .map((field) => named('correction.field', field))
        .join(', '),
    );
  if (typeof details['reason'] === 'string' && details['reason'] !== '') parts.push(details['reason']);
  if (typeof incomingNumber === 'string') parts.push(incomingNumber);
  if (typeof caseNumber === 'string') parts.push(caseNumber);
  if (typeof state === 'string' && has(`sig.${state}`)) parts.push(named('sig', state));
  const verdicts = [details['from'], details['verdict']].flatMap((v) => (typeof v === 'string' ? [sayVerdict(v, t)] : []));
  if (verdicts.length > 0) parts.push(verdicts.join(' → '));
  if (elsewhere === 1) parts.push(t('history.elsewhere'));
  return parts.filter((part) => part !== '').join(' · ');
}

const sayVerdict = (verdict: string, t: Texts['t']): string =>
  verdict === 'valid' || verdict === 'invalid' || verdict === 'undecided' ? t(`sig.short.${verdict}`) : t('sig.short.absent');

const FILTERS = ['all', 'people', 'looks', 'program'] as const;
type Filter = (typeof FILTERS)[number];
const isLook = ({ action }: HistoryEntry): boolean => /\.(viewed|saved|printed|opened)$/.test(action);
const FITS: Readonly<Record<Filter, (entry: HistoryEntry) => boolean>> = {
  all: () => true,
  people: (entry) => entry.actor !== null && !isLook(entry),
  looks: isLook,
  program: (entry) => entry.actor === null && !isLook(entry),
};
/** As many as the core gives at once. */
const PAGE = 200;

/** The notes of the colleagues, and who did what and when, newest first. */
export function HistoryPanel({ filing }: { readonly filing: FilingDetail }) {
  const { t } = useTexts();
  const [filter, setFilter] = useState<Filter>('all');
  const [older, setOlder] = useState<readonly HistoryEntry[]>([]);
  const [ended, setEnded] = useState(false);
  const asking = useAction();
  const known = [...new Map([...filing.history, ...older].map((entry) => [entry.seq, entry])).values()];
  const oldest = Math.min(...known.map(({ seq }) => seq));
  const more = (): void =>
    void asking.run(
      () => kense().filing.history({ id: filing.id, before: oldest }),
      (entries) => {
        setOlder((old) => [...old, ...entries]);
        setEnded(entries.length < PAGE);
      },
    );
  return (
    <div className={styles.panel}>
      <NotesSection filingId={filing.id} />
      <section className={styles.history} aria-label={t('filing.history')}>
        <NativeSelect
          label={t('history.filter')}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value as Filter)}
          data={FILTERS.map((value) => ({ value, label: t(`history.show.${value}`) }))}
        />
        <HistoryList history={known.filter(FITS[filter])} documents={filing.documents} />
        {asking.failure && <FailureCard failure={asking.failure} compact onRetry={more} />}
        {filing.history.length >= PAGE && !ended && (
          <Button variant="default" loading={asking.busy} onClick={more}>
            {t('history.older')}
          </Button>
        )}
      </section>
    </div>
  );
}

type ListProps = Pick<FilingDetail, 'history'> & { readonly documents?: FilingDetail['documents'] };

export function HistoryList({ history, documents = [] }: ListProps) {
  const texts = useTexts();
  const format = useFormat();
  const newestFirst = [...history].sort((a, b) => b.seq - a.seq);
  const titles = new Map(documents.map((doc) => [doc.id, doc.title || doc.fileName]));
  if (newestFirst.length === 0) return <p>{texts.t('history.empty')}</p>;
  return (
    <ol className={styles.list}>
      {newestFirst.map((entry) => {
        const details = sayDetails(entry, texts, (id) => titles.get(id) ?? null);
        return (
          <li key={entry.seq}>
            <time className={styles.when} dateTime={entry.at}>
              {format.dateTime(entry.at)}
            </time>
            <span className={styles.what}>
              {texts.named('journal', entry.action)}
              {details !== '' && <span className={styles.details}> · {details}</span>}
              <span className={styles.who}>{entry.actor ?? texts.t('history.program')}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
