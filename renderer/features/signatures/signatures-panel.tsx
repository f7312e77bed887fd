import { Button } from '@mantine/core';
import type { FilingDetail } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import { SignatureCard } from './signature-card.tsx';
import { isSettled, worstFirst } from './worst-first.ts';
import styles from './signatures-panel.module.css';

type Props = {
  readonly filing: FilingDetail;
  readonly onRecheck?: (() => void) | undefined;
  readonly onOpenDocument: (id: string) => void;
};

/** May these documents be accepted? One card per signature, worst first; sound ones shrink to a line after the first. */
export function SignaturesPanel({ filing, onRecheck, onOpenDocument }: Props) {
  const { t } = useTexts();
  const entries = worstFirst(filing.documents);
  const firstSound = entries.findIndex((entry) => entry.state === 'valid');
  if (entries.length === 0) return <p className={styles.empty}>{t('sig.noDocuments')}</p>;
  return (
    <div className={styles.list}>
      {onRecheck && (
        <Button variant="default" onClick={onRecheck} rightSection={<KeyCap keys="R" />} aria-keyshortcuts="R">
          {t('sig.recheckAll')}
        </Button>
      )}
      {entries.map((entry, at) => (
        <SignatureCard
          key={`${entry.key}:${entry.state}`}
          entry={entry}
          lang={filing.language}
          size={isSettled(entry) && at !== firstSound ? 'line' : 'full'}
          nextRecheckAt={filing.nextRecheckAt}
          onOpenDocument={onOpenDocument}
        />
      ))}
    </div>
  );
}
