import { Button } from '@mantine/core';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { useLastWork } from './work-context.tsx';
import styles from './work-note.module.css';

/** What was just done, with the offer to take it back, on every screen. */
export function WorkNote() {
  const { t } = useTexts();
  const { last, undo, failure, clear } = useLastWork();
  return (
    <>
      <div role="status">
        {last !== null && (
          <p className={styles.last}>
            {last.words}
            {last.undo !== null && (
              <Button size="compact-md" variant="default" rightSection={<KeyCap keys="Ctrl+Z" />} onClick={undo}>
                {t('work.undo')}
              </Button>
            )}
          </p>
        )}
      </div>
      {failure && <FailureCard failure={failure} compact onClose={clear} />}
    </>
  );
}
