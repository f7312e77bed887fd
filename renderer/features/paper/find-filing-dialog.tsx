import { TextInput } from '@mantine/core';
import { useCallback, useId, useState, type KeyboardEvent } from 'react';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useFound } from '../search/use-found.ts';
import choices from '../registration/case-field.module.css';
import styles from './pages.module.css';

type Props = { readonly onChoose: (filingId: string) => void; readonly onClose: () => void };

/** One of the filings that are here, by a number or a name; with or without a line. */
export function FindFilingDialog({ onChoose, onClose }: Props) {
  const { t } = useTexts();
  const kindName = useKindName();
  const listId = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const toFirst = useCallback(() => setAt(0), []);
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  const wanted = text.trim();
  const answer = useFound(wanted, toFirst);
  const found = answer?.found.filings ?? [];
  const current = Math.min(at, found.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    // what was found for other words is not chosen
    const choice = answer?.text === wanted ? found[current] : undefined;
    if (step !== 0) setAt((current + step + found.length) % Math.max(1, found.length));
    else if (event.key === 'Enter' && !event.repeat && choice) onChoose(choice.id);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t('annex.findFiling')} onClose={onClose}>
      <TextInput
        data-autofocus
        type="search"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-activedescendant={found[current] && `${listId}-${current}`}
        aria-label={t('annex.findWords')}
        placeholder={t('annex.findWords')}
        value={text}
        spellCheck={false}
        maxLength={200}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div
        id={listId}
        role="listbox"
        aria-label={t('search.filings')}
        className={choices.list}
        data-empty={found.length === 0 || undefined}
      >
        {found.map((filing, index) => (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above hears Enter for the current one
          <div
            key={filing.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className={choices.choice}
            onClick={() => onChoose(filing.id)}
          >
            <b>{[filing.caseNumber, filing.incomingNumber ?? filing.cabinetNumber].filter(Boolean).join(' · ') || t('state.none')}</b>
            <span>
              <bdi>{[filing.claimant, filing.respondent].filter((name) => name !== null).join(' – ')}</bdi>
              {` · ${kindName.short(filing.kind)} · ${t(`status.${filing.state}`)}`}
            </span>
          </div>
        ))}
      </div>
      <p role="status" className={styles.found}>
        {wanted !== '' && answer?.text === wanted && found.length === 0 && t('search.noResults', { query: wanted })}
      </p>
    </Dialog>
  );
}
