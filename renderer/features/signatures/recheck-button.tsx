import { Button } from '@mantine/core';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';

/** Asks for another check of the filing's signatures; also by the key R, which the filing listens for. */
export function RecheckButton({ busy, onRecheck }: { readonly busy: boolean; readonly onRecheck: () => void }) {
  const { t } = useTexts();
  return (
    <Button variant="default" size="compact-md" loading={busy} onClick={onRecheck} rightSection={<KeyCap keys="R" />} aria-keyshortcuts="R">
      {t('sig.recheck')}
    </Button>
  );
}
