import { useTexts } from '../i18n/use-texts.ts';
import { StatusIcon } from './status-icon.tsx';
import styles from './training-mark.module.css';

/** Training is said in words and colour wherever a person might take it for real. */
export function TrainingMark() {
  const { t } = useTexts();
  return (
    <span className={styles.mark} title={t('training.help')}>
      <StatusIcon shape="info" size={18} />
      {t('training.mark')}
    </span>
  );
}
