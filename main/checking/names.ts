import type { Party } from '../../shared/registry/index.ts';

/** Marks that turn the direction of writing or are not seen at all. */
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/u;
const PICTURE = /\p{Extended_Pictographic}/u;
const LATIN_LOOKALIKE = /[aceopxyABCEHKMOPTXYiI]/;

/** Whether a name may be another than it looks: unseen marks, pictures, Latin letters within a Cyrillic word, or no end. */
export function isOddName({ name }: Pick<Party, 'name'>): boolean {
  const mixed = name.split(/[^\p{L}]+/u).some((word) => /\p{Script=Cyrillic}/u.test(word) && LATIN_LOOKALIKE.test(word));
  return mixed || UNSEEN.test(name) || PICTURE.test(name) || name.length > 300;
}
