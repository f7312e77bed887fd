import type { UiLanguage } from '../../../shared/domain/language.ts';

/** The guide as it was when the window was built; it is part of the window, so it is here without a line. */
const FILES = import.meta.glob<string>('../../../docs/user-guide/{kk,ru}/*.md', { query: '?raw', import: 'default', eager: true });

/** The page that all others can be reached from. */
export const CONTENTS = 'index';

/** English has no guide of its own: the Russian one is shown. */
export const guideLanguage = (language: UiLanguage): 'kk' | 'ru' => (language === 'kk' ? 'kk' : 'ru');

/** A page by its name, which is that of its screen; null when there is none. */
export const guidePage = (language: 'kk' | 'ru', name: string): string | null =>
  FILES[`../../../docs/user-guide/${language}/${name}.md`] ?? null;
