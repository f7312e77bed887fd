import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { UiLanguage } from '../../shared/domain/language.ts';
import type { TextKey, TextParams } from './text-key.ts';

export type Texts = {
  readonly language: UiLanguage;
  readonly t: (key: TextKey, params?: TextParams) => string;
  /** A text whose last part comes from the core (`journal.` + action); the bare id when the locales do not know it. */
  readonly named: (prefix: string, id: string, params?: TextParams) => string;
  readonly has: (key: string) => boolean;
};

export function useTexts(): Texts {
  const { t, i18n } = useTranslation();
  const language = i18n.language as UiLanguage;
  return useMemo(
    () => ({
      language,
      t: (key, params) => t(key, { ...params }),
      named: (prefix, id, params) => (i18n.exists(`${prefix}.${id}`) ? t(`${prefix}.${id}`, { ...params }) : id),
      has: (key) => i18n.exists(key),
    }),
    [language, t, i18n],
  );
}
