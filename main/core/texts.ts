import fs from 'node:fs';
import path from 'node:path';
import type { UiLanguage } from '../../shared/domain/language.ts';

const cache = new Map<string, Record<string, string>>();

/** Window texts for what the core itself has to say, such as the lines of the PIN prompt. */
export function readTexts(resourcesDir: string, language: UiLanguage): (key: string, values?: Record<string, string>) => string {
  const file = path.join(resourcesDir, 'locales', `${language}.json`);
  let texts = cache.get(file);
  if (!texts) cache.set(file, (texts = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, string>));
  const found = texts;
  return (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{{${name}}}`, value), found[key] ?? key);
}
