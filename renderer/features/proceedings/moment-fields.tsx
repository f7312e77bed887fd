import { TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { digitOfPress } from '../../app/keys/match-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { parseDay, parseTime, writtenDay, type TypedMoment } from './moment.ts';
import styles from './proceedings.module.css';

type Props = {
  readonly value: TypedMoment;
  readonly onChange: (value: TypedMoment) => void;
  readonly dayError: string | null;
  readonly timeError: string | null;
  readonly takesFocus?: boolean;
};

/** A day and a time of the court. Digit keys give digits in the Kazakh layout too; what can be read is put in its usual form. */
export function MomentFields({ value, onChange, dayError, timeError, takesFocus = false }: Props) {
  const { t } = useTexts();
  const setDay = (day: string) => onChange({ ...value, day });
  const setTime = (time: string) => onChange({ ...value, time });
  return (
    <div className={styles.pair}>
      <TextInput
        label={t('proceedings.day')}
        description={t('proceedings.dayForm')}
        required
        data-autofocus={takesFocus || undefined}
        inputMode="numeric"
        maxLength={10}
        error={dayError}
        value={value.day}
        onChange={(event) => setDay(event.currentTarget.value)}
        onKeyDown={(event) => takeDigit(event, setDay)}
        onBlur={() => {
          const day = parseDay(value.day);
          if (day !== null) setDay(writtenDay(day));
        }}
      />
      <TextInput
        label={t('proceedings.time')}
        description={t('proceedings.timeForm')}
        required
        inputMode="numeric"
        maxLength={5}
        error={timeError}
        value={value.time}
        onChange={(event) => setTime(event.currentTarget.value)}
        onKeyDown={(event) => takeDigit(event, setTime)}
        onBlur={() => setTime(parseTime(value.time) ?? value.time)}
      />
    </div>
  );
}

/** The digit row of the Kazakh layout has letters: in these fields its keys are digits. */
export function takeDigit(event: KeyboardEvent<HTMLInputElement>, change: (value: string) => void): void {
  const digit = digitOfPress(event.nativeEvent);
  if (digit === null || event.key === String(digit) || event.key.length !== 1) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const field = event.currentTarget;
  field.setRangeText(String(digit), field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, 'end');
  change(field.value);
}
