import type { QueueRow } from '../../../shared/contract/index.ts';
import type { TextKey } from '../../i18n/text-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import styles from './row-state.module.css';

type Mark = { readonly icon: IconName; readonly text: TextKey; readonly tone: 'warn' | 'bad' | 'none' };

/** What matters more than the state itself and takes its place. */
export function markOf(row: Pick<QueueRow, 'intake' | 'confirmed'>): Mark | null {
  if (row.intake === 'damaged') return { icon: 'damaged', text: 'mark.damaged', tone: 'bad' };
  if (row.intake === 'arriving') return { icon: 'arriving', text: 'mark.arriving', tone: 'none' };
  if (row.confirmed === false) return { icon: 'clock', text: 'mark.unconfirmed', tone: 'warn' };
  return null;
}

export function RowState({ row, gone }: { readonly row: QueueRow; readonly gone: boolean }) {
  const { t } = useTexts();
  const mark = markOf(row);
  return (
    <span className={styles.state}>
      {row.flagged && (
        <span className={styles.flag} role="img" aria-label={t('mark.flagged')} title={t('mark.flagged')}>
          <Icon name="flag" size={16} />
        </span>
      )}
      {gone ? (
        <span className={styles.gone}>{t('mark.gone')}</span>
      ) : mark ? (
        <span className={styles.mark} data-tone={mark.tone}>
          <Icon name={mark.icon} size={16} />
          <span>{t(mark.text)}</span>
        </span>
      ) : (
        t(`status.${row.state}`)
      )}
    </span>
  );
}
