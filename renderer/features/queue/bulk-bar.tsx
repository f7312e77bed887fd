import { Button } from '@mantine/core';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import { LastChange } from './last-change.tsx';
import type { Work } from './use-work.ts';
import styles from './queue-screen.module.css';

type Props = {
  readonly count: number;
  readonly last: Work['last'];
  readonly onTake: () => void;
  readonly onAssign: () => void;
  readonly onPostpone: () => void;
  readonly onUndo: () => void;
  readonly onClear: () => void;
};

/** What can be done with the chosen rows, and what was just done. */
export function BulkBar({ count, last, onTake, onAssign, onPostpone, onUndo, onClear }: Props) {
  const { t } = useTexts();
  return (
    <span className={styles.bulk}>
      {count > 0 && (
        <>
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
        </>
      )}
      <LastChange last={last} onUndo={onUndo} />
    </span>
  );
}
