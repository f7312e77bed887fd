import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { AnnexView, DocumentView } from '../../../shared/contract/index.ts';
import { fold } from '../../../shared/domain/kk-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Icon } from '../../ui/icon.tsx';
import { SHAPE_OF_SIGNATURE, StatusIcon } from '../../ui/status-icon.tsx';
import { annexWordOf } from './annex-words.ts';
import { seenRows } from './pdf/seen-rows.ts';
import styles from './document-list.module.css';

type Props = {
  readonly documents: readonly DocumentView[];
  readonly annexes: readonly AnnexView[];
  readonly currentId: string;
  readonly onSelect: (id: string) => void;
  readonly lang: string;
};

/** CSS pixels. */
const ROW = 36;
const titleOf = (doc: DocumentView): string => doc.title || doc.fileName;

/** In place of tabs where there are too many for them: which one is open, and a list to search in. */
export function DocumentList({ documents, annexes, currentId, onSelect, lang }: Props) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const at = documents.findIndex((doc) => doc.id === currentId);
  const current = documents[at];
  const step = (by: 1 | -1): void => {
    const next = documents[at + by];
    if (next) onSelect(next.id);
  };
  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <div className={styles.bar} data-single-keys>
      <div className={styles.row}>
        <ActionIcon variant="default" aria-label={t('documents.previous')} disabled={at <= 0} onClick={() => step(-1)}>
          <Icon name="left" size={16} />
        </ActionIcon>
        <Button
          ref={opener}
          variant="default"
          className={styles.current}
          aria-expanded={open}
          aria-haspopup="listbox"
          rightSection={<Icon name="down" size={16} />}
          onClick={() => setOpen(!open)}
        >
          <span lang={lang}>{current ? titleOf(current) : ''}</span>
        </Button>
        <ActionIcon variant="default" aria-label={t('documents.next')} disabled={at >= documents.length - 1} onClick={() => step(1)}>
          <Icon name="right" size={16} />
        </ActionIcon>
        <span className={styles.count}>{t('documents.place', { number: at + 1, total: documents.length })}</span>
      </div>
      {open && (
        <Choice
          documents={documents}
          annexes={annexes}
          currentId={currentId}
          lang={lang}
          onClose={close}
          onChoose={(id) => {
            onSelect(id);
            close();
          }}
        />
      )}
    </div>
  );
}

function AnnexWord({ doc, annexes }: { readonly doc: DocumentView; readonly annexes: readonly AnnexView[] }) {
  const { t } = useTexts();
  const word = annexWordOf(doc, annexes);
  return word === null ? null : <span className={styles.word}>{t(word)}</span>;
}

type ChoiceProps = {
  readonly documents: readonly DocumentView[];
  readonly annexes: readonly AnnexView[];
  readonly currentId: string;
  readonly lang: string;
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
};

function Choice({ documents, annexes, currentId, lang, onChoose, onClose }: ChoiceProps) {
  const { t } = useTexts();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState('');
  const [activeId, setActiveId] = useState(currentId);
  const [view, setView] = useState({ top: 0, height: 0 });
  const wanted = fold(search.trim());
  const fitting = documents
    .map((doc, at) => ({ doc, number: at + 1 }))
    .filter(({ doc, number }) => wanted === '' || fold(`${number} ${doc.title} ${doc.fileName}`).includes(wanted));
  const active = Math.max(
    0,
    fitting.findIndex(({ doc }) => doc.id === activeId),
  );
  useEffect(() => field.current?.focus(), []);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => setView((old) => ({ ...old, height: element.clientHeight })));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    if (active * ROW < element.scrollTop) element.scrollTop = active * ROW;
    else if ((active + 1) * ROW > element.scrollTop + element.clientHeight) element.scrollTop = (active + 1) * ROW - element.clientHeight;
  }, [active, view.height]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const chosen = fitting[active];
    if (step !== 0) setActiveId(fitting[Math.min(fitting.length - 1, Math.max(0, active + step))]?.doc.id ?? activeId);
    else if (event.key === 'Enter' && !event.ctrlKey && chosen) onChoose(chosen.doc.id);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const { first, last } = seenRows({ ...view, row: ROW, total: fitting.length });
  const optionId = (id: string): string => `${listId}-${id}`;
  return (
    <div className={styles.choice}>
      <TextInput
        ref={field}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={fitting[active] ? optionId(fitting[active].doc.id) : undefined}
        aria-label={t('documents.find')}
        placeholder={t('documents.find')}
        spellCheck={false}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <p className="visually-hidden" role="status">
        {t('documents.fitting', { found: fitting.length })}
      </p>
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={t('filing.documents')}
        tabIndex={-1}
        className={styles.list}
        onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
      >
        <div className={styles.rows} role="presentation" style={{ height: fitting.length * ROW }}>
          {fitting.slice(first, last).map(({ doc, number }, offset) => (
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field above has the focus and the keys
            <div
              key={doc.id}
              id={optionId(doc.id)}
              role="option"
              aria-selected={doc.id === currentId}
              aria-setsize={fitting.length}
              aria-posinset={first + offset + 1}
              data-active={first + offset === active || undefined}
              className={styles.option}
              style={{ top: (first + offset) * ROW }}
              onClick={() => onChoose(doc.id)}
            >
              <StatusIcon shape={number > 1 && doc.signature === 'absent' ? 'none' : SHAPE_OF_SIGNATURE[doc.signature]} size={16} />
              <span className={styles.number}>{number}</span>
              <span className={styles.title} lang={lang}>
                {titleOf(doc)}
              </span>
              <AnnexWord doc={doc} annexes={annexes} />
              <span className="visually-hidden">{t(`sig.short.${doc.signature}`)}</span>
            </div>
          ))}
        </div>
        {fitting.length === 0 && <p className={styles.none}>{t('documents.none')}</p>}
      </div>
    </div>
  );
}
