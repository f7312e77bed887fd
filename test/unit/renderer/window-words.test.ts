import { describe, expect, test } from 'vitest';
import { partiesInShort, sideId } from '../../../renderer/features/filing/parties-in-short.ts';
import { sayArticle } from '../../../renderer/features/filing/say-article.ts';
import { stepTextSize } from '../../../renderer/features/settings/text-sizes.ts';
import { dayAndTime, tiynOf } from '../../../renderer/i18n/use-format.ts';
import type { PartyView } from '../../../shared/contract/index.ts';
import { makeFiling } from '../../support/renderer/fake-data.ts';

describe('what the window says', () => {
  test('money comes as decimal text and is exact', () => {
    expect(tiynOf('1234567.50')).toBe(123_456_750n);
    expect(tiynOf('37037,03')).toBe(3_703_703n);
    expect(tiynOf('90071992547409911.5')).toBe(9_007_199_254_740_991_150n);
    expect(tiynOf('12.345')).toBeNull();
    expect(tiynOf('бір теңге')).toBeNull();
  });

  test('a moment in a list is the day and the time of the republic', () => {
    expect(dayAndTime('2026-11-21T04:10:00Z')).toBe('21.11, 09:10');
    expect(dayAndTime('2026-12-31T19:00:00Z')).toBe('01.01, 00:00');
  });

  test('an article names its code in the language of the window', () => {
    expect(sayArticle('ГПК 149(1)(3), 152(1)(5)', 'kk')).toBe('АПК 149(1)(3), 152(1)(5)');
    expect(sayArticle('ГПК 148(4)', 'ru')).toBe('ГПК 148(4)');
    expect(sayArticle('АППК 138', 'en')).toBe('APPC 138');
    expect(sayArticle('НК 665', 'kk')).toBe('СК 665');
  });

  test('headings name who asks and who answers, whatever the order of the parties', () => {
    const [claimant, respondent] = makeFiling(0).parties as [PartyView, PartyView];
    expect(partiesInShort([{ ...respondent, side: 'Debtor' }, claimant])).toEqual({
      claimant,
      respondent: { ...respondent, side: 'Debtor' },
    });
    expect(partiesInShort([])).toEqual({ claimant: null, respondent: null });
    expect(partiesInShort([{ ...claimant, side: 'witness' }]).claimant).toBeNull();
    expect(sideId('Debtor')).toBe('debtor');
    expect(sideId('witness')).toBe('third-party');
  });

  test('text grows and shrinks by its steps and stops at 90 and 200 percent', () => {
    expect(stepTextSize(100, 1)).toBe(110);
    expect(stepTextSize(100, -1)).toBe(90);
    expect(stepTextSize(200, 1)).toBe(200);
    expect(stepTextSize(90, -1)).toBe(90);
    expect(stepTextSize(137, 1)).toBe(150);
  });
});
