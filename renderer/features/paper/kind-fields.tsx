import { Textarea, TextInput } from '@mantine/core';
import type { PaperKind } from '../../../shared/domain/paper-form.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Tick } from '../proceedings/tick.tsx';
import { DigitsField } from './digits-field.tsx';

type Props = {
  readonly fields: PaperKind['fields'];
  readonly values: Readonly<Record<string, string>>;
  readonly wrong: (field: string) => string | null;
  readonly onChange: (values: Record<string, string>) => void;
};

/** What a kind of filing asks for besides, as the reference data has it. */
export function KindFields({ fields, values, wrong, onChange }: Props) {
  const { language } = useTexts();
  return fields.map((field) => {
    const { id, type, required } = field;
    const name = `fields.${id}`;
    const label = labelOf(field, language);
    const value = values[id] ?? '';
    const change = (typed: string) => onChange({ ...values, [id]: typed });
    const common = { name, label, required, value, error: wrong(name) };
    if (type === 'flag') return <Tick key={id} label={label} checked={value === 'true'} onChange={(on) => change(String(on))} />;
    if (type === 'long-text')
      return (
        <Textarea
          key={id}
          {...common}
          autosize
          minRows={2}
          maxRows={8}
          spellCheck={false}
          maxLength={4000}
          onChange={(event) => change(event.currentTarget.value)}
        />
      );
    if (type === 'text')
      return <TextInput key={id} {...common} spellCheck={false} maxLength={4000} onChange={(event) => change(event.currentTarget.value)} />;
    return <DigitsField key={id} {...common} onChange={change} />;
  });
}

export const labelOf = ({ nameKk, nameRu, nameEn }: PaperKind['fields'][number], language: string): string =>
  language === 'kk' ? nameKk : language === 'ru' ? nameRu : nameEn;
