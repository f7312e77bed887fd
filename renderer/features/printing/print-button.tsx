import { Button } from '@mantine/core';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import { usePrinting, type PaperToPrint } from './print-context.tsx';

export function PrintButton({ paper }: { readonly paper: PaperToPrint }) {
  const { t } = useTexts();
  const { print, busy } = usePrinting();
  return (
    <Button
      variant="default"
      loading={busy}
      aria-keyshortcuts="Control+P"
      rightSection={<KeyCap keys="Ctrl+P" />}
      onClick={() => print(paper)}
    >
      {t('print.action')}
    </Button>
  );
}
