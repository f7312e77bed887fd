import type { DocumentView, SignatureCard, SignatureState } from '../../../shared/contract/index.ts';

/** Worst first: a broken signature, a missing one, one by another person, one that could not be confirmed, one not yet looked at, a sound one. */
const ORDER: readonly SignatureState[] = ['invalid', 'absent', 'check-signer', 'undecided', 'not-checked', 'on-paper', 'valid'];
const rank = (state: SignatureState): number => ORDER.indexOf(state);

/** A signature, or a document that has none; `card` is null then. */
export type SignatureEntry = {
  readonly key: string;
  readonly document: DocumentView;
  readonly state: SignatureState;
  readonly card: SignatureCard | null;
  /** Annexes need no signature of their own and may be signed by others; the main document, the first, must be the filer's. */
  readonly annex: boolean;
};
const ANNEX_MAY_BE: readonly SignatureState[] = ['absent', 'check-signer'];
/** Nothing to do about it: a sound signature, or an annex that nobody had to sign. */
export const isSettled = (entry: SignatureEntry) =>
  entry.state === 'valid' || entry.state === 'on-paper' || (entry.annex && ANNEX_MAY_BE.includes(entry.state));
const RECHECKABLE: readonly SignatureState[] = ['undecided', 'not-checked'];
/** Another try may settle it. */
export const isRecheckable = ({ state }: Pick<SignatureEntry, 'state'>) => RECHECKABLE.includes(state);
/** Nobody's fault, or not yet known to be one: what is missing may still come, or the program cannot tell. */
const NO_DEFECT: readonly string[] = [
  ...['serviceDown', 'noStatus', 'statusMissing', 'statusStale', 'statusUnknown', 'statusUnusable', 'statusNotAllowed', 'suspended'],
  ...['algorithmUnsupported', 'methodsUnsupported', 'changesUnjudged', 'incomplete'],
];
/** The next step is to mark a defect; with a power of attorney to read that comes first. */
export function callsForDefect(entry: SignatureEntry): boolean {
  const { state, card } = entry;
  if (state === 'undecided') return card !== null && card.reason !== null && !NO_DEFECT.includes(card.reason);
  return state === 'invalid' || (!isSettled(entry) && (state === 'absent' || (state === 'check-signer' && !card?.match?.powerOfAttorney)));
}
/** An annex without a signature comes last. */
const order = (entry: SignatureEntry) => (entry.annex && entry.state === 'absent' ? ORDER.length : rank(entry.state));

/** Every signature of the filing and every document that lacks one, worst first, else in the order of the documents. */
export function worstFirst(documents: readonly DocumentView[]): readonly SignatureEntry[] {
  return documents
    .flatMap((document, at): readonly SignatureEntry[] =>
      document.signatures.length > 0
        ? document.signatures.map((card) => ({ key: card.id, document, state: card.state, card, annex: at > 0 }))
        : [{ key: `document:${document.id}`, document, state: document.signature, card: null, annex: at > 0 }],
    )
    .sort((a, b) => order(a) - order(b));
}

/** The one that decides what the clerk sees first; null when nothing about the signatures needs a look. */
export function worstProblem(documents: readonly DocumentView[]): SignatureEntry | null {
  return worstFirst(documents).find((entry) => !isSettled(entry)) ?? null;
}
