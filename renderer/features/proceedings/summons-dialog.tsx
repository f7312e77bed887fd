import { Button } from '@mantine/core';
import { useState } from 'react';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loading } from '../../ui/loading.tsx';
import { FIRST_VIEW, PdfViewer, type PdfView } from '../documents/pdf/pdf-viewer.tsx';
import { useDocumentBytes } from '../documents/use-document-bytes.ts';
import styles from './proceedings.module.css';

/** A summons as the person gets it, to look at and to save. */
export function SummonsDialog({ summonsId, onClose }: { readonly summonsId: string; readonly onClose: () => void }) {
  const { t } = useTexts();
  const [view, setView] = useState<PdfView>(FIRST_VIEW);
  const [unreadable, setUnreadable] = useState(false);
  const { document, failure, retry } = useDocumentBytes(`summons/${summonsId}`, () => kense().summons.open({ summonsId }));
  const saving = useAction();
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  return (
    <Dialog title={t('summons.paper')} onClose={onClose} tall>
      {failure ? (
        <FailureCard failure={failure} onRetry={retry} />
      ) : unreadable ? (
        <FailureCard failure={{ code: 'document-unreadable', next: 'ask-user' }} />
      ) : document ? (
        <PdfViewer
          bytes={document.bytes}
          label={t('summons.paper')}
          lang="kk"
          view={view}
          onView={setView}
          onProblem={() => setUnreadable(true)}
          keyLevel="dialog"
          takeFocus
        />
      ) : (
        <Loading />
      )}
      {saving.failure && <FailureCard failure={saving.failure} compact />}
      <div className={styles.dialogActions}>
        <Button
          loading={saving.busy}
          leftSection={<Icon name="save" size={18} />}
          onClick={() => void saving.run(() => kense().summons.save({ summonsId }))}
        >
          {t('summons.save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('action.close')}
        </Button>
      </div>
    </Dialog>
  );
}
