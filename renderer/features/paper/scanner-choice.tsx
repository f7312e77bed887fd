import { Button, NativeSelect } from '@mantine/core';
import { useOffice } from '../../app/office-context.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import styles from './pages.module.css';
import type { Scanners } from './use-scanners.ts';

/** The scanner of this desk, or why there is none to choose. */
export function ScannerChoice({ scanners: { answer, known, scanner } }: { readonly scanners: Scanners }) {
  const { t } = useTexts();
  const { changeSettings } = useOffice();
  if (scanner)
    return (
      <NativeSelect
        label={t('paper.scanner')}
        value={scanner.id}
        data={known.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(event) => changeSettings({ scanner: event.currentTarget.value })}
      />
    );
  return (
    <p className={styles.noScanner}>
      {answer.failure ? t(`error.${answer.failure.code}.title`) : answer.value ? t('paper.noScanner') : t('paper.lookingForScanners')}
      <Button variant="subtle" size="compact-sm" onClick={() => void answer.reload()}>
        {t('action.retry')}
      </Button>
    </p>
  );
}
