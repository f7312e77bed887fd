import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { FilingDetail } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import styles from './take-over-dialog.module.css';

type Props = {
  readonly filing: FilingDetail;
  readonly onTaken: (filing: FilingDetail) => void;
  readonly onClose: () => void;
};

/** The head takes a filing from another desk: from whom, what follows from it, and why. Without a reason nothing is taken. */
export function TakeOverDialog({ filing, onTaken, onClose }: Props) {
  const { t } = useTexts();
  const [reason, setReason] = useState('');
  const taking = useAction();
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  const take = () => void taking.run(() => kense().filing.takeOver({ id: filing.id, reason: reason.trim() }), onTaken);
  return (
    <Dialog title={t('takeOver.title')} onClose={onClose}>
      {filing.held && (
        <p>
          {t('takeOver.who', { name: filing.held.name ?? filing.held.desk })}
          {filing.held.silent && ` · ${t('lease.silent')}`}
        </p>
      )}
      <p className={styles.hint}>{t('takeOver.hint')}</p>
      <Textarea
        label={t('takeOver.reason')}
        data-autofocus
        required
        rows={3}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {taking.failure && <FailureCard failure={taking.failure} compact />}
      <div className={styles.actions}>
        <Button loading={taking.busy} disabled={reason.trim() === ''} onClick={take}>
          {t('takeOver.action')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
