import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { DispatchDetail, DispatchRecipient } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { useDraft } from '../proceedings/use-draft.ts';
import { areWays, isFilled, stepsOf, waysOf, type Way } from './ways.ts';
import { WaysFields } from './ways-fields.tsx';
import styles from './dispatch.module.css';

type Typed = { readonly ways: readonly Way[]; readonly reason: string };
function isTyped(kept: unknown): kept is Typed {
  if (typeof kept !== 'object' || kept === null) return false;
  const { ways, reason } = kept as Record<string, unknown>;
  return areWays(ways) && typeof reason === 'string';
}

type Props = {
  readonly filingId: string;
  readonly actId: string;
  readonly recipient: DispatchRecipient;
  readonly onDone: (after: DispatchDetail) => void;
  readonly onClose: () => void;
};

/** Sends once more, by other ways or to a corrected address, for a reason that stays in the journal. */
export function ResendDialog({ filingId, actId, recipient, onDone, onClose }: Props) {
  const { t } = useTexts();
  const reads = recipient.steps.some(({ channel }) => channel === 'cabinet' || channel === 'push');
  const draft = useDraft<Typed>(filingId, `resend:${recipient.id}`, () => ({ ways: waysOf(recipient.steps, reads), reason: '' }), isTyped);
  const [checked, setChecked] = useState(false);
  const sending = useAction();
  const send = () => {
    if (draft.value === null) return;
    const { ways, reason } = draft.value;
    setChecked(true);
    if (reason.trim() === '' || !ways.some((way) => way.chosen) || !ways.every(isFilled)) return;
    void sending.run(
      () => kense().dispatch.resend({ actId, id: recipient.id, steps: stepsOf(ways), reason: reason.trim() }),
      (after) => {
        draft.drop();
        onDone(after);
      },
    );
  };
  useCommands('dialog', { 'app.back': onClose, 'act.sign': send }, { blocks: true });
  if (draft.value === null) return null;
  const typed = draft.value;
  const { ways, reason } = typed;
  return (
    <Dialog title={t('dispatch.againFor', { name: recipient.name })} onClose={onClose}>
      <WaysFields name={recipient.name} ways={ways} onChange={(changed) => draft.change({ ...typed, ways: changed })} checked={checked} />
      <Textarea
        label={t('dispatch.reason')}
        required
        rows={2}
        maxLength={1000}
        value={reason}
        error={checked && reason.trim() === '' ? t('dispatch.reasonNeeded') : null}
        onChange={(event) => draft.change({ ...typed, reason: event.currentTarget.value })}
      />
      {sending.failure && <FailureCard failure={sending.failure} compact />}
      <div className={styles.actions}>
        <Button loading={sending.busy} onClick={send}>
          {t('dispatch.again')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
