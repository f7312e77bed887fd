import type { UiLanguage } from '../../../shared/domain/language.ts';

/** Codes of law carry their Russian abbreviation in the data; each language has its own. */
const CODES: Readonly<Record<string, Readonly<Record<UiLanguage, string>>>> = {
  ГПК: { kk: 'АПК', ru: 'ГПК', en: 'CPC' },
  АППК: { kk: 'ӘРПК', ru: 'АППК', en: 'APPC' },
  КоАП: { kk: 'ӘҚБК', ru: 'КоАП', en: 'CAO' },
  НК: { kk: 'СК', ru: 'НК', en: 'TC' },
  УПК: { kk: 'ҚПК', ru: 'УПК', en: 'CrPC' },
};

/** `ГПК 152(1)(5)` → `АПК 152(1)(5)` in Kazakh. */
export function sayArticle(article: string, language: UiLanguage): string {
  return article.replace(/[А-Яа-я]+/g, (code) => CODES[code]?.[language] ?? code);
}
