import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './launch.ts';

export type Texts = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** The very texts the window shows, so that a test reads the same in every language. */
export function textsOf(language: 'kk' | 'ru' | 'en'): Texts {
  const texts = JSON.parse(readFileSync(path.join(ROOT, 'resources/locales', `${language}.json`), 'utf8')) as Record<string, string>;
  return (key, params = {}) => {
    const text = texts[key];
    if (text === undefined) throw new Error(`there is no text ${key} in ${language}`);
    return text.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(params[name] ?? ''));
  };
}
