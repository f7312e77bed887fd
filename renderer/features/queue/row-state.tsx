import type { Held, QueueRow } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { TextKey } from '../../i18n/text-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import styles from './row-state.module.css';

type Mark = {
  readonly icon: IconName;
  readonly text: TextKey;
  readonly tone: 'warn' | 'bad' | 'none';
  readonly params?: Readonly<Record<string, string>>;
  readonly hint?: string;
};

/** Who has it at another desk: a person, or the desk itself. */
export function heldMark({ name, desk, silent }: Held): Mark {
  if (name === null) return { icon: 'lock', text: 'mark.setAside', tone: 'none', params: { desk } };
  return { icon: 'user', text: silent ? 'mark.heldSilent' : 'mark.held', tone: silent ? 'warn' : 'none', params: { name } };
}

/** What matters more than the state itself and takes its place. */
export function markOf(row: Pick<QueueRow, 'intake' | 'confirmed' | 'held' | 'postponed'>, date: (instant: string) => string): Mark | null {
  if (row.held) return heldMark(row.held);
  if (row.intake === 'damaged') return { icon: 'damaged', text: 'mark.damaged', tone: 'bad' };
  if (row.intake === 'arriving') return { icon: 'arriving', text: 'mark.arriving', tone: 'none' };
  if (row.confirmed === false) return { icon: 'clock', text: 'mark.unconfirmed', tone: 'warn' };
  if (row.postponed && row.confirmed === null)
    return { icon: 'clock', text: 'mark.postponed', tone: 'none', params: { date: date(row.postponed.until) }, hint: row.postponed.reason };
  return null;
}

export function RowState({ row, gone }: { readonly row: QueueRow; readonly gone: boolean }) {
  const { t } = useTexts();
  const { date } = useFormat();
  const mark = markOf(row, date);
  return (
    <span className={styles.state}>
      {row.flagged && (
        <span className={styles.flag} role="img" aria-label={t('mark.flagged')} title={t('mark.flagged')}>
          <Icon name="flag" size={16} />
        </span>
      )}
      {row.again && row.registeredAt === null && (
        <span className={styles.flag} role="img" aria-label={t('mark.again')} title={t('mark.again')}>
          <Icon name="arriving" size={16} />
        </span>
      )}
      {row.notes > 0 && (
        <span
          className={styles.notes}
          role="img"
          aria-label={t('mark.notes', { number: String(row.notes) })}
          title={t('mark.notes', { number: String(row.notes) })}
        >
          <Icon name="journal" size={16} />
          {row.notes}
        </span>
      )}
      {gone ? (
        <span className={styles.gone}>{t('mark.gone')}</span>
      ) : mark ? (
        <span className={styles.mark} data-tone={mark.tone} title={mark.hint ?? (mark.params && t(mark.text, mark.params))}>
          <Icon name={mark.icon} size={16} />
          <span className={styles.words}>{t(mark.text, mark.params)}</span>
        </span>
      ) : (
        t(`status.${row.state}`)
      )}
    </span>
  );
}
