import { ActionIcon, TextInput } from '@mantine/core';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useCommands } from '../../../app/keys/use-commands.ts';
import { useTexts } from '../../../i18n/use-texts.ts';
import { Icon } from '../../../ui/icon.tsx';
import styles from './find-bar.module.css';

/** What the bar shows of a search, whatever is searched. */
export type FindState = {
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly total: number;
  /** One-based; 0 when nothing is found. */
  readonly position: number;
  readonly step: (by: 1 | -1) => void;
  readonly searching: boolean;
  /** The document holds no text at all. */
  readonly noText: boolean;
};

export function FindBar({ find, onClose }: { readonly find: FindState; readonly onClose: () => void }) {
  const { t } = useTexts();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useCommands('panel', { 'app.back': onClose, 'document.find': () => field.current?.select() });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey) return;
    event.preventDefault();
    find.step(event.shiftKey ? -1 : 1);
  };
  const result =
    find.query.trim() === ''
      ? ''
      : find.searching
        ? t('state.loading')
        : find.noText
          ? t('viewer.noTextLayer')
          : t('viewer.found', { position: find.position, total: find.total });
  return (
    <div className={styles.bar} role="search" aria-label={t('viewer.find')}>
      <TextInput
        ref={field}
        className={styles.field}
        aria-label={t('viewer.find')}
        placeholder={t('viewer.find')}
        value={find.query}
        spellCheck={false}
        onChange={(event) => find.setQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span role="status" className={styles.result}>
        {result}
      </span>
      <ActionIcon variant="default" aria-label={t('viewer.findPrevious')} onClick={() => find.step(-1)}>
        <Icon name="left" size={16} />
      </ActionIcon>
      <ActionIcon variant="default" aria-label={t('viewer.findNext')} onClick={() => find.step(1)}>
        <Icon name="right" size={16} />
      </ActionIcon>
      <ActionIcon variant="default" aria-label={t('action.close')} onClick={onClose}>
        <Icon name="close" size={16} />
      </ActionIcon>
    </div>
  );
}
