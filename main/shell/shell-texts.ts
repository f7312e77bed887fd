import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { UiLanguage } from '../../shared/domain/language.ts';

/** Answers the text of a key in the language of the moment; `{{name}}` is filled from the parameters. */
export type ShellTexts = {
  readonly language: UiLanguage;
  readonly text: (key: string, params?: Readonly<Record<string, string | number>>) => string;
};

/** The same locales as the window's. A missing text is a fault of ours: its key is shown rather than nothing. */
export function readShellTexts(resourcesDir: string, language: UiLanguage): ShellTexts {
  const texts = JSON.parse(readFileSync(path.join(resourcesDir, 'locales', `${language}.json`), 'utf8')) as Record<string, string>;
  return {
    language,
    text: (key, params = {}) => (texts[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(params[name] ?? '')),
  };
}
