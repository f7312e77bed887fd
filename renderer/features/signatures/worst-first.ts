import type { DocumentView, SignatureCard, SignatureState } from '../../../shared/contract/index.ts';

/** Worst first: a broken signature, a missing one, one by another person, one that could not be confirmed, one not yet looked at, a sound one. */
const ORDER: readonly SignatureState[] = ['invalid', 'absent', 'check-signer', 'undecided', 'not-checked', 'valid'];
const rank = (state: SignatureState): number => ORDER.indexOf(state);

/** A signature, or a document that has none; `card` is null then. */
export type SignatureEntry = { readonly key: string; readonly document: DocumentView; readonly state: SignatureState; readonly card: SignatureCard | null };

/** Every signature of the filing and every document that lacks one, worst first, else in the order of the documents. */
export function worstFirst(documents: readonly DocumentView[]): readonly SignatureEntry[] {
  const entries = documents.flatMap((document): readonly SignatureEntry[] =>
    document.signatures.length > 0
      ? document.signatures.map((card) => ({ key: card.id, document, state: card.state, card }))
      : [{ key: `document:${document.id}`, document, state: document.signature, card: null }],
  );
  return entries.map((entry, at) => ({ entry, at })).sort((a, b) => rank(a.entry.state) - rank(b.entry.state) || a.at - b.at).map(({ entry }) => entry);
}

/** The one that decides what the clerk sees first; null when every signature is sound. */
export function worstProblem(documents: readonly DocumentView[]): SignatureEntry | null {
  const worst = worstFirst(documents)[0];
  return worst && worst.state !== 'valid' ? worst : null;
}
