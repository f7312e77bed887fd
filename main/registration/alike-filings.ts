import { fold } from '../../shared/domain/kk-format.ts';
import type { FilingMessage, Party } from '../../shared/registry/index.ts';
import { sideOf } from '../intake/index.ts';

/** The people of the two sides: by number where there is one, else by name as the search of the store has it. */
export type Sides = readonly [claimants: readonly string[], respondents: readonly string[]];

const whoIs = ({ iin, bin, name }: Party): string => fold(iin ?? bin ?? name);

export function sidesOf(message: FilingMessage): Sides {
  const claimants = message.parties.filter((party) => sideOf(party) === 'claimant').map(whoIs);
  return [claimants, message.parties.filter((party) => sideOf(party) === 'respondent').map(whoIs)];
}

/** Filings that name somebody of each of these sides, whichever side each is on there; null when there is nothing to look for. */
export function namesOfEach(sides: Sides): string | null {
  const each = sides
    .map((people) => people.map(wordsOf).filter((words) => words !== ''))
    .filter((people) => people.length > 0)
    .map((people) => `(${people.join(' OR ')})`);
  return each.length === 0 ? null : each.join(' AND ');
}

/** The words that the index has of a name: letters and digits with their marks. */
const wordsOf = (who: string): string => {
  const words = who.replace(/\p{Cf}/gu, '').match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  return words.length === 0 ? '' : `(${words.map((word) => `"${word}"`).join(' AND ')})`;
};
