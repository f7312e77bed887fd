import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reckonDuty, type DutyFacts } from '../../../main/checking/state-duty.ts';
import { loadReference } from '../../../main/reference/index.ts';
import { formatTenge, parseTenge } from '../../../shared/domain/money.ts';

const law = loadReference('resources').duty;
const MCI_2026 = 4325n;

function reckon(rule: string, change: Partial<DutyFacts> & { value?: string } = {}) {
  const { value, ...facts } = change;
  return reckonDuty(law, {
    ...{ rule: law.rule(rule)!, basis: null, payer: 'individual', paidOn: '2026-11-20', exemption: null, documents: null, pages: null },
    claimValue: value === undefined ? null : parseTenge(value),
    ...facts,
  });
}
const due = (...args: Parameters<typeof reckon>) => formatTenge(reckon(...args)!.due);

describe('the state duty', () => {
  it('of a property claim is 1 % for a person and 3 % for an organisation', () => {
    expect(due('claim', { value: '1250000' })).toBe('12500.00');
    expect(due('claim', { value: '1250000', payer: 'legal' })).toBe('37500.00');
  });

  it('of a claim without a value is half a monthly index', () => {
    expect(due('claim')).toBe('2162.50');
    expect(reckon('claim')).toMatchObject({ assumed: true, basis: { id: 'non-property' } });
  });

  it('of a mixed claim is the sum of both, line by line', () => {
    const mixed = reckon('claim', { value: '1000000', basis: 'mixed' })!;
    expect(formatTenge(mixed.due)).toBe('12162.50');
    expect(mixed.lines.map(({ rate, how, amount }) => [rate.para, how, formatTenge(amount)])).toEqual([
      ['665.1.1', 'percent', '10000.00'],
      ['665.1.7', 'index', '2162.50'],
    ]);
    expect(mixed.assumed).toBe(false);
  });

  it('ends at 10 000 indexes for a person and 20 000 for an organisation, also for 10^15 tenge', () => {
    const value = '1000000000000000';
    const person = reckon('claim', { value })!;
    expect(formatTenge(person.due)).toBe(`${10_000n * MCI_2026}.00`);
    expect(person.lines[0]!.cap).toEqual({ indexes: 10_000, amount: 10_000n * MCI_2026 * 100n });
    expect(due('claim', { value, payer: 'legal' })).toBe(`${20_000n * MCI_2026}.00`);
  });

  it('of 0.01 tenge is nothing once it is rounded to the tiyn, and of 0.50 one tiyn', () => {
    expect(due('claim', { value: '0.01' })).toBe('0.00');
    expect(due('claim', { value: '0.50' })).toBe('0.01');
  });

  it('of a court order is half of what the claim would cost, after the cap', () => {
    const order = reckon('court-order', { value: '200000' })!;
    expect(formatTenge(order.due)).toBe('1000.00');
    expect(order.lines.map(({ how, base }) => [how, base])).toEqual([
      ['percent', true],
      ['share', false],
    ]);
    expect(due('court-order', { value: '1000000000000000' })).toBe(`${5_000n * MCI_2026}.00`);
  });

  it('of an administrative claim against a state body differs by who files it', () => {
    expect(due('admin-claim')).toBe('1297.50');
    expect(due('admin-claim', { payer: 'legal' })).toBe('21625.00');
    expect(due('admin-claim', { basis: 'tax-audit', value: '10000000' })).toBe('10000.00');
    expect(due('admin-claim', { basis: 'other' })).toBe('2162.50');
  });

  it('is not levied on appeals and private complaints, and half on a cassation complaint', () => {
    expect(due('appeal', { value: '1000000' })).toBe('0.00');
    expect(due('private-complaint')).toBe('0.00');
    expect(due('cassation', { value: '1000000' })).toBe('5000.00');
    expect(due('cassation')).toBe('1081.25');
  });

  it('of repeated copies counts documents and pages, and the first copies cost nothing', () => {
    expect(due('copies')).toBe('0.00');
    expect(due('copies', { basis: 'again', documents: 2, pages: 10 })).toBe('2162.50');
    expect(reckon('copies', { basis: 'again' })).toBeNull();
  });

  it('goes by the index of the day of payment, not of the day of filing', () => {
    const newer = { ...law, mci: (day: string) => (day >= '2027-01-01' ? 5000 : law.mci(day)) };
    const facts = {
      rule: law.rule('claim')!,
      basis: null,
      claimValue: null,
      payer: 'individual',
      exemption: null,
      documents: null,
      pages: null,
    } as const;
    expect(reckonDuty(newer, { ...facts, paidOn: '2026-12-31' })!.due).toBe(216_250n);
    expect(reckonDuty(newer, { ...facts, paidOn: '2027-01-01' })!.due).toBe(250_000n);
  });

  it('of a day before every edition is reckoned by the oldest, and says so', () => {
    expect(reckon('claim', { value: '50000000', paidOn: '2025-12-31' })).toMatchObject({ due: 50_000_000n, beforeEditions: true });
    expect(reckon('claim', { value: '50000000', paidOn: '1990-01-01' })).toMatchObject({ due: 50_000_000n, beforeEditions: true });
    expect(reckon('claim', { value: '50000000', paidOn: '2026-01-01' })).toMatchObject({ beforeEditions: false });
  });

  it('of a court order without a value is not known: it is half of what a property claim costs', () => {
    expect(reckon('court-order')).toBeNull();
  });

  it('names the exemption that the filing names, within its days, and still says what would be due', () => {
    expect(reckon('claim', { value: '1000', exemption: 'labour' })).toMatchObject({ due: 1000n, exemption: { source: 'НК 668(1)' } });
    expect(reckon('claim', { exemption: 'credit-fund' })!.exemption).not.toBeNull();
    expect(reckon('claim', { exemption: 'credit-fund', paidOn: '2030-01-01' })!.exemption).toBeNull();
    expect(reckon('claim', { exemption: 'toString' })!.exemption).toBeNull();
  });

  it('grows with the claim, never passes its cap, and is the sum of its lines', () => {
    const value = fc.bigInt({ min: 0n, max: 10n ** 17n });
    fc.assert(
      fc.property(value, value, fc.constantFrom('individual' as const, 'legal' as const), (a, b, payer) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        const of = (claimValue: bigint) => reckon('claim', { claimValue, payer, basis: 'mixed' })!;
        expect(of(less).due <= of(more).due).toBe(true);
        const cap = (payer === 'legal' ? 20_000n : 10_000n) * MCI_2026 * 100n;
        expect(of(more).due <= cap + 216_250n).toBe(true);
        expect(of(more).lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(of(more).due);
      }),
    );
  });
});
