import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTenge, parseTenge, timesDecimal } from '../../../shared/domain/money.ts';

describe('sums of tenge', () => {
  it('are read as people and programs write them', () => {
    expect(parseTenge('1 234 567,50')).toBe(123_456_750n);
    expect(parseTenge('1\u00a0000.5')).toBe(100_050n);
    expect(parseTenge(1_000_000_000_000_000)).toBe(100_000_000_000_000_000n);
    expect(parseTenge('0.01')).toBe(1n);
    expect(parseTenge(0.01)).toBe(1n);
  });

  it.each(['', '-1', '+1', '1e21', '0.001', '1.', '.5', 'NaN', '１', '1,000.00', 'сто'])('%j is no sum', (text) => {
    expect(parseTenge(text)).toBeNull();
  });

  it('come back as they went, at any size', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 31n }), (tiyn) => {
        expect(parseTenge(formatTenge(tiyn))).toBe(tiyn);
      }),
    );
  });

  it('are multiplied without a float: never more than half a tiyn from the exact value', () => {
    const percent = fc.constantFrom(0.03, 0.1, 0.3, 0.5, 1, 3, 12.5, 50, 100);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), percent, (tiyn, factor) => {
        const exactTimes10000 = tiyn * BigInt(Math.round(factor * 100));
        const off = timesDecimal(tiyn, factor, 100n) * 10_000n - exactTimes10000;
        expect(off > -5_000n && off <= 5_000n).toBe(true);
      }),
    );
    expect(timesDecimal(50n, 1, 100n)).toBe(1n);
    expect(timesDecimal(49n, 1, 100n)).toBe(0n);
    expect(() => timesDecimal(1n, -1)).toThrow(RangeError);
  });
});
