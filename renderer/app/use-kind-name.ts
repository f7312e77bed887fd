import { useMemo } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { useOffice } from './office-context.tsx';

export type KindName = {
  /** The name in the reference data; the bare id when neither data nor locales know it. */
  readonly full: (id: string) => string;
  /** A name short enough for a list or a tab. */
  readonly short: (id: string) => string;
};

/** Names of filing kinds and document roles in the language of the window. */
export function useKindName(): KindName {
  const { reference } = useOffice();
  const { language, named, has } = useTexts();
  return useMemo(() => {
    const types = new Map(reference.documentTypes.map((type) => [type.id, type]));
    const full = (id: string) => {
      const type = types.get(id);
      if (type) return language === 'kk' ? type.nameKk : language === 'ru' ? type.nameRu : type.nameEn;
      return has(`kindShort.${id}`) ? named('kindShort', id) : id;
    };
    return {
      full,
      short: (id) => (has(`kindShort.${id}`) ? named('kindShort', id) : full(id)),
    };
  }, [reference, language, named, has]);
}
