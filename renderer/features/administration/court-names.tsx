import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import type { ViewProps } from './administration-screen.tsx';
import styles from './administration-screen.module.css';

const LEAST = 3;

/** The court's names, as they stand on its papers from here on. */
export function CourtNames({ now, onChanged }: ViewProps) {
  const { t } = useTexts();
  const [names, setNames] = useState(now.courtNames);
  const [saved, setSaved] = useState(false);
  const saving = useAction();
  const fits = (key: keyof typeof names) => names[key].trim().length >= LEAST;
  const changed = names.nameKk.trim() !== now.courtNames.nameKk || names.nameRu.trim() !== now.courtNames.nameRu;
  const ready = fits('nameKk') && fits('nameRu') && changed;
  const field = (key: keyof typeof names, lang: 'kk' | 'ru') => (
    <TextInput
      label={t(`administration.court.${key}`)}
      lang={lang}
      maxLength={300}
      value={names[key]}
      error={fits(key) ? null : t('administration.court.tooShort')}
      onChange={(event) => {
        setSaved(false);
        setNames({ ...names, [key]: event.currentTarget.value });
      }}
    />
  );
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        void saving.run(
          () => kense().administration.renameCourt({ nameKk: names.nameKk.trim(), nameRu: names.nameRu.trim() }),
          (after) => {
            setNames(after.courtNames);
            setSaved(true);
            onChanged(after);
          },
        );
      }}
    >
      <p>{t('administration.court.why')}</p>
      {field('nameKk', 'kk')}
      {field('nameRu', 'ru')}
      {saving.failure && <FailureCard failure={saving.failure} compact />}
      <div className={styles.bar}>
        <Button type="submit" loading={saving.busy} disabled={now.offline !== null || !ready}>
          {t('administration.save')}
        </Button>
        <p role="status">{saved ? t('administration.rulesSaved') : ''}</p>
      </div>
    </form>
  );
}
