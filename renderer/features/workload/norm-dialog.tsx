import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { MOST_NORM } from '../../../shared/domain/share-work.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormButtons } from './form-buttons.tsx';
import styles from './workload-screen.module.css';

type Props = {
  /** Null: of everybody who has no norm of his own. */
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly norm: number;
  readonly onSet: (norm: number | null) => void;
  readonly onClose: () => void;
};

/** A whole number as it was typed; null where it is none that a norm can be. */
export const countOf = (typed: string, least: number): number | null =>
  /^\d{1,4}$/.test(typed.trim()) && Number(typed) >= least && Number(typed) <= MOST_NORM ? Number(typed) : null;

/** How many open filings one can carry; left empty, the norm of everybody holds. */
export function NormDialog({ person, norm, onSet, onClose }: Props) {
  const { t } = useTexts();
  const [typed, setTyped] = useState(String(norm));
  const [tried, setTried] = useState(false);
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  const isEmpty = typed.trim() === '' && person !== null;
  const count = countOf(typed, 0);
  return (
    <Dialog title={person ? t('workload.normOf', { name: person.name }) : t('workload.normOfAll')} onClose={onClose}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (isEmpty || count !== null) onSet(isEmpty ? null : count);
        }}
      >
        <TextInput
          label={t('workload.normLabel')}
          description={person ? t('workload.normHint') : undefined}
          data-autofocus
          inputMode="numeric"
          autoComplete="off"
          maxLength={4}
          value={typed}
          error={tried && !isEmpty && count === null ? t('workload.normWrong', { most: MOST_NORM }) : undefined}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <FormButtons onCancel={onClose} />
      </form>
    </Dialog>
  );
}
