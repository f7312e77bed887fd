import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import { callsForDefect, worstFirst, worstProblem } from '../../../renderer/features/signatures/worst-first.ts';
import type { DocumentView, SignatureState } from '../../../shared/contract/index.ts';
import { makeFiling } from '../../support/renderer/fake-data.ts';

const [signed] = makeFiling(0).documents;
/** A document with one signature in this state; `absent` and `not-checked` have none. */
function documentIn(state: SignatureState, id: string): DocumentView {
  const card = { ...signed!.signatures[0]!, id: `${id}:S1`, documentId: id, state };
  return { ...signed!, id, signature: state, signatures: state === 'absent' || state === 'not-checked' ? [] : [card] };
}
const statesOf = (documents: readonly DocumentView[]) => worstFirst(documents).map((entry) => entry.state);

describe('signatures are shown worst first', () => {
  test('a broken one, a missing one, another signer, unconfirmed, unchecked, sound', () => {
    const main = documentIn('absent', 'main');
    const annexes = (['valid', 'not-checked', 'undecided', 'check-signer', 'invalid'] as const).map((state) => documentIn(state, state));
    expect(statesOf([main, ...annexes])).toEqual(['invalid', 'absent', 'check-signer', 'undecided', 'not-checked', 'valid']);
  });

  test('signatures in the same state keep the order of their documents', () => {
    const entries = worstFirst([documentIn('valid', 'a'), documentIn('valid', 'b'), documentIn('valid', 'c')]);
    expect(entries.map((entry) => entry.document.id)).toEqual(['a', 'b', 'c']);
  });

  test('an annex that nobody signed comes last: it needs no signature', () => {
    expect(worstFirst([documentIn('valid', 'main'), documentIn('absent', 'annex')]).map((entry) => entry.document.id)).toEqual([
      'main',
      'annex',
    ]);
  });

  test('every signature of a document has a card of its own', () => {
    const twice = {
      ...documentIn('valid', 'main'),
      signatures: [...documentIn('valid', 'x').signatures, ...documentIn('invalid', 'y').signatures],
    };
    expect(statesOf([twice])).toEqual(['invalid', 'valid']);
  });
});

describe('the problem that stands beside the checklist', () => {
  test('is none when the main document is soundly signed, whatever nobody had to sign', () => {
    expect(worstProblem([documentIn('valid', 'main'), documentIn('absent', 'annex'), documentIn('check-signer', 'other')])).toBeNull();
  });

  test.each(['invalid', 'absent', 'check-signer', 'undecided', 'not-checked'] as const)('is the main document when that is %s', (state) => {
    expect(worstProblem([documentIn(state, 'main'), documentIn('valid', 'annex')])?.document.id).toBe('main');
  });

  test('is a broken annex before an unconfirmed main document', () => {
    expect(worstProblem([documentIn('undecided', 'main'), documentIn('invalid', 'annex')])?.document.id).toBe('annex');
  });
});

describe('the button that marks a defect', () => {
  const entryOf = (state: SignatureState, over: object = {}) => {
    const document = documentIn(state, 'main');
    return worstFirst([{ ...document, signatures: document.signatures.map((card) => ({ ...card, ...over })) }])[0]!;
  };
  const texts = kk as Readonly<Record<string, string>>;
  const reasons = Object.keys(texts).flatMap((key) => /^sigReason\.(\w+)$/.exec(key)?.[1] ?? []);

  test('stands on an unconfirmed signature just when its next step begins with marking one', () => {
    expect(reasons.length).toBeGreaterThan(30);
    const withButton = reasons.filter((reason) => callsForDefect(entryOf('undecided', { reason })));
    expect(withButton.filter((reason) => !/^(iinMismatch|signerUnknown)$/.test(reason))).toEqual(
      reasons.filter((reason) => texts[`sigReason.${reason}.do`]!.startsWith('Кемшілікті белгілеңіз')),
    );
  });

  test('stands on a broken and a missing signature, not on a sound, an unchecked one or an annex nobody had to sign', () => {
    expect((['invalid', 'absent', 'valid', 'not-checked'] as const).map((state) => callsForDefect(entryOf(state)))).toEqual([
      ...[true, true],
      ...[false, false],
    ]);
    const annex = worstFirst([documentIn('valid', 'main'), documentIn('absent', 'annex')]).find(({ state }) => state === 'absent')!;
    expect(callsForDefect(annex)).toBe(false);
  });

  test('stands on a signature by somebody else unless there is a power of attorney to read', () => {
    const match = entryOf('valid').card!.match;
    const power = { documentId: 'd', title: 'Сенімхат' };
    const withPower = (powerOfAttorney: typeof power | null) => entryOf('check-signer', { match: { ...match, powerOfAttorney } });
    expect([callsForDefect(withPower(null)), callsForDefect(withPower(power))]).toEqual([true, false]);
  });
});
