import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { PaperWorkView } from '../../../shared/contract/index.ts';
import {
  changeDocument,
  dropPage,
  movePage,
  movePageBefore,
  restorePages,
  splitAt,
  straightenPage,
  turnPage,
  type Arrangement,
} from '../../../shared/domain/paper-pages.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { PageThumbnail } from './page-thumbnail.tsx';
import styles from './pages.module.css';

type Props = {
  readonly work: PaperWorkView;
  readonly arrangement: Arrangement;
  readonly onArrange: (change: (old: Arrangement) => Arrangement) => void;
};

/** Roles that annexes of a filing have; the main document has the kind of the filing. */
const ROLES = ['evidence', 'duty_payment', 'power_of_attorney', 'pretrial_evidence', 'charter', 'settlement'];
const newId = () => crypto.randomUUID();

/** The pages of a filing on paper, by document, put in order by keys or by dragging. */
export function PageList({ work, arrangement, onArrange }: Props) {
  const { t, named } = useTexts();
  const kindName = useKindName();
  const { documents, dropped } = arrangement;
  const pages = new Map(work.pages.map((page) => [page.id, page]));
  const order = documents.flatMap((document) => document.pages.map(({ id }) => id));
  const list = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const at = current !== null && order.includes(current) ? current : (order[0] ?? null);
  const dragged = useRef<string | null>(null);
  /** The focus follows the page, wherever it goes. */
  const wantsFocus = useRef(false);
  useLayoutEffect(() => {
    if (!wantsFocus.current || at === null) return;
    wantsFocus.current = false;
    list.current?.querySelector<HTMLElement>(`[data-page="${at}"]`)?.focus();
  });
  const act = (change: (old: Arrangement, id: string) => Arrangement, next: string | null = at) => {
    const focused = document.activeElement?.closest('[data-page]') ?? null;
    if (at === null || focused === null || !list.current?.contains(focused)) return false;
    const id = at;
    wantsFocus.current = true;
    setCurrent(next);
    onArrange((old) => change(old, id));
    return true;
  };
  const neighbour = () => {
    const place = order.indexOf(at ?? '');
    return order[place + 1] ?? order[place - 1] ?? null;
  };
  useCommands('screen', {
    'paper.turn': () => act(turnPage),
    'paper.straighten': () => act(straightenPage),
    'paper.split': () => act((old, id) => splitAt(old, id, newId())),
    'paper.drop-page': () => act(dropPage, neighbour()),
    'paper.page-back': () => act((old, id) => movePage(old, id, -1)),
    'paper.page-on': () => act((old, id) => movePage(old, id, 1)),
  });
  const go = (event: KeyboardEvent) => {
    const step =
      event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || event.altKey || event.ctrlKey || event.shiftKey) return;
    const next = order[order.indexOf(at ?? '') + step];
    if (next === undefined) return;
    event.preventDefault();
    wantsFocus.current = true;
    setCurrent(next);
  };
  const blanks = dropped.filter(({ why }) => why === 'blank').length;
  const deleted = dropped.length - blanks;
  const roleNames = (first: boolean) => [
    {
      value: '',
      label:
        first && work.annexTo === null
          ? work.form.kind
            ? kindName.full(work.form.kind)
            : t('paper.mainDocument')
          : kindName.full('evidence'),
    },
    ...ROLES.filter((role) => (first && work.annexTo === null) || role !== 'evidence').map((role) => ({
      value: role,
      label: kindName.full(role),
    })),
  ];

  return (
    <div ref={list} className={styles.documents}>
      {blanks > 0 && (
        <p className={styles.note}>
          {t('paper.blanks', { number: String(blanks) })}
          <Button variant="subtle" size="compact-sm" onClick={() => onArrange((old) => restorePages(old, 'blank', newId()))}>
            {t('paper.bringBack')}
          </Button>
        </p>
      )}
      {deleted > 0 && (
        <p className={styles.note}>
          {t('paper.deleted', { number: String(deleted) })}
          <Button variant="subtle" size="compact-sm" onClick={() => onArrange((old) => restorePages(old, 'deleted', newId()))}>
            {t('paper.bringBack')}
          </Button>
        </p>
      )}
      {documents.map((document, number) => (
        <section key={document.id} className={styles.document} aria-label={t('paper.document', { number: String(number + 1) })}>
          <div className={styles.documentHead}>
            <h2>{t('paper.document', { number: String(number + 1) })}</h2>
            <NativeSelect
              aria-label={t('paper.role')}
              value={document.role}
              data={roleNames(number === 0)}
              onChange={(event) => {
                const role = event.currentTarget.value;
                onArrange((old) => changeDocument(old, document.id, { role }));
              }}
            />
            <TitleField
              key={document.title}
              title={document.title}
              onDone={(title) => onArrange((old) => changeDocument(old, document.id, { title }))}
            />
          </div>
          <ul className={styles.pages}>
            {document.pages.map((placed) => {
              const page = pages.get(placed.id);
              if (!page) return null;
              const place = order.indexOf(placed.id) + 1;
              const warnings = page.warnings.map((warning) => named('pageWarning', warning));
              const label = [t('paper.page', { number: String(place) }), ...warnings].join(', ');
              return (
                <li key={placed.id}>
                  <button
                    type="button"
                    className={styles.page}
                    data-page={placed.id}
                    data-single-keys="self"
                    aria-label={label}
                    aria-current={placed.id === at ? 'true' : undefined}
                    tabIndex={placed.id === at ? 0 : -1}
                    title={warnings.join('\n') || undefined}
                    draggable
                    onFocus={() => setCurrent(placed.id)}
                    onKeyDown={go}
                    onDragStart={() => (dragged.current = placed.id)}
                    onDragOver={(event) => event.preventDefault()}
                    onDragEnd={() => (dragged.current = null)}
                    onDrop={(event) => {
                      // files are for the whole room
                      if (event.dataTransfer.types.includes('Files')) return;
                      event.preventDefault();
                      const from = dragged.current;
                      if (from !== null) onArrange((old) => movePageBefore(old, from, placed.id));
                    }}
                  >
                    <PageThumbnail workId={work.id} page={page} placed={placed} />
                    <span className={styles.pageFoot} aria-hidden="true">
                      {place}
                      {page.warnings.length > 0 && <StatusIcon shape="warn" />}
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      <Warnings work={work} order={order} />
    </div>
  );
}

/** What is typed goes to the core when the field is left. */
function TitleField({ title, onDone }: { readonly title: string; readonly onDone: (title: string) => void }) {
  const { t } = useTexts();
  const [typed, setTyped] = useState(title);
  return (
    <TextInput
      aria-label={t('paper.documentTitle')}
      placeholder={t('paper.documentTitle')}
      spellCheck={false}
      maxLength={1000}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => typed !== title && onDone(typed)}
    />
  );
}

/** Which pages somebody should look at or scan again, and why. */
function Warnings({ work, order }: { readonly work: PaperWorkView; readonly order: readonly string[] }) {
  const { t, named } = useTexts();
  const doubtful = work.pages.flatMap(({ id, warnings }) => (order.includes(id) ? warnings.map((warning) => ({ id, warning })) : []));
  if (doubtful.length === 0) return null;
  return (
    <ul className={styles.warnings}>
      {doubtful.map(({ id, warning }) => (
        <li key={`${id}:${warning}`}>
          <StatusIcon shape="warn" /> {t('paper.page', { number: String(order.indexOf(id) + 1) })}: {named('pageWarning', warning)}
        </li>
      ))}
    </ul>
  );
}
