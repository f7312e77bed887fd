import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { CONFLICT_CODES, REFUSAL_CODES } from '../../../registry/commands/command-answer.ts';
import { actionsOf, PARKED_ACTIONS, textCodeOf } from '../../../renderer/features/sync/parked-actions.ts';
import { holdStill } from '../../../renderer/features/sync/use-still-list.ts';
import { REFUSALS } from '../../../main/sync/confirm-commands.ts';

const textsOf = (language: string) =>
  JSON.parse(readFileSync(new URL(`../../../resources/locales/${language}.json`, import.meta.url), 'utf8')) as Record<string, string>;
const LANGUAGES = ['kk', 'ru', 'en'] as const;
const kk = textsOf('kk');

describe('an item that was not accepted', () => {
  const answered = [...CONFLICT_CODES, ...REFUSAL_CODES];

  it.each([...answered, ...REFUSALS])('%s has its reason, its advice and something to do', (code) => {
    expect(textCodeOf(code), 'a reason of its own').toBe(code);
    expect(actionsOf({ code }).length).toBeGreaterThan(0);
    for (const language of LANGUAGES)
      for (const part of ['why', 'do']) expect(textsOf(language)[`parked.${code}.${part}`], `${language} ${part}`).toMatch(/[.!]$/);
  });

  it('with a code that nobody knows says so and can be sent again, compared or told to the administrator', () => {
    expect(textCodeOf('constructor')).toBe('other');
    expect(actionsOf({ code: 'constructor' })).toEqual(['ask-admin', 'retry', 'compare']);
  });

  it('has no texts for codes without an action, and no action without texts', () => {
    const withTexts = Object.keys(kk)
      .filter((key) => key.startsWith('parked.'))
      .map((key) => key.split('.')[1]!);
    expect([...new Set(withTexts)].sort()).toEqual([...Object.keys(PARKED_ACTIONS), 'other'].sort());
  });

  it.each(Object.keys(PARKED_ACTIONS))('%s is never a dead end', (code) => {
    expect(actionsOf({ code }).some((action) => action !== 'wait')).toBe(true);
  });
});

describe('a live list under the cursor', () => {
  const idOf = (item: { id: string }) => item.id;
  const shown = [
    { id: 'a', n: 1 },
    { id: 'b', n: 1 },
    { id: 'c', n: 1 },
  ].map((item) => ({ item, gone: false }));

  test('keeps every row in its place: changed ones are brought up to date, gone ones say so, new ones wait', () => {
    const fresh = [
      { id: 'z', n: 1 },
      { id: 'c', n: 2 },
      { id: 'a', n: 2 },
    ];
    const { rows, arrived } = holdStill(shown, fresh, idOf);
    expect(rows.map(({ item, gone }) => [item.id, item.n, gone])).toEqual([
      ['a', 2, false],
      ['b', 1, true],
      ['c', 2, false],
    ]);
    expect(arrived).toBe(1);
  });

  test('a row that came back is there again', () => {
    const gone = holdStill(shown, [], idOf).rows;
    expect(holdStill(gone, [{ id: 'b', n: 3 }], idOf).rows.map(({ gone: left }) => left)).toEqual([true, false, true]);
  });
});
