import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { kense } from '../../api/kense.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import type { ViewProps } from './administration-screen.tsx';
import { SavedForm } from './saved-form.tsx';

const LEAST = 3;

/** The court's names, as they stand on its papers from here on. */
export function CourtNames({ now, onChanged }: ViewProps) {
  const { t } = useTexts();
  const [names, setNames] = useState(now.courtNames);
  const meant = { nameKk: names.nameKk.trim(), nameRu: names.nameRu.trim() };
  const fits = (key: keyof typeof names) => meant[key].length >= LEAST;
  const changed = meant.nameKk !== now.courtNames.nameKk || meant.nameRu !== now.courtNames.nameRu;
  const field = (key: keyof typeof names, lang: 'kk' | 'ru') => (
    <TextInput
      label={t(`administration.court.${key}`)}
      lang={lang}
      maxLength={300}
      value={names[key]}
      error={fits(key) ? null : t('administration.court.tooShort')}
      onChange={(event) => setNames({ ...names, [key]: event.currentTarget.value })}
    />
  );
  return (
    <SavedForm
      now={now}
      onChanged={onChanged}
      ready={fits('nameKk') && fits('nameRu') && changed}
      save={() => kense().administration.renameCourt(meant)}
    >
      <p>{t('administration.court.why')}</p>
      {field('nameKk', 'kk')}
      {field('nameRu', 'ru')}
    </SavedForm>
  );
}
