import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { UiLanguage } from '../../shared/domain/language.ts';

type Texts = Readonly<Record<string, string>>;

const LOAD: Readonly<Record<UiLanguage, () => Promise<{ default: Texts }>>> = {
  kk: () => import('../../resources/locales/kk.json'),
  ru: () => import('../../resources/locales/ru.json'),
  en: () => import('../../resources/locales/en.json'),
};

async function addLanguage(language: UiLanguage): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  i18next.addResourceBundle(language, 'translation', (await LOAD[language]()).default);
}

/** Keys are flat (`error.not-found.title`), so no separators; plural forms come from `Intl.PluralRules`, which knows Kazakh. */
export async function startTexts(language: UiLanguage): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    resources: {},
  });
  await showLanguage(language);
}

/** Switches the window without a restart. */
export async function showLanguage(language: UiLanguage): Promise<void> {
  await addLanguage(language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
