import { Button } from '@mantine/core';
import { useState } from 'react';
import type { FilingDetail } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { RecheckButton } from './recheck-button.tsx';
import { SignatureCard } from './signature-card.tsx';
import { isRecheckable, isSettled, worstFirst } from './worst-first.ts';
import styles from './signatures-panel.module.css';

type Props = {
  readonly filing: FilingDetail;
  readonly onRecheck?: (() => void) | undefined;
  readonly rechecking: boolean;
  readonly onDefects?: (() => void) | undefined;
  readonly onOpenDocument: (id: string) => void;
};

/** May these documents be accepted? One card per signature, worst first; sound ones shrink to a line after the first. */
export function SignaturesPanel({ filing, onRecheck, rechecking, onDefects, onOpenDocument }: Props) {
  const { t } = useTexts();
  const entries = worstFirst(filing.documents);
  const firstSound = entries.findIndex((entry) => entry.state === 'valid');
  if (entries.length === 0) return <p className={styles.empty}>{t('sig.noDocuments')}</p>;
  return (
    <div className={styles.list} data-single-keys>
      <div className={styles.actions}>
        {onRecheck && !entries.some(isRecheckable) && <RecheckButton busy={rechecking} onRecheck={onRecheck} />}
        <SaveProtocol filingId={filing.id} format="pdf" />
      </div>
      {entries.map((entry, at) => (
        <SignatureCard
          key={`${entry.key}:${entry.state}`}
          entry={entry}
          lang={filing.language}
          size={isSettled(entry) && !entry.card?.note && at !== firstSound ? 'line' : 'full'}
          nextRecheckAt={filing.nextRecheckAt}
          onRecheck={onRecheck}
          rechecking={rechecking}
          onDefects={onDefects}
          onOpenDocument={onOpenDocument}
        />
      ))}
      <div className={styles.actions}>
        <SaveProtocol filingId={filing.id} format="json" />
      </div>
    </div>
  );
}

/** The protocol as a paper in Kazakh and Russian, or the same as data. */
function SaveProtocol({ filingId, format }: { readonly filingId: string; readonly format: 'pdf' | 'json' }) {
  const { t } = useTexts();
  const saving = useAction();
  const [saved, setSaved] = useState(false);
  const save = () => {
    setSaved(false);
    void saving.run(() => kense().protocol.save({ filingId, format }), setSaved);
  };
  return (
    <>
      <Button
        variant={format === 'pdf' ? 'default' : 'subtle'}
        size="compact-md"
        loading={saving.busy}
        leftSection={<Icon name="save" size={18} />}
        onClick={save}
      >
        {t(format === 'pdf' ? 'sig.saveProtocol' : 'sig.saveProtocolJson')}
      </Button>
      <span role="status" className={styles.said}>
        {saved && t('sig.protocolSaved')}
      </span>
      {saving.failure && <FailureCard failure={saving.failure} compact onClose={saving.clear} />}
    </>
  );
}
