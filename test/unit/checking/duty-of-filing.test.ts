import { describe, expect, it } from 'vitest';
import { dutyOf, findDuty } from '../../../main/checking/duty-of-filing.ts';
import { findingMaker } from '../../../main/checking/finding.ts';
import { loadReference } from '../../../main/reference/index.ts';
import { filingMessageSchema } from '../../../shared/registry/index.ts';

const reference = loadReference('resources');
type Said = {
  readonly kind?: string;
  readonly value?: string | null;
  readonly paid: string;
  readonly on?: string;
  readonly basis?: string;
};

/** What is found of the duty of a claim of an individual, with how grave it is. */
function found({ kind = 'claim', value = '50000000', paid, on = '2026-11-19', basis }: Said): Record<string, string> {
  const message = filingMessageSchema.parse({
    ...{ id: '0199f5a0-0000-7000-8000-000000000001', cabinetNumber: '100000000001', kind, language: 'kk', court: '9900' },
    ...{ sentAt: '2026-11-20T04:00:00.000Z', receivedAt: '2026-11-20T04:00:00.000Z', documents: [] },
    parties: [{ side: 'claimant', type: 'individual', name: 'Ахметов А.', iin: '850101300124' }],
    claimValue: value,
    payment: { amount: paid, number: '1', date: on, payerId: '850101300124', kbk: '108126' },
    fields: basis === undefined ? {} : { dutyBasis: basis },
  });
  const rule = reference.kind(kind)!;
  const make = findingMaker(reference.findings);
  const findings = findDuty(dutyOf(reference, rule, { message }), rule, { message }, [], make);
  return Object.fromEntries(findings.map((finding) => [finding.rule, finding.severity]));
}

describe('a claim of 50 000 000 of an individual', () => {
  it('is in order with 1 % paid', () => {
    expect(found({ paid: '500000' })).toEqual({});
  });

  it.each(['1297.50', '2162.50', '250000', '1'])('is short of duty with %s paid, whatever fixed rate the sum may fit', (paid) => {
    const findings = found({ paid });
    expect(findings['duty-short']).toBe('error');
    expect(findings).not.toHaveProperty('duty-basis');
  });

  it('is short of duty also when the payment is dated before every known edition, and says by which it was reckoned', () => {
    expect(found({ paid: '1', on: '2025-12-31' })).toMatchObject({ 'duty-short': 'error', 'duty-edition': 'warn' });
    expect(found({ paid: '500000', on: '2025-12-31' })).toEqual({ 'duty-edition': 'warn' });
  });

  it('may be of another nature by what was paid only where that is reckoned of the value too', () => {
    expect(found({ paid: '502162.50' })).toEqual({ 'duty-basis': 'warn' });
  });

  it('asks for a reason where the filer names a basis by which the value costs nothing', () => {
    expect(found({ paid: '1297.50', basis: 'divorce' })).toEqual({ 'duty-basis-value': 'error' });
    expect(found({ paid: '2162.50', basis: 'non-property' })).toEqual({ 'duty-basis-value': 'error' });
    expect(found({ paid: '502162.50', basis: 'mixed' })).toEqual({});
  });
});

describe('without a value', () => {
  it('a claim of a fixed rate is known by what was paid', () => {
    expect(found({ value: null, paid: '1297.50' })).toEqual({ 'duty-basis': 'warn' });
    expect(found({ value: null, paid: '2162.50' })).toEqual({});
  });

  it('a court order is not reckoned as a claim without a value: its duty is not known and needs a reason', () => {
    expect(found({ kind: 'court_order_app', value: null, paid: '1081.25' })).toEqual({ 'duty-value': 'error' });
    expect(found({ kind: 'court_order_app', value: '200000', paid: '1000' })).toEqual({});
  });
});
