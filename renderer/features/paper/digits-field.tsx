import { TextInput } from '@mantine/core';
import { hasCheckDigit, isIdentifier } from '../../../shared/domain/identifier.ts';
import { bareDigits } from '../../../shared/domain/paper-form.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { takeDigit } from '../proceedings/moment-fields.tsx';

type Props = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
  readonly onLeave?: () => void;
  readonly required?: boolean;
  readonly description?: string;
  readonly maxLength?: number;
};

/** A field for digits: the digit row gives digits in every layout. */
export function DigitsField({ name, label, value, error, onChange, onLeave, required = false, description, maxLength = 40 }: Props) {
  return (
    <TextInput
      name={name}
      label={label}
      required={required}
      description={description}
      inputMode="numeric"
      autoComplete="off"
      maxLength={maxLength}
      error={error}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => takeDigit(event, onChange)}
      onBlur={onLeave}
    />
  );
}

/** An IIN or BIN. A check digit that is not right is said and hinders nobody: old numbers in force fail it. */
export function IdentifierField({ onChange, value, ...props }: Props) {
  const { t } = useTexts();
  const digits = bareDigits(value);
  const doubtful = isIdentifier(digits) && !hasCheckDigit(digits);
  return (
    <DigitsField
      {...props}
      value={value}
      onChange={onChange}
      onLeave={() => {
        if (digits !== value) onChange(digits);
      }}
      {...(doubtful && { description: t('paper.checkDigit') })}
    />
  );
}
