import type { PartyView } from '../../../shared/contract/index.ts';

const CLAIMING: readonly string[] = ['claimant', 'plaintiff', 'applicant', 'creditor', 'appellant', 'complainant'];
const ANSWERING: readonly string[] = ['respondent', 'defendant', 'debtor'];

/** Who asks and who answers, for headings; null when the filing does not say. */
export function partiesInShort(parties: readonly PartyView[]): {
  readonly claimant: PartyView | null;
  readonly respondent: PartyView | null;
} {
  const first = (sides: readonly string[]) => parties.find((party) => sides.includes(party.side.toLowerCase())) ?? null;
  return { claimant: first(CLAIMING), respondent: first(ANSWERING) };
}

/** The id of the side's name under `side.` in the texts: what the cabinet calls otherwise is a third party. */
export function sideId(side: string): string {
  const id = side.toLowerCase();
  return [...CLAIMING, ...ANSWERING, 'representative'].includes(id) ? id : 'third-party';
}
