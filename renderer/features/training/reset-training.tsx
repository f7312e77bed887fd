import { Button } from '@mantine/core';
import { useState } from 'react';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';

/** Everything of training goes and is prepared anew, once a person has said that this is meant. */
export function ResetTraining() {
  const { t } = useTexts();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <p>{t('training.resetHelp')}</p>
      <Button mt="xs" variant="default" onClick={() => setAsked(true)}>
        {t('training.reset')}
      </Button>
      {asked && <ResetDialog onClose={() => setAsked(false)} />}
    </>
  );
}

function ResetDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const resetting = useAction();
  const [underWay, setUnderWay] = useState(false);
  const busy = resetting.busy || underWay;
  useCommands('dialog', { 'app.back': () => !busy && onClose() });
  return (
    <Dialog title={t('training.resetTitle')} onClose={onClose} busy={busy}>
      <p>{t('training.resetBody')}</p>
      <Button
        mt="sm"
        loading={busy}
        onClick={() =>
          void resetting.run(
            () => kense().training.reset({}),
            () => setUnderWay(true),
          )
        }
      >
        {t('training.resetDo')}
      </Button>
      {resetting.failure && <FailureCard failure={resetting.failure} compact />}
      <p role="status">{underWay && t('training.resetUnderWay')}</p>
    </Dialog>
  );
}
