import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DispatchDetail, DispatchRecipient } from '../../../shared/contract/index.ts';
import { courtDayOf } from '../../../shared/domain/court-day.ts';
import type { LetterEvent } from '../../../shared/registry/dispatches.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { parseDay, writtenDay } from '../proceedings/moment.ts';
import { takeDigit } from '../proceedings/moment-fields.tsx';
import styles from './dispatch.module.css';

type Props = {
  readonly actId: string;
  readonly recipient: DispatchRecipient;
  readonly onDone: (after: DispatchDetail) => void;
  readonly onClose: () => void;
};

/** What the clerk knows of a letter: handed over under a number, or how it ended. */
export function LetterDialog({ actId, recipient, onDone, onClose }: Props) {
  const { t } = useTexts();
  const events: readonly LetterEvent[] = recipient.letterGone ? ['delivered', 'returned', 'handed-over'] : ['handed-over'];
  const today = courtDayOf(new Date().toISOString());
  const [event, setEvent] = useState<LetterEvent>(events[0]!);
  const [number, setNumber] = useState('');
  const [typedDay, setTypedDay] = useState(() => writtenDay(today));
  const keeping = useAction();
  const day = parseDay(typedDay);
  const isPast = day !== null && day <= today;
  const keep = () => {
    if (!isPast) return;
    const record = { actId, id: recipient.id, event, day, number: number.trim() || null };
    void keeping.run(() => kense().dispatch.record(record), onDone);
  };
  useCommands('dialog', { 'app.back': onClose, 'act.sign': keep }, { blocks: true });
  return (
    <Dialog title={t('dispatch.recordFor', { name: recipient.name })} onClose={onClose}>
      <NativeSelect
        label={t('dispatch.event')}
        data-autofocus
        value={event}
        data={events.map((one) => ({ value: one, label: t(`dispatch.event.${one}`) }))}
        onChange={(change) => setEvent(events.find((one) => one === change.currentTarget.value) ?? event)}
      />
      {event === 'handed-over' && (
        <TextInput
          label={t('dispatch.postalNumber')}
          maxLength={60}
          spellCheck={false}
          value={number}
          onChange={(change) => setNumber(change.currentTarget.value)}
        />
      )}
      <TextInput
        label={t('dispatch.day')}
        required
        inputMode="numeric"
        maxLength={10}
        value={typedDay}
        error={isPast ? null : t('dispatch.dayWrong')}
        onChange={(change) => setTypedDay(change.currentTarget.value)}
        onKeyDown={(press) => takeDigit(press, setTypedDay)}
      />
      {keeping.failure && <FailureCard failure={keeping.failure} compact />}
      <div className={styles.actions}>
        <Button loading={keeping.busy} disabled={!isPast} onClick={keep}>
          {t('dispatch.keep')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
