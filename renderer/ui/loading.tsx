import { useEffect, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import styles from './loading.module.css';

const QUIET_MS = 150;

/** Says that something loads, but only when it is not there at once. */
export function Loading() {
  const { t } = useTexts();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className={styles.loading} role="status">
      {late && t('state.loading')}
    </p>
  );
}
