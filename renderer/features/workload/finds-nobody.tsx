import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon } from '../../ui/status-icon.tsx';
import styles from './workload-screen.module.css';

/** What a rule comes to that names only people who are gone. */
export function FindsNobody() {
  const { t } = useTexts();
  return (
    <span className={styles.findsNobody}>
      <StatusIcon shape="warn" size={18} />
      {t('workload.ruleFindsNobody')}
    </span>
  );
}
