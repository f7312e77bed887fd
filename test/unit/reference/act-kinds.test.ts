import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { offerFor, readActKinds } from '../../../main/reference/act-kinds.ts';
import { loadReference } from '../../../main/reference/index.ts';
import { FILING_STATES, moveFiling } from '../../../shared/domain/filing-status.ts';
import { answers } from '../../../shared/domain/request-kind.ts';

const resources = path.resolve('resources');
const reference = loadReference(resources);
const AT = '2026-11-23T04:00:00Z';
const offers = reference.actKinds(AT).flatMap(({ id, offers: all }) => all.map((offer) => ({ id, ...offer })));

it('every kind has its template in both languages, filings that exist, and states after registration', () => {
  const types = new Set(reference.documentTypes().map(({ id }) => id));
  for (const { id, text, filings, states } of offers) {
    const file = path.join(resources, 'templates', `${id}.json`);
    expect(existsSync(file), id).toBe(true);
    const { versions } = JSON.parse(readFileSync(file, 'utf8')) as { versions: { texts: Record<string, object> }[] };
    for (const { texts } of versions) expect(Object.keys(texts[text] ?? {}).sort(), `${id}/${text}`).toEqual(['kk', 'ru']);
    expect(filings.filter((kind) => kind !== '*' && !types.has(kind))).toEqual([]);
    expect(states.filter((state) => state === 'received' || state === 'checking')).toEqual([]);
  }
});

it('what fulfils does so from its states, for filings that the registry lets an act fulfil', () => {
  for (const { id, filings, states, fulfils } of offers) {
    if (!fulfils) continue;
    expect(filings.every((filing) => answers(id, filing))).toBe(true);
    expect(states.every((state) => moveFiling(state, 'fulfil') === 'fulfilled')).toBe(true);
  }
});

it('is offered for its filings in its states alone', () => {
  const order = reference.actKind('court-order')!;
  expect(FILING_STATES.filter((state) => offerFor(order, { kind: 'court_order_app', state }) !== null)).toEqual(['with-judge']);
  expect(offerFor(order, { kind: 'claim', state: 'with-judge' })).toBeNull();
  expect(offerFor(reference.actKind('certificate')!, { kind: 'letter', state: 'registered' })).not.toBeNull();
});

it('the edition of the day counts; a kind that is gone is still known by its name; what names nothing stops the start', () => {
  const data = JSON.parse(readFileSync(path.join(resources, 'reference', 'act-kinds.json'), 'utf8')) as {
    versions: { validFrom: string; source: string; kinds: { id: string; offers: { terms: object[] }[] }[] }[];
  };
  const [edition] = data.versions;
  const later = { ...edition!, validFrom: '2027-01-01', kinds: edition!.kinds.filter(({ id }) => id !== 'certificate') };
  const both = readActKinds(JSON.stringify({ ...data, versions: [edition, later] }), () => true);
  const ids = (at: string) => both.inForce(at).map(({ id }) => id);
  expect(ids('2026-12-31T12:00:00Z')).toContain('certificate');
  expect(ids('2027-01-01T12:00:00Z')).not.toContain('certificate');
  expect(both.known('certificate')?.nameRu).toBe('Справка');
  expect(both.known('no-such')).toBeNull();
  expect(() => readActKinds(JSON.stringify(data), () => false)).toThrow('act-kinds.json: ruling-prep: no term gpk.prep');
  const decides = { ...data, versions: [{ ...edition!, kinds: [{ ...edition!.kinds[0]!, id: 'ruling-accept' }] }] };
  expect(() => readActKinds(JSON.stringify(decides), () => true)).toThrow('decisions.json');
});
