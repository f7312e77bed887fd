import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outOfTurn, passedOver, waitsOf, type Span, type Turn, type Wait } from '../../../main/fairness/order-of-filings.ts';
import { whyItWaited, whyItWaitedDuring, type Step } from '../../../main/fairness/why-it-waited.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 2, 4) + minute * 60_000).toISOString();
const turn = (id: string, received: number, registered: number | null, queue = 'claim'): Turn => ({
  ...{ id, queue, receivedAt: at(received), registeredAt: registered === null ? null : at(registered) },
});
const ALL = { from: at(0), until: at(100_000) };
const HOUR = 3_600_000;
const passed = (turns: readonly Turn[], span: Span, graceMs: number) =>
  passedOver(turns, waitsOf(turns, span), graceMs).map(({ id, firstBy, since, ahead }) => ({ id, firstBy, since, ahead }));

describe('the order of registration against the order of receipt', () => {
  it('names a filing that waited while one that came later was registered, since when, by which and how many', () => {
    const turns = [turn('early', 0, 500), turn('late', 100, 200), turn('later', 150, 300), turn('last', 400, 600)];
    expect(passed(turns, ALL, HOUR)).toEqual([{ id: 'early', firstBy: 'late', since: at(200), ahead: 2 }]);
    expect([...outOfTurn(turns, waitsOf(turns.slice(0, 1), ALL), HOUR)]).toEqual(['late', 'later']);
  });

  it('names what still waits, and nothing that came together, of another queue, or was registered in its order', () => {
    expect(passed([turn('open', 0, null), turn('b', 90, 120)], ALL, HOUR).map(({ id }) => id)).toEqual(['open']);
    expect(passed([turn('a', 0, 130), turn('b', 60, 120)], ALL, HOUR)).toEqual([]);
    expect(passed([turn('a', 0, 500), turn('b', 100, 200, 'appeal')], ALL, HOUR)).toEqual([]);
    expect(passed([turn('a', 0, 100), turn('b', 100, 200)], ALL, HOUR)).toEqual([]);
  });

  it('looks at registrations of the span alone', () => {
    const turns = [turn('early', 0, 900), turn('late', 100, 200), turn('later', 150, 400)];
    expect(passed(turns, { from: at(300), until: at(500) }, HOUR)).toEqual([{ id: 'early', firstBy: 'later', since: at(400), ahead: 1 }]);
    expect(passed(turns, { from: at(500), until: at(800) }, HOUR)).toEqual([]);
  });

  it('tells each time in which a filing waited by itself, and leaves out those in which nothing passed it', () => {
    const turns = [turn('early', 0, 900), turn('a', 100, 200), turn('b', 150, 300), turn('c', 160, 310), turn('d', 400, 700)];
    const wait = (from: number, until: number): Wait => ({ ...turn('early', 0, null), from: at(from), until: at(until) });
    expect(passedOver(turns, [wait(0, 300), wait(300, 320), wait(320, 700), wait(700, 900)], HOUR)).toMatchObject([
      { from: at(0), firstBy: 'a', since: at(200), ahead: 1 },
      { from: at(300), firstBy: 'b', since: at(300), ahead: 2 },
      { from: at(700), firstBy: 'd', since: at(700), ahead: 1 },
    ]);
    expect([...outOfTurn(turns, [wait(0, 300), wait(700, 900)], HOUR)]).toEqual(['a', 'd']);
  });

  it('finds exactly what comparing each with each finds', () => {
    const minutes = fc.integer({ min: 0, max: 400 });
    const queue = fc.constantFrom('claim', 'appeal');
    const turns = fc
      .array(fc.record({ received: minutes, takes: fc.option(minutes), queue }), { maxLength: 40 })
      .map((all) => all.map(({ received, takes, queue: of }, n) => turn(`f${n}`, received, takes === null ? null : received + takes, of)));
    const waits = fc.array(fc.record({ received: minutes, a: minutes, b: minutes, queue }), { maxLength: 20 }).map((all) =>
      all.map(({ received, a, b, queue: of }, n): Wait => ({
        ...{ id: `w${n}`, queue: of, receivedAt: at(received), from: at(Math.min(a, b)), until: at(Math.max(a, b)) },
      })),
    );
    fc.assert(
      fc.property(turns, waits, minutes, minutes, fc.constantFrom(0, 10, 60), (all, some, a, b, grace) => {
        const passes = (x: Turn, wait: Wait) =>
          x.queue === wait.queue &&
          Date.parse(x.receivedAt) - Date.parse(wait.receivedAt) > grace * 60_000 &&
          x.registeredAt !== null &&
          x.registeredAt >= wait.from &&
          x.registeredAt < wait.until;
        const span = { from: at(Math.min(a, b)), until: at(Math.max(a, b)) };
        for (const each of [some, waitsOf(all, span)]) {
          const expected = each.flatMap((wait) => {
            const ahead = all.filter((other) => passes(other, wait)).map(({ registeredAt }) => registeredAt!);
            return ahead.length === 0 ? [] : [`${wait.id} ${ahead.length} ${ahead.sort()[0]!}`];
          });
          const found = passedOver(all, each, grace * 60_000);
          expect(found.map(({ id, ahead, since }) => `${id} ${ahead} ${since}`).sort()).toEqual(expected.sort());
          for (const wait of found)
            expect(all.some((one) => one.id === wait.firstBy && one.registeredAt === wait.since && passes(one, wait))).toBe(true);
          expect([...outOfTurn(all, each, grace * 60_000)].sort()).toEqual(
            all
              .filter((one) => each.some((wait) => passes(one, wait)))
              .map(({ id }) => id)
              .sort(),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('why a filing waited', () => {
  const nothing = { steps: [] as Step[], headSaidAt: null, forHead: false, arriving: false, postponed: null, wipedBefore: null };
  const step = (action: string, minute: number, details: Step['details'] = {}): Step => ({ action, at: at(minute), details });

  it('is the reason for which it was put off, while it was', () => {
    const steps = [step('filing.postponed', 10, { until: at(100), reason: 'сараптама' }), step('filing.resumed', 60)];
    expect(whyItWaited({ ...nothing, steps }, at(30))).toEqual({ reason: 'postponed', words: 'сараптама' });
    expect(whyItWaited({ ...nothing, steps }, at(70)).reason).toBe('none');
    expect(whyItWaited({ ...nothing, steps: steps.slice(0, 1) }, at(120)).reason).toBe('none');
    expect(whyItWaited({ ...nothing, steps }, at(5)).reason).toBe('none');
  });

  it('is no longer known of a time whose entries were wiped, and is told from then on', () => {
    const steps = [step('filing.checked', 50, { verdict: 'undecided' })];
    const waiting = { ...nothing, steps, wipedBefore: at(20) };
    expect(whyItWaited(waiting, at(19))).toEqual({ reason: 'wiped', words: null });
    expect(whyItWaited({ ...waiting, headSaidAt: at(60) }, at(19)).reason).toBe('wiped');
    expect(whyItWaitedDuring(waiting, { from: at(10), until: at(60) }).map(({ from, until, reason }) => [from, until, reason])).toEqual([
      [at(10), at(20), 'wiped'],
      [at(20), at(50), 'documents'],
      [at(50), at(60), 'signature'],
    ]);
  });

  it('is the reason that another desk wrote, for each stretch its own', () => {
    const steps = [
      step('filing.postponing-told', 10, { until: at(100), reason: 'демалыс', by: 'x' }),
      step('filing.postponing-told', 50, { until: at(200), reason: 'сараптама', by: 'x', formerUntil: at(100), formerReason: 'демалыс' }),
    ];
    const postponed = { until: at(200), reason: 'сараптама' };
    expect(whyItWaitedDuring({ ...nothing, steps, postponed }, { from: at(20), until: at(90) })).toEqual([
      { from: at(20), until: at(50), reason: 'postponed', words: 'демалыс' },
      { from: at(50), until: at(90), reason: 'postponed', words: 'сараптама' },
    ]);
  });

  it('ends with the day until which it was put off, written with thousandths or without', () => {
    const day = at(100).replace(/\.\d+Z$/, 'Z');
    const waiting = { ...nothing, steps: [step('filing.postponing-told', 10, { until: day, by: 'x' })] };
    const postponed = { until: day, reason: 'демалыс' };
    expect(whyItWaitedDuring({ ...waiting, postponed }, { from: at(90), until: at(110) })).toEqual([
      { from: at(90), until: at(100), reason: 'postponed', words: 'демалыс' },
      { from: at(100), until: at(110), reason: 'none', words: null },
    ]);
    expect(whyItWaited({ ...waiting, postponed }, at(100)).reason).toBe('none');
  });

  it('is told without words by entries of older programs, and the filing itself has them', () => {
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

  it('is the word of the head from when something grave was found, not before, and not once it is mended or he has spoken', () => {
    const steps = [
      step('filing.checked', 10, { verdict: 'undecided', fatal: 0 }),
      step('filing.checked', 50, { fatal: 2 }),
      step('filing.checked', 90, { fatal: 0 }),
    ];
    const why = (minute: number, more: { headSaidAt?: string; forHead?: boolean } = {}) =>
      whyItWaited({ ...nothing, ...more, steps }, at(minute)).reason;
    expect([20, 60, 95].map((minute) => why(minute))).toEqual(['signature', 'head', 'signature']);
    expect(why(20, { forHead: true }), 'what is grave now was not then').toBe('signature');
    expect([60, 80].map((minute) => why(minute, { headSaidAt: at(70) }))).toEqual(['head', 'signature']);
  });

  it('is told for each part of a time, and once where it goes on', () => {
    const put = { until: at(100), reason: 'сараптама' };
    const steps = [step('filing.postponed', 10, put), step('filing.checked', 20, { verdict: 'undecided' }), step('filing.resumed', 60)];
    expect(whyItWaitedDuring({ ...nothing, steps, headSaidAt: at(130) }, { from: at(30), until: at(200) })).toEqual([
      { from: at(30), until: at(60), reason: 'postponed', words: 'сараптама' },
      { from: at(60), until: at(130), reason: 'head', words: null },
      { from: at(130), until: at(200), reason: 'signature', words: null },
    ]);
    // it was never resumed: the reason ends with the day until which it was put off, when it is taken up or not
    expect(whyItWaitedDuring({ ...nothing, steps: steps.slice(0, 1) }, { from: at(30), until: at(200) })).toEqual([
      { from: at(30), until: at(100), reason: 'postponed', words: 'сараптама' },
      { from: at(100), until: at(200), reason: 'none', words: null },
    ]);
    expect(whyItWaitedDuring({ ...nothing, steps }, { from: at(0), until: at(10) })).toEqual([
      { from: at(0), until: at(10), reason: 'documents', words: null },
    ]);
  });

  it('is none where nobody wrote one', () => {
    expect(whyItWaited(nothing, at(10))).toEqual({ reason: 'none', words: null });
  });
});
