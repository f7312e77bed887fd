/** What the words of what is to be mended may name: sums as they are printed, titles of documents, names of annexes. */
export const MEND_FACTS = ['less', 'due', 'documents', 'annexes'] as const;
export type MendFact = (typeof MEND_FACTS)[number];
export type MendFacts = { readonly [F in MendFact]?: string | undefined };
/** Words that can be used where each of the facts they name is known. */
export type MendVariant = { readonly needs: readonly MendFact[]; readonly kk: string; readonly ru: string };

/** The first words whose facts are known, with the facts in their places; empty where there are none. */
export function mendText(variants: readonly MendVariant[], facts: MendFacts, language: 'kk' | 'ru'): string {
  const variant = variants.find(({ needs }) => needs.every((fact) => facts[fact] !== undefined));
  return variant ? variant[language].replace(/\{(\w+)\}/g, (whole, name: string) => facts[name as MendFact] ?? whole) : '';
}

type Place =
  { readonly kind: 'document'; readonly id: string } | { readonly kind: 'annex'; readonly name: string } | { readonly kind: 'field' };

/** The facts of the filing with those that the marked places bring. */
export function factsWithPlaces(
  documents: readonly { readonly id: string; readonly title: string }[],
  places: readonly Place[],
  facts: MendFacts,
): MendFacts {
  const titles = places.flatMap((place) => (place.kind === 'document' ? (documents.find(({ id }) => id === place.id)?.title ?? []) : []));
  const annexes = places.flatMap((place) => (place.kind === 'annex' ? place.name : []));
  const list = (names: readonly string[]) => names.map((name) => `«${name}»`).join(', ');
  return {
    ...facts,
    ...(titles.length > 0 ? { documents: list(titles) } : {}),
    ...(annexes.length > 0 ? { annexes: list(annexes) } : {}),
  };
}
