import { Button, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { date } from '../../../shared/domain/kk-format.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { dayOf } from './typed-day.ts';
import styles from './assign-dialog.module.css';

type Props = {
  readonly chosen: number;
  readonly onPostpone: (until: string, reason: string) => void;
  readonly onClose: () => void;
};

/** Puts filings off until a day, for a reason in somebody's own words. */
export function PostponeDialog({ chosen, onPostpone, onClose }: Props) {
  const { t } = useTexts();
  /* In the time of the court. */
  const [today] = useState(() => date(Date.now()).split('.').reverse().join('-'));
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  const day = dayOf(typed, today);
  const isLater = day !== null && day > today;
  const given = reason.trim();
  const send = () => {
    setTried(true);
    if (isLater && given !== '') onPostpone(day, given);
  };
  return (
    <Dialog title={t('work.postponeTitle', { count: chosen })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <TextInput
          label={t('work.until')}
          description={t('work.untilHint')}
          data-autofocus
          inputMode="numeric"
          autoComplete="off"
          maxLength={12}
          value={typed}
          error={tried && !isLater ? t('work.untilWrong') : undefined}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Textarea
          mt="sm"
          label={t('work.reason')}
          rows={2}
          maxLength={1000}
          value={reason}
          error={tried && given === '' ? t('work.reasonMissing') : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return;
            event.preventDefault();
            send();
          }}
        />
        <div className={styles.actions} style={{ marginTop: '0.8rem' }}>
          <Button type="submit">{t('work.postpone')}</Button>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
