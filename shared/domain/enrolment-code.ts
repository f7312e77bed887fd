/** Without I, L, O and U: read aloud and typed from paper. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `XXXX-XXXX-XXXX-XXXX`, 80 bits. `random` gives an integer from 0 to below its argument, fit for secrets. */
export function newEnrolmentCode(random: (below: number) => number): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[random(LETTERS.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

/** As it was typed, in the form that is kept. */
export function readEnrolmentCode(typed: string): string {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return plain.match(/.{1,4}/g)?.join('-') ?? '';
}
