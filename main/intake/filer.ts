import type { FilingMessage, Party } from '../../shared/registry/index.ts';
import type { KindRule } from '../reference/index.ts';

const CLAIMANT_SIDES = new Set(['claimant', 'plaintiff', 'applicant', 'creditor', 'appellant', 'complainant']);
const RESPONDENT_SIDES = new Set(['respondent', 'defendant', 'debtor']);

export type Side = 'claimant' | 'respondent' | 'third-party';

/** The sides of the office's own words; what the cabinet calls otherwise is a third party. */
export function sideOf(party: Party): Side {
  const side = party.side.toLowerCase();
  return CLAIMANT_SIDES.has(side) ? 'claimant' : RESPONDENT_SIDES.has(side) ? 'respondent' : 'third-party';
}

export function partiesOf(message: Pick<FilingMessage, 'parties'>, side: Side): Party[] {
  return message.parties.filter((p) => sideOf(p) === side);
}

/** Those who may have filed it: the side that the kind is filed by; everybody where either side may. */
export function filersOf(message: FilingMessage, rule: KindRule | null): Party[] {
  if (!rule || rule.filer === 'any') return [...message.parties];
  const filers = partiesOf(message, rule.filer);
  return filers.length > 0 ? filers : [...message.parties];
}
