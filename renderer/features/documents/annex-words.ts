import type { AnnexView, DocumentView } from '../../../shared/contract/index.ts';

/** What is said of papers that were handed in later while the registry does not have them. */
export const ANNEX_WORDS = {
  waiting: 'proceedings.standing.waiting',
  refused: 'proceedings.standing.refused',
  withdrawn: 'annex.withdrawn',
} as const;

/** The key of that word for a document; null for one that came with its filing or is at the registry. */
export function annexWordOf(
  { annexId }: DocumentView,
  annexes: readonly AnnexView[],
): (typeof ANNEX_WORDS)[keyof typeof ANNEX_WORDS] | null {
  const state = annexes.find(({ id }) => id === annexId)?.standing.state ?? 'confirmed';
  return state === 'confirmed' ? null : ANNEX_WORDS[state];
}
