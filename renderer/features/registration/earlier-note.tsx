import { Button } from '@mantine/core';
import { useState } from 'react';
import type { FilingDetail } from '../../../shared/contract/index.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { EarlierDialog } from './earlier-dialog.tsx';
import styles from './earlier-note.module.css';

/** Says of a filing that comes again what became of the remarks on the one before, and opens the comparison. */
export function EarlierNote({ filing }: { readonly filing: FilingDetail }) {
  const { t } = useTexts();
  const [shown, setShown] = useState(false);
  const { earlier } = filing;
  useCommands('screen', { 'filing.earlier': () => (earlier ? setShown(true) : false) });
  if (!earlier) return null;
  const open = earlier.remarks.filter(({ outcome }) => outcome === 'same').length;
  return (
    <div className={styles.note}>
      <StatusIcon shape={open > 0 ? 'warn' : 'info'} size={18} />
      <p>
        {t('earlier.note', { number: earlier.cabinetNumber, state: t(`status.${earlier.state}`) })}{' '}
        {earlier.remarks.length > 0 && t('earlier.noteRemarks', { total: earlier.remarks.length, same: open })}
      </p>
      <Button variant="default" size="compact-md" rightSection={<KeyCap keys="E" />} aria-keyshortcuts="E" onClick={() => setShown(true)}>
        {t('earlier.show')}
      </Button>
      {shown && <EarlierDialog filing={filing} earlier={earlier} onClose={() => setShown(false)} />}
    </div>
  );
}
