import type { UiLanguage } from '../../shared/domain/language.ts';
import type { Reference } from '../reference/index.ts';

type Named = { readonly kind: string; readonly title?: string | null };

/** What an act is called: a ruling by the locales, another kind by the office data, a titled act by its title. */
export function actName(reference: Reference, texts: (key: string) => string, language: UiLanguage, { kind, title }: Named): string {
  const known = reference.actKind(kind);
  if (!known) return texts(`act.kind.${kind}`);
  if (known.titled && title) return title;
  return language === 'kk' ? known.nameKk : language === 'ru' ? known.nameRu : known.nameEn;
}
