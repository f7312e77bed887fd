/** Languages of the window. Court papers are kk and ru only. */
export const UI_LANGUAGES = ['kk', 'ru', 'en'] as const;
export type UiLanguage = (typeof UI_LANGUAGES)[number];
export const COURT_LANGUAGES = ['kk', 'ru'] as const;
export type CourtLanguage = (typeof COURT_LANGUAGES)[number];
