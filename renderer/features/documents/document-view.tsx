import { useState } from 'react';
import type { DocumentView as Doc } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useTexts, type Texts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import type { StatusShape } from '../../ui/status-icon.tsx';
import { usePrintKeys } from '../printing/print-context.tsx';
import { Arriving } from './arriving.tsx';
import { DocumentNotice, type Notice } from './document-notice.tsx';
import { ImageView } from './image-view.tsx';
import { PdfViewer, type PdfView } from './pdf/pdf-viewer.tsx';
import { SafeDocument } from './safe/safe-document.tsx';
import { useDocumentBytes } from './use-document-bytes.ts';

type Why = 'pending' | 'missing' | 'changed' | 'empty' | 'other' | 'encrypted' | 'damaged';
const SHOWN: readonly Doc['contentType'][] = ['pdf', 'image', 'office', 'text'];

function whyNot(doc: Doc): Why | null {
  if (doc.state === 'pending') return 'pending';
  if (doc.state === 'missing') return 'missing';
  if (doc.state === 'hash-mismatch') return 'changed';
  if (doc.contentType === 'empty' || doc.size === 0) return 'empty';
  return SHOWN.includes(doc.contentType) ? null : 'other';
}

const SHAPE: Readonly<Record<Why, StatusShape>> = {
  pending: 'busy',
  missing: 'bad',
  changed: 'bad',
  empty: 'bad',
  other: 'info',
  encrypted: 'warn',
  damaged: 'warn',
};
const UNSAVED: readonly Why[] = ['pending', 'missing', 'empty'];

const noticeOf = (why: Why, t: Texts['t']): Notice => ({
  shape: SHAPE[why],
  title: t(`document.${why}.title`),
  body: t(`document.${why}.body`),
  canSave: !UNSAVED.includes(why),
});

type Props = {
  readonly filingId: string;
  readonly doc: Doc;
  readonly lang: string;
  readonly view: PdfView;
  readonly onView: (view: PdfView) => void;
  /** A new object here goes to its page and looks for its words. */
  readonly jump?: { readonly page: number; readonly find?: string } | null;
  readonly takeFocus: boolean;
  /** Default: it can be printed. */
  readonly mayPrint?: boolean;
};

/** What can be shown is shown; for the rest it says why not and what to do. */
export function DocumentView({ filingId, doc, lang, view, onView, jump = null, takeFocus, mayPrint = true }: Props) {
  const { t } = useTexts();
  const [problem, setProblem] = useState<'encrypted' | 'damaged' | null>(null);
  const why = whyNot(doc) ?? problem;
  if (why !== null) {
    return (
      <DocumentNotice filingId={filingId} doc={doc} notice={noticeOf(why, t)} takeFocus={takeFocus}>
        {why === 'pending' && <Arriving filingId={filingId} documentId={doc.id} />}
      </DocumentNotice>
    );
  }
  if (doc.contentType === 'office' || doc.contentType === 'text')
    return <SafeDocument filingId={filingId} doc={doc} lang={lang} takeFocus={takeFocus} />;
  return (
    <BytesView
      filingId={filingId}
      doc={doc}
      lang={lang}
      view={view}
      onView={onView}
      jump={jump}
      takeFocus={takeFocus}
      mayPrint={mayPrint}
      onProblem={setProblem}
    />
  );
}

/** A PDF or an image, drawn from its bytes. */
function BytesView({
  filingId,
  doc,
  lang,
  view,
  onView,
  jump,
  takeFocus,
  mayPrint,
  onProblem,
}: Props & { readonly onProblem: (problem: 'encrypted' | 'damaged') => void }) {
  const label = doc.title || doc.fileName;
  const { document, failure, retry } = useDocumentBytes(`${filingId}/${doc.id}/${doc.sha256}`, () =>
    kense().document.open({ filingId, documentId: doc.id }),
  );
  usePrintKeys(document && mayPrint ? { paper: 'document', id: doc.id } : null, 'window');
  if (failure) return <FailureCard failure={failure} onRetry={retry} />;
  if (!document) return <Loading />;
  if (doc.contentType === 'image') {
    return (
      <ImageView
        url={document.url}
        label={label}
        view={view}
        onView={onView}
        takeFocus={takeFocus}
        onProblem={() => onProblem('damaged')}
      />
    );
  }
  return (
    <PdfViewer
      bytes={document.bytes}
      label={label}
      lang={lang}
      view={view}
      onView={onView}
      jump={jump ?? null}
      takeFocus={takeFocus}
      onProblem={onProblem}
    />
  );
}
