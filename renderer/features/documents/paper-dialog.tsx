import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OpenedDocument } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands, type Handlers } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loading } from '../../ui/loading.tsx';
import { PrintButton } from '../printing/print-button.tsx';
import { usePrintKeys, type PaperToPrint } from '../printing/print-context.tsx';
import { PrintNote } from '../printing/print-note.tsx';
import { FIRST_VIEW, PdfViewer, type PdfView } from './pdf/pdf-viewer.tsx';
import { useDocumentBytes } from './use-document-bytes.ts';
import styles from './paper-dialog.module.css';

type Props = {
  /** Of this paper among all. */
  readonly id: string;
  readonly title: string;
  /** Of the paper; Kazakh where nothing else is said. */
  readonly lang?: 'kk' | 'ru';
  readonly saveLabel: string;
  readonly open: () => Promise<Result<OpenedDocument>>;
  readonly save: () => Promise<Result<unknown>>;
  readonly print: PaperToPrint;
  /** Keys that would open it again, and are without effect while it is open. */
  readonly keys?: Handlers;
  readonly onClose: () => void;
};

/** A paper of the court as the person gets it, in Kazakh and Russian, to look at, to print and to save. */
export function PaperDialog({ id, title, lang = 'kk', saveLabel, open, save, print, keys = {}, onClose }: Props) {
  const { t } = useTexts();
  const [view, setView] = useState<PdfView>(FIRST_VIEW);
  const [unreadable, setUnreadable] = useState(false);
  const { document, failure, retry } = useDocumentBytes(id, open);
  const saving = useAction();
  usePrintKeys(document ? print : null, 'dialog');
  useCommands('dialog', { ...keys, 'app.back': onClose }, { blocks: true });
  return (
    <Dialog title={title} onClose={onClose} tall>
      {failure ? (
        <FailureCard failure={failure} onRetry={retry} />
      ) : unreadable ? (
        <FailureCard failure={{ code: 'document-unreadable', next: 'ask-user' }} />
      ) : document ? (
        <PdfViewer
          bytes={document.bytes}
          label={title}
          lang={lang}
          view={view}
          onView={setView}
          onProblem={() => setUnreadable(true)}
          keyLevel="dialog"
          takeFocus
        />
      ) : (
        <Loading />
      )}
      <PrintNote />
      {saving.failure && <FailureCard failure={saving.failure} compact />}
      <div className={styles.actions}>
        <Button loading={saving.busy} leftSection={<Icon name="save" size={18} />} onClick={() => void saving.run(save)}>
          {saveLabel}
        </Button>
        <PrintButton paper={print} />
        <Button variant="default" onClick={onClose}>
          {t('action.close')}
        </Button>
      </div>
    </Dialog>
  );
}
