import { useTexts } from '../../i18n/use-texts.ts';
import { useSync } from '../sync/sync-context.tsx';
import styles from './dispatch.module.css';

/** Without a line everything here still works; what is sent waits its turn. */
export function OfflineNote() {
  const { t } = useTexts();
  const { status } = useSync();
  return (
    <p className={styles.offline} role="status">
      {status !== null && !status.online ? t('dispatch.offline') : ''}
    </p>
  );
}
