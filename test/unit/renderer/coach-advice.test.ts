import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };
import { coachAdvice } from '../../../renderer/features/training/coach-advice.ts';
import { loadReference } from '../../../main/reference/index.ts';
import { makeFiling } from '../../support/renderer/fake-data.ts';

type Filing = ReturnType<typeof makeFiling>;
const clean: Filing = {
  ...makeFiling(0),
  ...{ signature: 'valid', anomalies: [], documents: [], duty: null, kind: 'claim', registeredAt: null },
  checklist: [],
};
const finding = (
  severity: 'warn' | 'error' | 'fatal',
  override: Filing['anomalies'][number]['override'] = null,
): Filing['anomalies'][number] => ({
  ...{ id: severity, rule: 'x', severity, documentId: null, field: null, params: {}, source: null, related: null, override },
});
const about = (filing: Filing) => coachAdvice(filing).map((advice) => advice.about);

describe('the coach', () => {
  test('says of a filing without trouble what its kind asks for, and to register', () => {
    expect(coachAdvice(clean)).toEqual([{ about: 'kind', kind: 'claim' }, { about: 'clean' }]);
  });

  test('begins with the signature, then the gravest finding, and never tells to return by oneself', () => {
    const bad: Filing = { ...clean, signature: 'invalid', anomalies: [finding('warn'), finding('fatal')] };
    expect(about(bad)).toEqual(['signature', 'fatal', 'warn', 'kind', 'return']);
  });

  test('leaves out what somebody has answered for', () => {
    expect(about({ ...clean, anomalies: [finding('error', { by: 'x', at: '2026-01-01T00:00:00Z', reason: 'x' })] })).not.toContain('error');
  });

  test('takes a signature on paper for no trouble, and an undecided one for trouble', () => {
    expect(about({ ...clean, signature: 'on-paper' })).toContain('clean');
    expect(about({ ...clean, signature: 'undecided' })).toContain('return');
  });

  test('has nothing more to check on a registered filing', () => {
    expect(about({ ...clean, registeredAt: '2026-01-01T00:00:00Z', signature: 'invalid' })).toEqual(['done']);
  });

  test('speaks of kinds that exist, in Kazakh and in Russian', () => {
    const known = new Set(
      loadReference('resources')
        .documentTypes()
        .map(({ id }) => id),
    );
    const kinds = Object.keys(kk).filter((key) => key.startsWith('coach.kind.'));
    expect(kinds.length).toBeGreaterThan(4);
    expect(kinds.filter((key) => !known.has(key.slice('coach.kind.'.length)))).toEqual([]);
    expect(kinds.filter((key) => !(key in ru))).toEqual([]);
  });
});
