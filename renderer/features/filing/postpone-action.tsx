import { Button } from '@mantine/core';
import { useState } from 'react';
import { kense } from '../../api/kense.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { PostponeDialog } from '../queue/postpone-dialog.tsx';
import { useWork } from '../queue/work-context.tsx';

/** Puts the opened filing off until a day; it stays open, so that it can be taken back at once. */
export function PostponeAction({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const work = useWork();
  const [asking, setAsking] = useState(false);
  useCommands('screen', { 'filing.postpone': () => setAsking(true) });
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)} rightSection={<KeyCap keys="F8" />} aria-keyshortcuts="F8">
        {t('work.postpone')}
      </Button>
      {work.failure && <FailureCard failure={work.failure} compact />}
      {asking && (
        <PostponeDialog
          chosen={1}
          onPostpone={(until, reason) => {
            work.run(
              () => kense().work.postpone({ ids: [id], until, reason }),
              (count) => t('work.postponed', { count }),
            );
            setAsking(false);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
