import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outOfTurn, passedOver, type Turn } from '../../../main/fairness/order-of-filings.ts';
import { whyItWaited, type Step } from '../../../main/fairness/why-it-waited.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 2, 4) + minute * 60_000).toISOString();
const turn = (id: string, received: number, registered: number | null, queue = 'claim'): Turn => ({
  ...{ id, queue, receivedAt: at(received), registeredAt: registered === null ? null : at(registered) },
});
const ALL = { from: at(0), until: at(100_000) };
const HOUR = 3_600_000;

describe('the order of registration against the order of receipt', () => {
  it('names a filing that waited while one that came later was registered, since when, by which and how many', () => {
    const turns = [turn('early', 0, 500), turn('late', 100, 200), turn('later', 150, 300), turn('last', 400, 600)];
    expect(passedOver(turns, ALL, HOUR)).toEqual([{ id: 'early', firstBy: 'late', since: at(200), ahead: 2 }]);
    expect([...outOfTurn(turns, [turns[0]!], HOUR)]).toEqual(['late', 'later']);
  });

  it('names what still waits, and nothing that came together, of another queue, or was registered in its order', () => {
    expect(passedOver([turn('open', 0, null), turn('b', 90, 120)], ALL, HOUR).map(({ id }) => id)).toEqual(['open']);
    expect(passedOver([turn('a', 0, 130), turn('b', 60, 120)], ALL, HOUR)).toEqual([]);
    expect(passedOver([turn('a', 0, 500), turn('b', 100, 200, 'appeal')], ALL, HOUR)).toEqual([]);
    expect(passedOver([turn('a', 0, 100), turn('b', 100, 200)], ALL, HOUR)).toEqual([]);
  });

  it('looks at registrations of the span alone', () => {
    const turns = [turn('early', 0, 900), turn('late', 100, 200), turn('later', 150, 400)];
    expect(passedOver(turns, { from: at(300), until: at(500) }, HOUR)).toEqual([
      { id: 'early', firstBy: 'later', since: at(400), ahead: 1 },
    ]);
    expect(passedOver(turns, { from: at(500), until: at(800) }, HOUR)).toEqual([]);
  });

  it('finds exactly what comparing each with each finds', () => {
    const minutes = fc.integer({ min: 0, max: 400 });
    const turns = fc
      .array(fc.record({ received: minutes, takes: fc.option(minutes), queue: fc.constantFrom('claim', 'appeal') }), { maxLength: 40 })
      .map((all) => all.map(({ received, takes, queue }, n) => turn(`f${n}`, received, takes === null ? null : received + takes, queue)));
    fc.assert(
      fc.property(turns, minutes, minutes, fc.constantFrom(0, 10, 60), (all, a, b, grace) => {
        const span = { from: at(Math.min(a, b)), until: at(Math.max(a, b)) };
        const later = (x: Turn, y: Turn) =>
          x.queue === y.queue &&
          Date.parse(x.receivedAt) - Date.parse(y.receivedAt) > grace * 60_000 &&
          x.registeredAt !== null &&
          (y.registeredAt === null || x.registeredAt < y.registeredAt);
        const inSpan = ({ registeredAt }: Turn) => registeredAt !== null && registeredAt >= span.from && registeredAt < span.until;
        const expected = all.flatMap((waiting) => {
          const ahead = all.filter((other) => inSpan(other) && later(other, waiting));
          return ahead.length === 0 ? [] : [`${waiting.id} ${ahead.length} ${ahead.map(({ registeredAt }) => registeredAt!).sort()[0]!}`];
        });
        const found = passedOver(all, span, grace * 60_000);
        expect(found.map(({ id, ahead, since }) => `${id} ${ahead} ${since}`).sort()).toEqual(expected.sort());
        expect([...outOfTurn(all, all, grace * 60_000)].sort()).toEqual(
          all
            .filter((one) => all.some((other) => later(one, other)))
            .map(({ id }) => id)
            .sort(),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('why a filing waited', () => {
  const nothing = { steps: [] as Step[], headSaidAt: null, forHead: false, arriving: false, postponed: null };
  const step = (action: string, minute: number, details: Step['details'] = {}): Step => ({ action, at: at(minute), details });

  it('is the reason for which it was put off, while it was', () => {
    const steps = [step('filing.postponed', 10, { until: at(100), reason: 'сараптама' }), step('filing.resumed', 60)];
    expect(whyItWaited({ ...nothing, steps }, at(30))).toEqual({ reason: 'postponed', words: 'сараптама' });
    expect(whyItWaited({ ...nothing, steps }, at(70)).reason).toBe('none');
    expect(whyItWaited({ ...nothing, steps: steps.slice(0, 1) }, at(120)).reason).toBe('none');
    expect(whyItWaited({ ...nothing, steps }, at(5)).reason).toBe('none');
  });

  it('is told without words by another desk, and the filing itself has them', () => {
    const steps = [step('filing.postponing-told', 10, { until: at(100), by: 'x' })];
    expect(whyItWaited({ ...nothing, steps }, at(30))).toEqual({ reason: 'postponed', words: null });
    expect(whyItWaited({ ...nothing, steps, postponed: { until: at(100), reason: 'демалыс' } }, at(30)).words).toBe('демалыс');
  });

  it('is documents that had not come, a signature that could not be decided, or the word of the head', () => {
    const checked = (verdict: string) => [step('filing.checked', 50, { verdict })];
    expect(whyItWaited({ ...nothing, steps: checked('valid') }, at(40)).reason).toBe('documents');
    expect(whyItWaited({ ...nothing, arriving: true }, at(40)).reason).toBe('documents');
    expect(whyItWaited({ ...nothing, arriving: true, steps: checked('valid') }, at(60)).reason).toBe('none');
    expect(whyItWaited({ ...nothing, steps: checked('undecided') }, at(60)).reason).toBe('signature');
    expect(
      whyItWaited({ ...nothing, steps: [...checked('undecided'), step('verdict.changed', 70, { verdict: 'valid' })] }, at(80)).reason,
    ).toBe('none');
    expect(whyItWaited({ ...nothing, headSaidAt: at(90) }, at(80)).reason).toBe('head');
    expect(whyItWaited({ ...nothing, headSaidAt: at(70) }, at(80)).reason).toBe('none');
    expect(whyItWaited({ ...nothing, forHead: true }, at(80)).reason).toBe('head');
  });

  it('is none where nobody wrote one', () => {
    expect(whyItWaited(nothing, at(10))).toEqual({ reason: 'none', words: null });
  });
});
