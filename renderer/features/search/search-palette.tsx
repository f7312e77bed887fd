import { TextInput } from '@mantine/core';
import { useCallback, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { SEARCH_GROUP_SIZE } from './palette-commands.ts';
import { fold } from '../../../shared/domain/kk-format.ts';
import { readQuery } from '../../../shared/domain/search-query.ts';
import { runCommand, useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useSession } from '../../app/session-context.tsx';
import { useKindName } from '../../app/use-kind-name.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { useSync } from '../sync/sync-context.tsx';
import { MarkMatch } from './mark-match.tsx';
import type { PaletteCommand } from './palette-commands.ts';
import { useFound } from './use-found.ts';
import styles from './search-palette.module.css';

type Props = {
  /** What can be done on the screen behind it. */
  readonly commands: readonly PaletteCommand[];
  readonly onClose: () => void;
};
type Item = { readonly key: string; readonly body: ReactNode; readonly run: () => void };
type Group = { readonly id: string; readonly title: string; readonly items: readonly Item[] };

/** One field for everything: filings, cases, documents and what can be done here. The keyboard is enough. */
export function SearchPalette({ commands, onClose }: Props) {
  const { t } = useTexts();
  const { open } = useNavigation();
  const { activeRole } = useSession();
  const { status } = useSync();
  const { short: kindName } = useKindName();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const toFirst = useCallback(() => setAt(0), []);
  const list = useRef<HTMLDivElement>(null);
  useCommands('dialog', { 'app.back': onClose, 'app.search': onClose }, { blocks: true });

  const wanted = text.trim();
  const answer = useFound(wanted, toFirst);

  const found = answer?.found ?? null;
  const { words, number } = useMemo(() => readQuery(answer?.text ?? ''), [answer]);
  const marks = number === null ? words : [...words, number];
  const leave = (go: () => void) => () => {
    onClose();
    go();
  };
  const toFiling = (id: string, neighbours: readonly string[]) => leave(() => open({ screen: 'filing', id, neighbours }));
  const canRead = activeRole === 'secretary' || activeRole === 'office-head';

  const groups: Group[] = [];
  if (found) {
    const ids = found.filings.map(({ id }) => id);
    groups.push({
      id: 'filings',
      title: t('search.filings'),
      items: found.filings.map((f) => ({
        key: f.id,
        run: toFiling(f.id, ids),
        body: (
          <>
            <span className={styles.number}>
              <MarkMatch text={f.incomingNumber ?? (f.cabinetNumber || t('state.none'))} words={marks} />
            </span>
            <span className={styles.main}>
              <MarkMatch text={f.claimant} words={marks} />
              {f.respondent !== null && (
                <>
                  {' → '}
                  <MarkMatch text={f.respondent} words={marks} />
                </>
              )}
            </span>
            <span className={styles.side}>
              {kindName(f.kind)} · {t(`status.${f.state}`)}
            </span>
          </>
        ),
      })),
    });
    groups.push({
      id: 'cases',
      title: t('search.cases'),
      items: found.cases.map((one) => ({
        key: one.number,
        run: leave(() => open({ screen: 'case', number: one.number })),
        body: <MarkMatch text={one.number} words={marks} />,
      })),
    });
    groups.push({
      id: 'documents',
      title: t('search.documents'),
      items: found.documents.map((d) => ({
        key: `${d.documentId} ${d.page}`,
        run: toFiling(d.filingId, []),
        body: (
          <>
            <span className={styles.number}>{d.number}</span>
            <span className={styles.main}>
              <MarkMatch text={d.excerpt} words={marks} />
            </span>
            <span className={styles.side}>{t('search.page', { title: d.title, page: d.page })}</span>
          </>
        ),
      })),
    });
    if (canRead && found.filings.length > 0)
      groups.push({
        id: 'all',
        title: t('search.more'),
        items: [{ key: 'all', run: leave(() => open({ screen: 'search', text: wanted })), body: t('search.all', { query: wanted }) }],
      });
  }
  const asked = fold(wanted);
  const fitting = commands.filter(({ name }) => asked === '' || fold(name).includes(asked)).slice(0, SEARCH_GROUP_SIZE);
  groups.push({
    id: 'commands',
    title: t('search.commands'),
    items: fitting.map(({ id, name, caps, go }) => ({
      key: id,
      run: leave(() => (go ? go() : setTimeout(() => runCommand(id), 0))),
      body: (
        <>
          <span className={styles.main}>
            <MarkMatch text={name} words={asked.split(' ')} />
          </span>
          {caps !== null && <KeyCap keys={caps} />}
        </>
      ),
    })),
  });
  const shown = groups.filter(({ items }) => items.length > 0);
  const items = shown.flatMap((group) => group.items);
  const current = Math.min(at, items.length - 1);
  const move = (next: number) => {
    const index = (next + items.length) % Math.max(1, items.length);
    setAt(index);
    list.current?.querySelectorAll('[role="option"]')[index]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(current + 1);
    else if (event.key === 'ArrowUp') move(current - 1);
    else if (event.key === 'Enter') items[current]?.run();
    else return;
    event.preventDefault();
  };
  const isNothing = found !== null && found.filings.length + found.cases.length + found.documents.length === 0;
  let index = -1;

  return (
    <Dialog title={t('search.palette')} onClose={onClose}>
      <TextInput
        data-autofocus
        type="search"
        role="combobox"
        aria-expanded
        aria-controls="palette"
        aria-activedescendant={items[current] && `palette-${current}`}
        aria-label={t('search.placeholder')}
        placeholder={t('search.placeholder')}
        value={text}
        spellCheck={false}
        maxLength={200}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id="palette" role="listbox" aria-label={t('search.palette')} className={styles.list}>
        {shown.map((group) => (
          <div key={group.id} role="group" aria-label={group.title}>
            <div aria-hidden className={styles.title}>
              {group.title}
            </div>
            {group.items.map((item) => {
              index++;
              const own = index;
              return (
                // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above hears Enter for the current one
                <div
                  key={item.key}
                  id={`palette-${own}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={own === current}
                  className={styles.item}
                  onClick={item.run}
                >
                  {item.body}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <p role="status" className={styles.note}>
        {isNothing && t('search.noResults', { query: wanted })}{' '}
        {found?.suggestion != null && (
          <button type="button" className={styles.other} onClick={() => setText(found.suggestion ?? '')}>
            {t('search.otherLayout', { query: found.suggestion })}
          </button>
        )}{' '}
        {status !== null && !status.online && t('search.onlyLocal')}
      </p>
    </Dialog>
  );
}
