import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../../i18n/use-texts.ts';
import { parseDay, writtenDay } from './moment.ts';
import { takeDigit } from './moment-fields.tsx';

type Props = {
  readonly label: string;
  /** `2026-12-03`; null: empty. */
  readonly value: string | null;
  /** Only with a day of the calendar, or null where it may be empty. */
  readonly onChange: (day: string | null) => void;
  readonly mayBeEmpty?: boolean;
};

/** A day of the court as it is typed; it counts when the field is left or Enter is pressed, and what is no day is said. */
export function DayField({ label, value, onChange, mayBeEmpty = false }: Props) {
  const { t } = useTexts();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value === null ? '' : writtenDay(value));
  const day = parseDay(shown);
  const right = day !== null || (mayBeEmpty && shown.trim() === '');
  const take = () => {
    if (typed === null || !right) return;
    setTyped(null);
    if (day !== value) onChange(day);
  };
  return (
    <TextInput
      label={label}
      inputMode="numeric"
      maxLength={10}
      placeholder={t('proceedings.dayForm')}
      value={shown}
      error={right ? null : t('proceedings.dayWrong')}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        takeDigit(event, setTyped);
        if (event.key === 'Enter') take();
      }}
      onBlur={take}
    />
  );
}
