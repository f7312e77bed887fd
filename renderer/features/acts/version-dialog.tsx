import { useState } from 'react';
import type { ActVersionView } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import { FIRST_VIEW, PdfViewer, type PdfView } from '../documents/pdf/pdf-viewer.tsx';
import { useDocumentBytes } from '../documents/use-document-bytes.ts';

type Props = {
  readonly actId: string;
  readonly version: ActVersionView;
  readonly language: 'kk' | 'ru';
  readonly onClose: () => void;
};

/** One text of an act, to look at: reading it here does not count as having read what is signed. */
export function VersionDialog({ actId, version, language, onClose }: Props) {
  const { t } = useTexts();
  const [view, setView] = useState<PdfView>(FIRST_VIEW);
  const [unreadable, setUnreadable] = useState(false);
  const { document, failure, retry } = useDocumentBytes(`version/${actId}/${version.number}`, () =>
    kense().act.openVersion({ id: actId, number: version.number }),
  );
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  const title = t('versions.number', { number: version.number });
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
          lang={language}
          view={view}
          onView={setView}
          onProblem={() => setUnreadable(true)}
          keyLevel="dialog"
          takeFocus
        />
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}
