import type { Defect, DefectPlace, FilingDetail, Proposal, ProposalOffer } from '../../../shared/contract/index.ts';
import { factsWithPlaces, mendText } from '../../../shared/domain/mend-text.ts';

/** A reason that is marked. `own`: the person changed the words, which then stay as they are. */
export type Mark = { readonly note: string; readonly own: boolean; readonly places: readonly DefectPlace[] };
/** What is being marked and proposed; kept by the owner, so that closing the panel loses nothing typed. */
export type ProposalDraft = {
  readonly decision: Proposal['decision'];
  readonly marks: ReadonlyMap<string, Mark>;
  /** Grounds of law with words for them. */
  readonly grounds: ReadonlyMap<string, string>;
  readonly court: string;
};

export const draftOf = ({ defects, proposal }: Pick<FilingDetail, 'defects' | 'proposal'>): ProposalDraft => ({
  decision: proposal?.decision ?? 'return',
  marks: new Map(defects.map(({ code, note, places }) => [code, { note: note ?? '', own: note !== null, places: places ?? [] }])),
  grounds: new Map((proposal?.grounds ?? []).map(({ code, note }) => [code, note ?? ''])),
  court: proposal?.transferTo?.code ?? '',
});

type Filing = Pick<FilingDetail, 'documents' | 'language'>;

const wordsFor = (offer: ProposalOffer | null, filing: Filing, code: string, places: readonly DefectPlace[]): string =>
  mendText(offer?.mend[code] ?? [], factsWithPlaces(filing.documents, places, offer?.facts ?? {}), filing.language);

/** Marks a reason with the words and documents that the program has ready for it, or takes the mark back. */
export function toggleMark(draft: ProposalDraft, code: string, offer: ProposalOffer | null, filing: Filing): ProposalDraft {
  const marks = new Map(draft.marks);
  if (!marks.delete(code)) {
    const places = offer?.found.find((defect) => defect.code === code)?.places ?? [];
    marks.set(code, { note: wordsFor(offer, filing, code, places), own: false, places });
  }
  return { ...draft, marks };
}

/** A reason may have been marked before its words were here. */
export function fillWords(draft: ProposalDraft, offer: ProposalOffer, filing: Filing): ProposalDraft {
  const empty = [...draft.marks].filter(([, mark]) => !mark.own && mark.note === '');
  return empty.reduce((filled, [code]) => {
    const found = offer.found.find((defect) => defect.code === code)?.places ?? [];
    const places = draft.marks.get(code)?.places ?? [];
    return placeMark(filled, code, places.length > 0 ? places : found, offer, filing);
  }, draft);
}

/** Other places change the words, unless the person wrote them. */
export function placeMark(
  draft: ProposalDraft,
  code: string,
  places: readonly DefectPlace[],
  offer: ProposalOffer | null,
  filing: Filing,
): ProposalDraft {
  const mark = draft.marks.get(code);
  if (!mark) return draft;
  const note = mark.own ? mark.note : wordsFor(offer, filing, code, places);
  return { ...draft, marks: new Map(draft.marks).set(code, { ...mark, places, note }) };
}

export function toggleGround(draft: ProposalDraft, code: string): ProposalDraft {
  const grounds = new Map(draft.grounds);
  if (!grounds.delete(code)) grounds.set(code, '');
  return { ...draft, grounds };
}

/** What is sent; `complete` is false while something that the proposal needs is missing. */
export function chosenOf(
  draft: ProposalDraft,
  codes: readonly string[],
  offer: ProposalOffer | null,
): { defects: Defect[]; proposal: Proposal | null; complete: boolean } {
  const defects = codes.flatMap((code): Defect[] => {
    const mark = draft.marks.get(code);
    return mark ? [{ code, note: mark.note.trim() || null, ...(mark.places.length > 0 ? { places: [...mark.places] } : {}) }] : [];
  });
  if (draft.decision === 'return')
    return {
      defects,
      proposal: defects.length > 0 ? { decision: 'return', grounds: [], transferTo: null } : null,
      complete: defects.length > 0,
    };
  const grounds = [...draft.grounds].map(([code, note]) => ({ code, note: note.trim() || null }));
  const needsCourt = offer?.decisions.find(({ decision }) => decision === draft.decision)?.court ?? false;
  const transferTo = needsCourt && draft.court !== '' ? { code: draft.court, name: '' } : null;
  return {
    defects,
    proposal: { decision: draft.decision, grounds, transferTo },
    complete: grounds.length > 0 && (!needsCourt || transferTo !== null),
  };
}
