import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { PaperWorkView } from '../../../shared/contract/index.ts';
import { kense, settle } from '../../api/kense.ts';
import type { Action } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import styles from './pages.module.css';
import { ScannerChoice } from './scanner-choice.tsx';
import { useScanners } from './use-scanners.ts';

type Props = { readonly workId: string; readonly bringing: Action; readonly onWork: (work: PaperWorkView) => void };
const USUAL_DPI = 300;

/** Where pages come from: a scanner, or files. */
export function ScanBar({ workId, bringing, onWork }: Props) {
  const { t } = useTexts();
  const scanners = useScanners();
  const { scanner } = scanners;
  const [dpi, setDpi] = useState(USUAL_DPI);
  const [color, setColor] = useState(false);
  const [feeder, setFeeder] = useState<boolean | null>(null);
  const [scanning, setScanning] = useState(false);
  const resolution = scanner?.dpi.includes(dpi) ? dpi : (scanner?.dpi[0] ?? USUAL_DPI);
  const fromFeeder = scanner !== null && (feeder ?? scanner.feeder) && scanner.feeder;
  const scan = () => {
    if (!scanner || bringing.busy) return;
    setScanning(true);
    void bringing
      .run(
        () => kense().paper.scan({ id: workId, scannerId: scanner.id, dpi: resolution, color: color && scanner.color, feeder: fromFeeder }),
        onWork,
      )
      .then(() => setScanning(false));
  };
  const choose = () => void bringing.run(() => kense().paper.import({ id: workId }), onWork);
  useCommands('screen', { 'paper.scan': scan, 'paper.import': choose });
  return (
    <div className={styles.bar} role="group" aria-label={t('paper.bring')}>
      <ScannerChoice scanners={scanners} />
      {scanner && (
        <>
          <NativeSelect
            label={t('paper.dpi')}
            value={String(resolution)}
            data={scanner.dpi.map((value) => ({ value: String(value), label: `${value} dpi` }))}
            onChange={(event) => setDpi(Number(event.currentTarget.value))}
          />
          <NativeSelect
            label={t('paper.color')}
            value={color && scanner.color ? 'color' : 'grey'}
            data={[
              { value: 'grey', label: t('paper.color.grey') },
              ...(scanner.color ? [{ value: 'color', label: t('paper.color.color') }] : []),
            ]}
            onChange={(event) => setColor(event.currentTarget.value === 'color')}
          />
          <NativeSelect
            label={t('paper.source')}
            value={fromFeeder ? 'feeder' : 'glass'}
            data={[
              ...(scanner.glass ? [{ value: 'glass', label: t('paper.source.glass') }] : []),
              ...(scanner.feeder ? [{ value: 'feeder', label: t('paper.source.feeder') }] : []),
            ]}
            onChange={(event) => setFeeder(event.currentTarget.value === 'feeder')}
          />
          <Button
            loading={scanning}
            disabled={bringing.busy && !scanning}
            onClick={scan}
            aria-keyshortcuts="F8"
            rightSection={<KeyCap keys="F8" tone="onPrimary" />}
          >
            {t('paper.scan')}
          </Button>
          {scanning && (
            <Button variant="default" onClick={() => void settle(kense().paper.stopScan({}))}>
              {t('paper.stopScan')}
            </Button>
          )}
        </>
      )}
      <Button
        variant="default"
        loading={bringing.busy && !scanning}
        disabled={scanning}
        onClick={choose}
        aria-keyshortcuts="Control+O"
        rightSection={<KeyCap keys="Ctrl+O" />}
      >
        {t('paper.addFiles')}
      </Button>
    </div>
  );
}
