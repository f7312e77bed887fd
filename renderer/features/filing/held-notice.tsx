import type { FilingDetail } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { heldMark } from '../queue/row-state.tsx';
import styles from './held-notice.module.css';

/** Who has the filing at another desk, and who took it over from this one and why. */
export function HeldNotice({ filing: { held, takenOver } }: { readonly filing: Pick<FilingDetail, 'held' | 'takenOver'> }) {
  const { t } = useTexts();
  const format = useFormat();
  if (!held && !takenOver) return null;
  const mark = held && heldMark(held);
  return (
    <div className={styles.notice} role="status">
      {takenOver && (
        <p className={styles.takenOver}>{t('lease.takenOver', { name: takenOver.by ?? t('state.unknown'), reason: takenOver.reason })}</p>
      )}
      {held && mark && (
        <>
          <Chip shape={held.silent ? 'warn' : 'busy'}>
            {mark.text === 'mark.held' ? t('lease.held', mark.params) : t(mark.text, mark.params)}
          </Chip>
          <p className={styles.small}>
            {t('lease.locked')} {t('lease.where', { desk: held.desk, when: format.dateTime(held.until) })}
            {held.silent && ` ${t('lease.silent')}`}
          </p>
        </>
      )}
    </div>
  );
}
