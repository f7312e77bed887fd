import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasCheckDigit, maskIdentifier, withCheckDigit } from '../../../shared/domain/identifier.ts';

describe('IIN and BIN', () => {
  it('take published BINs as plausible', () => {
    for (const bin of ['000740000728', '080540010396', '070840007503']) expect(hasCheckDigit(bin), bin).toBe(true);
  });

  it('find the numbers of the test certificates of the national authority implausible', () => {
    for (const iin of ['123456789011', '123456789012', '123456789021']) expect(hasCheckDigit(iin), iin).toBe(false);
  });

  it('notice any single wrong digit of a number made by the rule', () => {
    const eleven = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 11, maxLength: 11 }).map((d) => d.join(''));
    fc.assert(
      fc.property(eleven, fc.integer({ min: 1, max: 9 }), (digits, change) => {
        const id = withCheckDigit(digits);
        fc.pre(id !== null);
        expect(hasCheckDigit(id)).toBe(true);
        expect(hasCheckDigit(`${digits}${(Number(id[11]) + change) % 10}`)).toBe(false);
      }),
    );
  });

  it('are no numbers with letters, spaces or another length', () => {
    for (const text of ['', '12345678901', '1234567890123', '87013140001a', ' 870131400012']) expect(hasCheckDigit(text)).toBe(false);
  });

  it('are masked so that the birth date does not show', () => {
    expect(maskIdentifier('870131400012')).toBe('8701******12');
  });
});
