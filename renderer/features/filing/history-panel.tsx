import type { FilingDetail, HistoryEntry } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts, type Texts } from '../../i18n/use-texts.ts';
import styles from './history-panel.module.css';

/** The particulars a clerk can use; hashes and ids stay in the journal. */
function sayDetails({ details }: HistoryEntry, { t, named, has }: Texts): string {
  const parts: string[] = [];
  const { check, page, incomingNumber, caseNumber, state } = details;
  if (typeof check === 'string') parts.push(named('check', check));
  if (typeof page === 'number') parts.push(t('history.page', { page }));
  if (typeof details['reason'] === 'string' && details['reason'] !== '') parts.push(details['reason']);
  if (typeof incomingNumber === 'string') parts.push(incomingNumber);
  if (typeof caseNumber === 'string') parts.push(caseNumber);
  if (typeof state === 'string' && has(`sig.${state}`)) parts.push(named('sig', state));
  const verdicts = [details['from'], details['verdict']].flatMap((v) => (typeof v === 'string' ? [sayVerdict(v, t)] : []));
  if (verdicts.length > 0) parts.push(verdicts.join(' → '));
  return parts.join(' · ');
}

const sayVerdict = (verdict: string, t: Texts['t']): string =>
  verdict === 'valid' || verdict === 'invalid' || verdict === 'undecided' ? t(`sig.short.${verdict}`) : t('sig.short.absent');

/** Who did what and when, newest first. */
export function HistoryPanel({ filing }: { readonly filing: FilingDetail }) {
  return <HistoryList history={filing.history} />;
}

export function HistoryList({ history }: Pick<FilingDetail, 'history'>) {
  const texts = useTexts();
  const format = useFormat();
  const newestFirst = [...history].sort((a, b) => b.seq - a.seq);
  if (newestFirst.length === 0) return <p>{texts.t('history.empty')}</p>;
  return (
    <ol className={styles.list}>
      {newestFirst.map((entry) => {
        const details = sayDetails(entry, texts);
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
