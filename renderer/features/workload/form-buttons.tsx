import { Button } from '@mantine/core';
import { useTexts } from '../../i18n/use-texts.ts';
import styles from './workload-screen.module.css';

/** What ends a form of the workload: what was entered holds, or nothing of it does. */
export function FormButtons({ onCancel }: { readonly onCancel: () => void }) {
  const { t } = useTexts();
  return (
    <div className={styles.actions}>
      <Button type="submit">{t('workload.save')}</Button>
      <Button variant="default" onClick={onCancel}>
        {t('action.cancel')}
      </Button>
    </div>
  );
}
