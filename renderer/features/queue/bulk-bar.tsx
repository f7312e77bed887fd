import { Button } from '@mantine/core';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import styles from './queue-screen.module.css';

type Props = {
  readonly count: number;
  readonly onTake: () => void;
  readonly onAssign: () => void;
  readonly onPostpone: () => void;
  readonly onClear: () => void;
};

/** What can be done with the chosen rows. */
export function BulkBar({ count, onTake, onAssign, onPostpone, onClear }: Props) {
  const { t } = useTexts();
  return (
    <span className={styles.bulk}>
      <b>{t('queue.chosen', { count })}</b>
      <Button size="compact-md" variant="default" rightSection={<KeyCap keys="A" />} onClick={onTake}>
        {t('work.take')}
      </Button>
      <Button size="compact-md" variant="default" rightSection={<KeyCap keys="M" />} onClick={onAssign}>
        {t('work.assign')}
      </Button>
      <Button size="compact-md" variant="default" rightSection={<KeyCap keys="F8" />} onClick={onPostpone}>
        {t('work.postpone')}
      </Button>
      <Button size="compact-md" variant="subtle" onClick={onClear}>
        {t('queue.clearChosen')}
      </Button>
    </span>
  );
}
