import { useMemo } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { useOffice } from './office-context.tsx';

type Named = {
  readonly kind: string;
  /** What a person, or the desk that issued it, called it. */
  readonly title?: string | null;
};

/** What an act is called in the language of the window: a ruling by the locales, another kind by the office data, a titled act by its title. */
export function useActName(): (act: Named) => string {
  const { reference } = useOffice();
  const { language, named, has } = useTexts();
  return useMemo(() => {
    const kinds = new Map(reference.actKinds.map((kind) => [kind.id, kind]));
    return ({ kind, title }) => {
      const known = kinds.get(kind);
      if (known?.titled && title) return title;
      if (known) return language === 'kk' ? known.nameKk : language === 'ru' ? known.nameRu : known.nameEn;
      return has(`act.kind.${kind}`) ? named('act.kind', kind) : (title ?? kind);
    };
  }, [reference, language, named, has]);
}
