import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { DocumentView as Doc } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { TextKey } from '../../i18n/text-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { focusAtRest } from '../../ui/focus-at-rest.ts';
import { Icon } from '../../ui/icon.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { StatusIcon, type StatusShape } from '../../ui/status-icon.tsx';
import { ImageView } from './image-view.tsx';
import { PdfViewer, type PdfView } from './pdf/pdf-viewer.tsx';
import { useDocumentBytes } from './use-document-bytes.ts';
import styles from './document-view.module.css';

type Notice = {
  readonly shape: StatusShape;
  readonly text: 'pending' | 'missing' | 'changed' | 'empty' | 'other' | 'encrypted' | 'damaged';
  readonly canSave: boolean;
};

function noticeOf(doc: Doc): Notice | null {
  if (doc.state === 'pending') return { shape: 'busy', text: 'pending', canSave: false };
  if (doc.state === 'missing') return { shape: 'bad', text: 'missing', canSave: false };
  if (doc.state === 'hash-mismatch') return { shape: 'bad', text: 'changed', canSave: true };
  if (doc.contentType === 'empty' || doc.size === 0) return { shape: 'bad', text: 'empty', canSave: false };
  if (doc.contentType !== 'pdf' && doc.contentType !== 'image') return { shape: 'info', text: 'other', canSave: true };
  return null;
}

type Props = {
  readonly filingId: string;
  readonly doc: Doc;
  readonly lang: string;
  readonly view: PdfView;
  readonly onView: (view: PdfView) => void;
  readonly takeFocus: boolean;
};

/** What can be shown is shown; for the rest it says why not and what to do. */
export function DocumentView({ filingId, doc, lang, view, onView, takeFocus }: Props) {
  const [problem, setProblem] = useState<Notice | null>(null);
  const given = noticeOf(doc);
  const notice = given ?? problem;
  const label = doc.title || doc.fileName;
  const { document, failure, retry } = useDocumentBytes(given ? null : `${filingId}/${doc.id}/${doc.sha256}`, () =>
    kense().document.open({ filingId, documentId: doc.id }),
  );

  if (notice) return <DocumentNotice filingId={filingId} doc={doc} notice={notice} takeFocus={takeFocus} />;
  if (failure) return <FailureCard failure={failure} onRetry={retry} />;
  if (!document) return <Loading />;
  if (doc.contentType === 'image') {
    return (
      <ImageView
        url={document.url}
        label={label}
        takeFocus={takeFocus}
        onProblem={() => setProblem({ shape: 'warn', text: 'damaged', canSave: true })}
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
      takeFocus={takeFocus}
      onProblem={(why) => setProblem({ shape: 'warn', text: why, canSave: true })}
    />
  );
}

const TITLE = (text: Notice['text']): TextKey => `document.${text}.title`;
const BODY = (text: Notice['text']): TextKey => `document.${text}.body`;

function DocumentNotice({
  filingId,
  doc,
  notice,
  takeFocus,
}: {
  readonly filingId: string;
  readonly doc: Doc;
  readonly notice: Notice;
  readonly takeFocus: boolean;
}) {
  const { t } = useTexts();
  const format = useFormat();
  const saving = useAction();
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takeFocus) focusAtRest(region.current);
  }, [takeFocus]);
  return (
    <ScrollRegion ref={region} className={styles.noticeRoom} label={t('viewer.document', { title: doc.title || doc.fileName })}>
      <div className={styles.notice}>
        <StatusIcon shape={notice.shape} size={32} />
        <h2>{t(TITLE(notice.text))}</h2>
        <p>{t(BODY(notice.text))}</p>
        <p className={styles.file}>
          {doc.fileName} · {format.size(doc.size)}
        </p>
        {notice.canSave && (
          <>
            <p className={styles.warning}>{t('document.saveWarning')}</p>
            <Button
              variant="default"
              leftSection={<Icon name="save" size={18} />}
              loading={saving.busy}
              onClick={() => void saving.run(() => kense().document.save({ filingId, documentId: doc.id }))}
            >
              {t('document.save')}
            </Button>
          </>
        )}
        {saving.failure && <FailureCard failure={saving.failure} compact />}
      </div>
    </ScrollRegion>
  );
}
