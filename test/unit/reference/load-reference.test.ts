import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BrokenReference, loadReference } from '../../../main/reference/index.ts';
import { tempDir } from '../../support/temp-dir.ts';

const reference = loadReference('resources');

/** The reference data with one of its files changed. */
function changed(file: string, change: (text: string) => string): string {
  const dir = tempDir();
  cpSync('resources/reference', path.join(dir, 'reference'), { recursive: true });
  const name = path.join(dir, 'reference', file);
  writeFileSync(name, change(readFileSync(name, 'utf8')));
  return dir;
}
const edit = (change: (data: Record<string, Record<string, unknown>>) => void) => (text: string) => {
  const data = JSON.parse(text) as Record<string, Record<string, unknown>>;
  change(data);
  return JSON.stringify(data);
};

describe('the reference data', () => {
  it('has everything of every kind that the cabinet can send: form, contents, term, duty, what registering it does', () => {
    const roles = (['duty', 'power', 'evidence', 'pretrial', 'organisation'] as const).flatMap((test) =>
      reference.checklists.annexRoles(test),
    );
    const outgoing = /^(act_|writ$|minutes$|summons$|talon$)/;
    const sent = reference.documentTypes().filter(({ id }) => !outgoing.test(id) && (!roles.includes(id) || reference.kind(id) !== null));
    expect(sent.length).toBeGreaterThan(35);
    for (const { id } of sent) {
      const kind = reference.kind(id);
      expect(kind, id).not.toBeNull();
      if (kind!.registering === 'opens-case') expect(kind!.typeIndex, id).toMatch(/^\d[а-я]*$/);
      expect(
        kind!.fields.map((field) => field.id),
        id,
      ).toEqual(expect.arrayContaining(['language', 'claimant']));
      if (kind!.duty !== null)
        expect(
          kind!.fields.map((field) => field.id),
          id,
        ).toContain('payment');
      expect(
        kind!.fields.some((field) => field.required && field.id === 'case'),
        id,
      ).toBe(kind!.registering === 'joins-case' || kind!.fields.some((field) => field.id === 'case'));
    }
    expect(reference.termCourtDays('gpk.claim.accept')).toBe(5);
    expect(reference.termCourtDays('gpk.order.issue')).toBe(3);
  });

  it('asks for the contents and annexes of the article of the kind, in three languages', () => {
    const items = (id: string) => reference.kind(id)!.contents;
    expect(items('claim').map(({ code }) => code)).toEqual(expect.arrayContaining(['148.2.7', '149.1.2', '149.1.3', '149.1.5']));
    expect(items('admin_claim').map(({ code }) => code)).toContain('131.8.5');
    expect(items('appeal').map(({ code }) => code)).toContain('404.1.3');
    for (const { kk, ru, en } of reference.kinds().flatMap(({ contents }) => contents)) {
      expect(kk).not.toBe(ru);
      expect(en).not.toMatch(/\p{Script=Cyrillic}/u);
    }
  });

  it('keeps an unknown kind under its own name and knows that it does not know it', () => {
    expect(reference.kindRule('toString')).toBeNull();
    expect(reference.kind('toString')).toBeNull();
    expect(reference.documentType('petition_of_2031')).toMatchObject({ nameKk: 'petition_of_2031', known: false });
  });

  it('knows the calendar by editions: a day off that was taken back counts until the day it was taken back', () => {
    expect(reference.calendarOn('2026-03-17').daysOff.has('2026-08-31')).toBe(true);
    expect(reference.calendarOn('2026-03-18').daysOff.has('2026-08-31')).toBe(false);
    expect(reference.calendarOn('2019-01-01').id).toBe('2026-01');
    expect(reference.calendarOn('2026-11-21').id).toBe('2026-03');
  });
});

describe('reference data that is broken', () => {
  const message = (dir: string): string => {
    try {
      loadReference(dir);
    } catch (error) {
      expect(error).toBeInstanceOf(BrokenReference);
      return (error as BrokenReference).message;
    }
    throw new Error('was taken');
  };

  it.each([
    ['kind-rules.json', (text: string) => text.slice(0, -20), /^kind-rules\.json: /],
    [
      'kind-rules.json',
      edit((d) => ((d['kinds']!['claim'] as { form: string }).form = 'clam')),
      /kinds\.claim: filing-forms\.json has no form clam/,
    ],
    [
      'kind-rules.json',
      edit((d) => ((d['kinds']!['claim'] as { term: string }).term = 'x')),
      /kinds\.claim: deadlines\.json has no term x/,
    ],
    [
      'kind-rules.json',
      edit((d) => ((d['kinds']!['claim'] as { typeIndex: null }).typeIndex = null)),
      /kinds\.claim: a case .* type index/,
    ],
    ['kind-rules.json', edit((d) => (d['kinds']!['petition'] = d['kinds']!['claim'])), /kinds\.petition: document_types/],
    ['duty-rules.json', edit((d) => ((d['rules']!['claim'] as { withValue: string }).withValue = 'x')), /rules\.claim: no basis x/],
    ['state_duty_2026.json', edit((d) => delete d['rates']), /^state_duty_2026\.json: rates: /],
    ['filing-forms.json', edit((d) => delete d['fields']!['payment']), /forms\.claim: no field payment/],
    [
      'finding-rules.json',
      edit((d) => ((d['rules']!['duty-short'] as { severity: string }).severity = 'grave')),
      /rules\.duty-short\.severity/,
    ],
    ['holidays.json', edit((d) => ((d as Record<string, unknown>)['editions'] = [])), /^holidays\.json: editions: /],
    ['mci.csv', (text: string) => text.replace(',4325,', ',4325.5,'), /^mci\.csv: /],
  ])('in %s is named with its place, and nothing is loaded', (file, change, expected) => {
    expect(message(changed(file, change))).toMatch(expected);
  });
});
