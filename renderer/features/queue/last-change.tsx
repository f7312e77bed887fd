import { Button } from '@mantine/core';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import type { Work } from './use-work.ts';
import styles from './last-change.module.css';

type Props = { readonly last: Work['last']; readonly onUndo: () => void };

/** What was just done, with the offer to take it back. */
export function LastChange({ last, onUndo }: Props) {
  const { t } = useTexts();
  if (last === null) return null;
  return (
    <span role="status" className={styles.last}>
      {last.words}
      {last.undo !== null && (
        <Button size="compact-md" variant="default" rightSection={<KeyCap keys="Ctrl+Z" />} onClick={onUndo}>
          {t('work.undo')}
        </Button>
      )}
    </span>
  );
}
