import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AbsenceInput, Workload } from '../../../shared/contract/index.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { dayOf } from '../queue/typed-day.ts';
import { FormButtons } from './form-buttons.tsx';
import styles from './workload-screen.module.css';

type Props = {
  readonly person: { readonly id: string; readonly name: string };
  readonly load: Workload;
  readonly onSet: (absence: AbsenceInput) => void;
  readonly onClose: () => void;
};

/** From when to when somebody is away, why, and who works in his place. */
export function AbsenceDialog({ person, load, onSet, onClose }: Props) {
  const { t, language } = useTexts();
  const { date } = useFormat();
  const [from, setFrom] = useState(date(`${load.today}T07:00:00Z`));
  const [until, setUntil] = useState('');
  const [kind, setKind] = useState(load.absenceKinds[0]?.id ?? '');
  const [coveredBy, setCoveredBy] = useState('');
  const [tried, setTried] = useState(false);
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  const first = dayOf(from, load.today);
  const last = dayOf(until, load.today);
  const fits = first !== null && last !== null && first <= last;
  const send = () => {
    setTried(true);
    if (!fits) return;
    onSet({ id: crypto.randomUUID(), userId: person.id, from: first, until: last, kind, coveredBy: coveredBy || null, withdrawn: false });
  };
  const day = (label: string, value: string, onChange: (typed: string) => void, error: string | undefined, isFirst = false) => (
    <TextInput
      label={label}
      data-autofocus={isFirst || undefined}
      inputMode="numeric"
      autoComplete="off"
      maxLength={12}
      value={value}
      error={tried ? error : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
  return (
    <Dialog title={t('workload.absenceOf', { name: person.name })} onClose={onClose}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <div className={styles.pair}>
          {day(t('workload.from'), from, setFrom, first === null ? t('proceedings.dayWrong') : undefined)}
          {day(t('workload.until'), until, setUntil, fits ? undefined : t('workload.untilWrong'), true)}
        </div>
        <NativeSelect
          label={t('workload.kind')}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
          data={load.absenceKinds.map(({ id, ...names }) => ({ value: id, label: names[language] }))}
        />
        <NativeSelect
          label={t('workload.coveredBy')}
          value={coveredBy}
          onChange={(event) => setCoveredBy(event.currentTarget.value)}
          data={[
            { value: '', label: t('workload.nobodyCovers') },
            ...load.people.filter(({ id, gone }) => id !== person.id && gone === null).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <FormButtons onCancel={onClose} />
      </form>
    </Dialog>
  );
}
