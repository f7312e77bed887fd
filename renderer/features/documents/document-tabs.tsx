import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { AnnexView, DocumentView } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { SHAPE_OF_SIGNATURE, StatusIcon } from '../../ui/status-icon.tsx';
import { annexWordOf } from './annex-words.ts';
import { DocumentList } from './document-list.tsx';
import styles from './document-tabs.module.css';

type Props = {
  readonly documents: readonly DocumentView[];
  readonly annexes: readonly AnnexView[];
  readonly currentId: string | null;
  readonly onSelect: (id: string) => void;
  readonly panelId: string;
  readonly lang: string;
};

/** More than these are a list to search in. */
export const MOST_TABS = 12;

/** One tab per document; the sign before its title is the state of its signatures. */
export function DocumentTabs({ documents, annexes, currentId, onSelect, panelId, lang }: Props) {
  const { t } = useTexts();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [currentId]);
  if (documents.length > MOST_TABS && currentId !== null)
    return <DocumentList documents={documents} annexes={annexes} currentId={currentId} onSelect={onSelect} lang={lang} />;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = documents.findIndex((doc) => doc.id === currentId);
    const next = documents[(at + step + documents.length) % documents.length];
    if (!next) return;
    onSelect(next.id);
    list.current?.querySelector<HTMLElement>(`[data-document="${next.id}"]`)?.focus();
  };
  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label={t('filing.documents')} data-single-keys>
      {documents.map((doc, at) => {
        const current = doc.id === currentId;
        const title = doc.title || doc.fileName;
        const word = annexWordOf(doc, annexes);
        return (
          <button
            key={doc.id}
            type="button"
            role="tab"
            aria-selected={current}
            aria-controls={panelId}
            tabIndex={current ? 0 : -1}
            className={styles.tab}
            data-document={doc.id}
            title={`${title} · ${doc.fileName}`}
            onClick={() => onSelect(doc.id)}
            onKeyDown={onKeyDown}
          >
            <StatusIcon shape={at > 0 && doc.signature === 'absent' ? 'none' : SHAPE_OF_SIGNATURE[doc.signature]} size={18} />
            <span className={styles.title} lang={lang}>
              {title}
            </span>
            {word !== null && <span className={styles.word}>{t(word)}</span>}
            <span className="visually-hidden">{t(`sig.short.${doc.signature}`)}</span>
          </button>
        );
      })}
    </div>
  );
}
