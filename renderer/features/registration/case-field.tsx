import { TextInput } from '@mantine/core';
import { useEffect, useId, useState, type KeyboardEvent, type Ref } from 'react';
import type { CaseChoice } from '../../../shared/contract/index.ts';
import { kense, settle } from '../../api/kense.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import styles from './case-field.module.css';

type Props = {
  readonly filingId: string;
  readonly value: string;
  /** Shown while nothing is typed that looks for others. */
  readonly suggested: readonly CaseChoice[];
  readonly error: string | null;
  readonly onChange: (number: string) => void;
  readonly onSubmit: () => void;
  readonly ref: Ref<HTMLInputElement>;
};
/** A pause in typing after which the store is asked. */
const PAUSE_MS = 120;

/** The number of a case, typed or chosen from those that fit a number or a name; with nothing typed, from those between the same people. */
export function CaseField({ filingId, value, suggested, error, onChange, onSubmit, ref }: Props) {
  const { t } = useTexts();
  const kindName = useKindName();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<readonly CaseChoice[]>([]);
  const [active, setActive] = useState(-1);
  useEffect(() => {
    if (typed.trim() === '') return;
    let wanted = true;
    const timer = setTimeout(() => {
      void settle(kense().filing.beforeRegister({ id: filingId, search: typed })).then((answer) => {
        if (wanted && answer.ok) setFound(answer.value.cases);
      });
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [filingId, typed]);
  const shown = (typed.trim() === '' ? suggested : found).filter(({ number }) => number !== value);

  const choose = (choice: CaseChoice) => {
    onChange(choice.number);
    setTyped('');
    setActive(-1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && shown.length > 0) {
      event.preventDefault();
      setActive((active + step + shown.length) % shown.length);
      return;
    }
    if (event.key !== 'Enter' || event.repeat || event.ctrlKey) return;
    const choice = shown[active];
    if (choice) choose(choice);
    else onSubmit();
  };
  return (
    <div>
      <TextInput
        ref={ref}
        role="combobox"
        aria-label={t('reg.joinsCase')}
        aria-expanded={shown.length > 0}
        aria-controls={listId}
        aria-activedescendant={shown[active] ? `${listId}-${active}` : undefined}
        placeholder={t('reg.caseSuggested')}
        value={value}
        spellCheck={false}
        error={error}
        onChange={(event) => {
          const text = event.currentTarget.value;
          onChange(text);
          setTyped(text);
          setActive(-1);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t('reg.casesHere')} className={styles.list} data-empty={shown.length === 0 || undefined}>
        {shown.map((choice, at) => (
          // The keys of the list are those of the field, where the focus stays.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={choice.number}
            id={`${listId}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === active}
            className={styles.choice}
            onClick={() => choose(choice)}
          >
            <b>{choice.number}</b>
            <span>
              {[choice.claimant, choice.respondent].filter((name) => name !== null).join(' – ')}
              {choice.kind !== null && ` · ${kindName.short(choice.kind)}`}
              {choice.state !== null && ` · ${t(`status.${choice.state}`)}`}
              {` · ${t(`reg.caseWhy.${choice.why}`)}`}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
