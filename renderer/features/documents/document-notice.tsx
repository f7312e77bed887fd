import { Button } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import type { DocumentView as Doc } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { focusAtRest } from '../../ui/focus-at-rest.ts';
import { Icon } from '../../ui/icon.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { StatusIcon, type StatusShape } from '../../ui/status-icon.tsx';
import styles from './document-view.module.css';

export type Notice = { readonly shape: StatusShape; readonly title: string; readonly body: string; readonly canSave: boolean };

type Props = {
  readonly filingId: string;
  readonly doc: Doc;
  readonly notice: Notice;
  readonly takeFocus: boolean;
  readonly children?: ReactNode;
};

/** In the place of a document that is not shown: why, and what to do. */
export function DocumentNotice({ filingId, doc, notice, takeFocus, children }: Props) {
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
        <h2>{notice.title}</h2>
        <p>{notice.body}</p>
        {children}
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
