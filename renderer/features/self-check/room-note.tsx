import { useEffect } from 'react';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon } from '../../ui/status-icon.tsx';
import styles from './room-note.module.css';

const LOOK_AGAIN_MS = 60_000;

/** A word before anything fails for want of room on the disk. */
export function RoomNote() {
  const { t } = useTexts();
  const { value, reload } = useAnswer('doctor.room', () => kense().doctor.room({}));
  useEvent('workChanged', () => void reload());
  useEffect(() => {
    const timer = setInterval(() => void reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [reload]);
  if (!value?.low) return null;
  return (
    <div className={styles.note} role="status">
      <StatusIcon shape="warn" />
      <p>
        <b>{t('selfCheck.room', { mib: value.freeMiB })}.</b> {t('selfCheck.roomBody')}
      </p>
    </div>
  );
}
