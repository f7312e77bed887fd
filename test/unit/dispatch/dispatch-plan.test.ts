import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { planDispatch, proposedRecipients } from '../../../main/dispatch/index.ts';
import { loadReference } from '../../../main/reference/index.ts';
import { readDispatchLadders } from '../../../main/reference/dispatch-ladders.ts';
import type { FilingMessage } from '../../../shared/registry/index.ts';

const reference = loadReference(path.resolve('resources'));
const NOW = '2026-11-22T10:00:00Z';
const message = {
  parties: [
    {
      side: 'claimant',
      type: 'person',
      name: 'Әлия',
      phone: '+7 701 000 00 01',
      email: 'not an address',
      address: 'Алматы қаласы, Абай 1',
    },
    { side: 'respondent', type: 'person', name: 'Ғани', phone: 'жоқ' },
  ],
  representative: { name: 'Өкіл Үміт', email: 'umit@example.kz' },
} as unknown as FilingMessage;
const plan = (kind: string) => planDispatch(reference, [{ filingId: 'f', message }], { kind, now: NOW });
const ways = (kind: string, name: string) =>
  plan(kind)
    .find((person) => person.name === name)
    ?.steps.map(({ channel }) => channel);

describe('to whom an act goes', () => {
  it('those who sent the filing read it in the cabinet; what leads nowhere is left out, but for the letter', () => {
    expect(ways('ruling-accept', 'Әлия')).toEqual(['cabinet', 'push', 'sms', 'post']);
    expect(ways('ruling-accept', 'Өкіл Үміт')).toEqual(['cabinet', 'push', 'email', 'post']);
    expect(plan('ruling-accept').find(({ name }) => name === 'Ғани')?.steps).toEqual([{ channel: 'post', address: null, waitHours: null }]);
  });

  it('a return concerns the side that sent it, an acceptance everyone', () => {
    const proposed = (kind: string) => plan(kind).flatMap(({ name, proposed: yes }) => (yes ? [name] : []));
    expect(proposed('ruling-accept')).toEqual(['Өкіл Үміт', 'Әлия', 'Ғани']);
    expect(proposed('ruling-return')).toEqual(['Өкіл Үміт', 'Әлия']);
    expect(proposed('a kind that is not there yet')).toHaveLength(3);
  });

  it('whoever has no way at all is not sent by itself', () => {
    expect(proposedRecipients(plan('ruling-accept')).map(({ name }) => name)).toEqual(['Өкіл Үміт', 'Әлия']);
  });
});

describe('ladders of the office', () => {
  const ladder = (channel: string) => ({ kinds: ['*'], to: 'everyone', representative: 'beside', steps: [{ channel, waitHours: null }] });
  const read = (editions: object[]) => readDispatchLadders(JSON.stringify({ editions }));

  it('hold from their day on', () => {
    const ladders = read([
      { validFrom: '2027-01-01', ladders: [ladder('post')] },
      { validFrom: '2026-01-01', ladders: [ladder('cabinet')] },
    ]);
    expect(['2025-06-01', '2026-12-31', '2027-01-01'].map((day) => ladders('any', day).steps[0]?.channel)).toEqual([
      'cabinet',
      'cabinet',
      'post',
    ]);
  });

  it('without a ladder for every kind the program does not start', () => {
    expect(() => read([{ validFrom: '2026-01-01', ladders: [{ ...ladder('post'), kinds: ['ruling-accept'] }] }])).toThrow('no ladder');
    expect(() => read([])).toThrow();
  });
});

it('people with one name are told apart by their numbers or places, and whoever is named again is the same', () => {
  const [name, kind] = ['Ахметов Болат', 'certificate'];
  const party = (side: string, iin: string | null) => ({ side, type: 'person', name, iin });
  const plan = (...filings: { parties: object[]; representative?: object }[]) =>
    planDispatch(
      reference,
      filings.map((named, at) => ({ filingId: `f${at}`, message: { ...message, representative: null, ...named } as typeof message })),
      { kind, now: NOW },
    ).map(({ side, namesake }) => [side, namesake]);
  const [father, son] = [party('claimant', '500101300011'), party('respondent', '800101300012')];
  const both = [
    ['claimant', undefined],
    ['respondent', 1],
  ];
  expect(plan({ parties: [father, son] })).toEqual(both);
  expect(plan({ parties: [party('claimant', null), party('respondent', null)] })).toEqual(both);
  expect(plan({ parties: [father, son] }, { parties: [son, father] })).toEqual(both);
  expect(plan({ parties: [father, father] })).toEqual([['claimant', undefined]]);
  expect(plan({ parties: [father], representative: { name } })).toEqual([['representative', undefined]]);
});
