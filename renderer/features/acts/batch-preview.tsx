import { useState } from 'react';
import type { BatchItem } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import { FIRST_VIEW, PdfViewer, type PdfView } from '../documents/pdf/pdf-viewer.tsx';
import { useDocumentBytes } from '../documents/use-document-bytes.ts';
import styles from './batch-screen.module.css';

/** The act that is being signed, to look at. Acts that are signed faster than one is drawn are passed over. */
export function BatchPreview({ items }: { readonly items: readonly BatchItem[] }) {
  const { t } = useTexts();
  const now = items.find(({ state }) => state === 'signing') ?? items.find(({ state }) => state === 'waiting') ?? null;
  const [shown, setShown] = useState(now);
  const [view, setView] = useState<PdfView>(FIRST_VIEW);
  const [unreadable, setUnreadable] = useState(false);
  const id = shown?.actId ?? '';
  const { document, failure, retry } = useDocumentBytes(shown && `batch/${id}`, () => kense().act.open({ id }));
  if ((document !== null || failure !== null || shown === null) && now !== null && now.actId !== id) {
    setShown(now);
    setView(FIRST_VIEW);
    setUnreadable(false);
  }
  if (shown === null) return null;
  const label = t('batch.preview', { number: shown.number });
  return (
    <section className={styles.preview} aria-label={label}>
      <h2 className={styles.previewHead}>{label}</h2>
      {failure ? (
        <FailureCard failure={failure} onRetry={retry} compact />
      ) : unreadable ? (
        <FailureCard failure={{ code: 'document-unreadable', next: 'ask-user' }} compact />
      ) : document ? (
        <PdfViewer
          key={id}
          bytes={document.bytes}
          label={label}
          lang="kk"
          view={view}
          onView={setView}
          onProblem={() => setUnreadable(true)}
          takeFocus={false}
        />
      ) : (
        <Loading />
      )}
    </section>
  );
}
