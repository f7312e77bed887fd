import type { PartyView } from '../../../shared/contract/index.ts';

const ANSWERING: readonly string[] = ['respondent', 'defendant', 'debtor', 'respondent_authority'];

/** Who asks and who answers, for headings; null when the filing does not say. */
export function partiesInShort(parties: readonly PartyView[]): {
  readonly claimant: PartyView | null;
  readonly respondent: PartyView | null;
} {
  return {
    claimant: parties.find((party) => !ANSWERING.includes(party.side)) ?? null,
    respondent: parties.find((party) => ANSWERING.includes(party.side)) ?? null,
  };
}
