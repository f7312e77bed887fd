import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freePlaces, shareWork, type ShareFiling, type SharePerson, type ShareRule } from '../../../shared/domain/share-work.ts';

const KINDS = ['claim', 'court-order', 'appeal'];
const PEOPLE = ['a', 'b', 'c', 'd', 'e'];
const filing = (n: number, kind = 'claim'): ShareFiling => ({ id: `f${n}`, kind, receivedAt: `2026-11-0${1 + (n % 9)}T04:00:00Z` });
const person = (id: string, given: Partial<SharePerson> = {}): SharePerson => ({
  ...{ id, open: 0, norm: 10, absent: false, coveredBy: null },
  ...given,
});
const rule = (id: string, given: Partial<ShareRule> = {}): ShareRule => ({ id, on: true, kinds: [], people: [], most: null, ...given });
const gets = (shares: ReturnType<typeof shareWork>) => shares.map(({ filingId, personId }) => `${filingId}>${personId}`);

const filingsArb = fc
  .array(fc.record({ kind: fc.constantFrom(...KINDS), day: fc.integer({ min: 1, max: 9 }) }), { maxLength: 40 })
  .map((given) => given.map(({ kind, day }, n): ShareFiling => ({ id: `f${n}`, kind, receivedAt: `2026-11-0${day}T04:00:00Z` })));
const peopleArb = fc
  .tuple(
    ...PEOPLE.map((id) =>
      fc.record({
        id: fc.constant(id),
        open: fc.integer({ min: 0, max: 12 }),
        norm: fc.integer({ min: 0, max: 12 }),
        absent: fc.boolean(),
        coveredBy: fc.option(fc.constantFrom(...PEOPLE)),
      }),
    ),
  )
  .map((people): SharePerson[] => people);
const rulesArb = fc
  .array(
    fc.record({
      on: fc.boolean(),
      kinds: fc.subarray(KINDS),
      people: fc.subarray(PEOPLE),
      most: fc.option(fc.integer({ min: 1, max: 8 })),
    }),
    { maxLength: 4 },
  )
  .map((rules) => rules.map((given, n): ShareRule => ({ id: `r${n}`, ...given })));
const given = fc.record({ filings: filingsArb, people: peopleArb, rules: rulesArb });

describe('the share of each', () => {
  it('is the same for the same filings and people, in whichever order they are named', () => {
    fc.assert(
      fc.property(given, fc.infiniteStream(fc.nat()), ({ filings, people, rules }, numbers) => {
        const shuffled = <T>(all: readonly T[]) =>
          all
            .map((one) => ({ one, at: numbers.next().value! }))
            .sort((x, y) => x.at - y.at)
            .map(({ one }) => one);
        const first = shareWork({ filings, people, rules });
        expect(shareWork({ filings, people, rules })).toEqual(first);
        expect(shareWork({ filings: shuffled(filings), people: shuffled(people), rules })).toEqual(first);
      }),
    );
  });

  it('gives nothing to an absent person, nothing beyond a norm, and nothing by a rule that is off or of another kind', () => {
    fc.assert(
      fc.property(given, ({ filings, people, rules }) => {
        const shares = shareWork({ filings, people, rules });
        const open = new Map(people.map(({ id, open: has }) => [id, has]));
        expect(new Set(shares.map(({ filingId }) => filingId)).size).toBe(shares.length);
        for (const { filingId, personId, ruleId } of shares) {
          const to = people.find(({ id }) => id === personId)!;
          const by = rules.find(({ id }) => id === ruleId)!;
          const has = open.get(personId)!;
          expect([to.absent, by.on, has < to.norm, has < (by.most ?? Infinity)]).toEqual([false, true, true, true]);
          if (by.kinds.length > 0) expect(by.kinds).toContain(filings.find(({ id }) => id === filingId)!.kind);
          const standsFor = people.filter(({ absent, coveredBy }) => absent && coveredBy === personId).map(({ id }) => id);
          if (by.people.length > 0) expect(by.people.some((id) => id === personId || standsFor.includes(id))).toBe(true);
          open.set(personId, has + 1);
        }
      }),
    );
  });

  it('leaves nobody of equal norms with two more than another who was free to have them', () => {
    fc.assert(
      fc.property(filingsArb, fc.integer({ min: 1, max: 60 }), (filings, norm) => {
        const people = PEOPLE.map((id) => person(id, { norm }));
        const shares = shareWork({ filings, people, rules: [rule('all')] });
        expect(shares).toHaveLength(Math.min(filings.length, norm * PEOPLE.length));
        const counts = PEOPLE.map((id) => shares.filter(({ personId }) => personId === id).length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('goes to whoever has least against the norm; of equals to fewer open filings, then to the lower id', () => {
    const rules = [rule('all')];
    const one = (...people: SharePerson[]) => gets(shareWork({ filings: [filing(1)], people, rules }));
    expect(one(person('a', { open: 4, norm: 10 }), person('b', { open: 6, norm: 20 }))).toEqual(['f1>b']);
    expect(one(person('a', { open: 4, norm: 20 }), person('b', { open: 2, norm: 10 }))).toEqual(['f1>b']);
    expect(one(person('b'), person('a'))).toEqual(['f1>a']);
  });

  it('follows the first rule that fits and finds somebody', () => {
    const people = [person('a', { norm: 1 }), person('b')];
    const rules = [rule('orders', { kinds: ['court-order'], people: ['a'] }), rule('rest', { people: ['b'], most: 2 })];
    const filings = [filing(1, 'court-order'), filing(2, 'court-order'), filing(3), filing(4)];
    expect(shareWork({ filings, people, rules })).toEqual([
      { filingId: 'f1', personId: 'a', ruleId: 'orders' },
      { filingId: 'f2', personId: 'b', ruleId: 'rest' },
      { filingId: 'f3', personId: 'b', ruleId: 'rest' },
    ]);
    expect(shareWork({ filings, people, rules: rules.map((each) => ({ ...each, on: false })) })).toEqual([]);
  });

  it('goes to another than who gave it back', () => {
    const left = { ...filing(1), leftBy: 'a' };
    const people = [person('a'), person('b', { open: 9 })];
    expect(gets(shareWork({ filings: [left, filing(2)], people, rules: [rule('all')] }))).toEqual(['f1>b', 'f2>a']);
    expect(shareWork({ filings: [left], people: [person('a')], rules: [rule('all')] })).toEqual([]);
  });

  it('finds somebody for one more where a place is free, and nobody where none is', () => {
    fc.assert(
      fc.property(peopleArb, rulesArb, fc.constantFrom(...KINDS), (people, rules, kind) => {
        const isFree = freePlaces({ people, rules }).some(({ kinds }) => kinds.length === 0 || kinds.includes(kind));
        expect(shareWork({ filings: [filing(1, kind)], people, rules })).toHaveLength(isFree ? 1 : 0);
      }),
    );
  });

  it('goes to who covers an absent person, and to nobody when that one is away too', () => {
    const rules = [rule('only-a', { people: ['a'] })];
    const away = { absent: true, coveredBy: 'b' };
    const filings = [filing(1)];
    expect(gets(shareWork({ filings, people: [person('a', away), person('b'), person('c')], rules }))).toEqual(['f1>b']);
    expect(shareWork({ filings, people: [person('a', away), person('b', { absent: true, coveredBy: 'c' }), person('c')], rules })).toEqual(
      [],
    );
  });
});
