import { Button, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Result } from '../../../shared/result.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import styles from './reason-dialog.module.css';

type Props<T> = {
  readonly title: string;
  /** What follows from it. */
  readonly children?: ReactNode;
  readonly label: string;
  readonly action: string;
  /** Default: without a reason nothing is done. */
  readonly optional?: boolean;
  /** Said of leaving the dialog; default "cancel". */
  readonly leave?: string;
  readonly act: (reason: string) => Promise<Result<T>>;
  readonly onDone: (value: T) => void;
  readonly onClose: () => void;
};

/** Something that is done for a reason in somebody's own words. */
export function ReasonDialog<T>({ title, children, label, action, optional = false, leave, act, onDone, onClose }: Props<T>) {
  const { t } = useTexts();
  const [reason, setReason] = useState('');
  const acting = useAction();
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  const given = reason.trim();
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <Textarea
        label={label}
        data-autofocus
        required={!optional}
        rows={3}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {acting.failure && <FailureCard failure={acting.failure} compact />}
      <div className={styles.actions}>
        <Button loading={acting.busy} disabled={!optional && given === ''} onClick={() => void acting.run(() => act(given), onDone)}>
          {action}
        </Button>
        <Button variant="default" onClick={onClose}>
          {leave ?? t('action.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
