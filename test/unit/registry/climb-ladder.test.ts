import { describe, expect, it } from 'vitest';
import { beginLadder, climbLadder, type Climbed, type Happening } from '../../../registry/notifications/climb-ladder.ts';
import type { DispatchStep } from '../../../shared/registry/index.ts';

const NOW = '2026-11-21T10:00:00.000Z';
const inHours = (hours: number) => new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();
const step = (channel: DispatchStep['channel'], waitHours: number | null = 24, address: string | null = null): DispatchStep => ({
  channel,
  address,
  waitHours,
});
const LADDER = [
  step('cabinet', 24),
  step('sms', 48, '+77010000001'),
  step('email', 72, 'a@example.kz'),
  step('post', null, 'Алматы, Абай 1'),
];
const by = '01900000-0000-7000-8000-000000000001';

/** Everything that happens one after the other, with all attempts. */
function climb(steps: readonly DispatchStep[], readable: boolean, ...happenings: readonly Happening[]): Climbed {
  let { place, attempts } = beginLadder(steps, { now: NOW, readable });
  for (const happening of happenings) {
    const next = climbLadder(place, happening, { now: NOW, readable, earlier: attempts });
    place = next.place;
    attempts = [...attempts, ...next.attempts];
  }
  return { place, attempts };
}
const SENT = { what: 'sent', channel: 'sms', code: 'gateway-202', reference: 'key' } as const;
const WAITED = { what: 'waited' } as const;
const receipt = (channel: string, delivered: boolean, current = true): Happening => ({
  ...{ what: 'receipt', channel, current, delivered, code: delivered ? null : 'receipt-absent', reference: 'key' },
});
const letter = (event: 'handed-over' | 'delivered' | 'returned'): Happening => ({ what: 'letter', event, at: NOW, number: 'RR1', by });

describe('the ladder of a dispatch', () => {
  it('an act lies in the cabinet at once, and the next way is due when nobody has read it', () => {
    const { place, attempts } = climb(LADDER, true);
    expect(place).toMatchObject({ state: 'sent', via: 'cabinet', dueAt: inHours(24) });
    expect(attempts).toMatchObject([{ channel: 'cabinet', outcome: 'sent' }]);
    expect(climb(LADDER, true, WAITED).place).toMatchObject({ state: 'waiting', via: 'sms', dueAt: NOW });
  });

  it('a cabinet that is not waited for is followed at once', () => {
    expect(climb([step('cabinet', 0), ...LADDER.slice(1)], true).place).toMatchObject({ state: 'waiting', via: 'sms', dueAt: NOW });
  });

  it('whoever reads nowhere is told by the first way that leads to him, and that is on record', () => {
    const { place, attempts } = climb(LADDER, false);
    expect(place).toMatchObject({ state: 'waiting', via: 'sms' });
    expect(attempts).toMatchObject([{ channel: 'cabinet', outcome: 'failed', code: 'address-missing' }]);
  });

  it('is sent only after a channel has taken it, and waits from then on', () => {
    expect(climb(LADDER, false).place.state).toBe('waiting');
    expect(climb(LADDER, false, SENT).place).toMatchObject({ state: 'sent', via: 'sms', dueAt: inHours(48) });
  });

  it('without a receipt the next channel comes also after a successful attempt', () => {
    expect(climb(LADDER, false, SENT, WAITED).place).toMatchObject({ state: 'waiting', via: 'email', dueAt: NOW });
    expect(climb(LADDER, false, SENT, WAITED, { ...SENT, channel: 'email' }, WAITED).place).toMatchObject({
      state: 'waiting',
      via: 'post',
      dueAt: null,
    });
  });

  it('what failed for now stays on its step until it was tried often enough', () => {
    const later = climb(LADDER, false, { what: 'retry', channel: 'sms', code: 'gateway-503', pauseSeconds: 30 });
    expect(later.place).toMatchObject({ state: 'waiting', via: 'sms', dueAt: '2026-11-21T10:00:30.000Z' });
    const enough = climb(LADDER, false, { what: 'retry', channel: 'sms', code: 'gateway-503', pauseSeconds: null });
    expect(enough.place).toMatchObject({ state: 'waiting', via: 'email', reason: 'gateway-503' });
    expect(enough.attempts.map(({ channel, outcome }) => [channel, outcome])).toEqual([
      ['cabinet', 'failed'],
      ['sms', 'retry'],
    ]);
  });

  it('a receipt ends it, also one of a channel that was left, and nothing is due any more', () => {
    expect(climb(LADDER, false, SENT, receipt('sms', true)).place).toMatchObject({ state: 'delivered', via: 'sms', dueAt: null });
    expect(climb(LADDER, false, SENT, WAITED, receipt('sms', true, false)).place).toMatchObject({
      state: 'delivered',
      via: 'sms',
      dueAt: null,
    });
  });

  it('a bad receipt goes on at once, one of a channel that was left changes nothing', () => {
    expect(climb(LADDER, false, SENT, receipt('sms', false)).place).toMatchObject({
      state: 'waiting',
      via: 'email',
      reason: 'receipt-absent',
    });
    const left = climb(LADDER, false, SENT, WAITED, receipt('sms', false, false));
    expect(left.place).toEqual(climb(LADDER, false, SENT, WAITED).place);
    expect(left.attempts.at(-1)).toMatchObject({ channel: 'sms', outcome: 'failed' });
  });

  it('what was read stays read, whatever is heard later', () => {
    const read = climb(LADDER, true, { what: 'read' });
    expect(read.place).toMatchObject({ state: 'read', via: 'cabinet', dueAt: null });
    for (const happening of [WAITED, SENT, receipt('sms', false), receipt('sms', true), letter('returned'), { what: 'read' } as const])
      expect(climb(LADDER, true, { what: 'read' }, happening).place).toEqual(read.place);
    expect(climb(LADDER, true, WAITED, SENT, receipt('sms', true), { what: 'read' }).place.state).toBe('read');
  });

  it('what was handed over is on record under its channel, also when the act was read meanwhile', () => {
    const { place, attempts } = climb(LADDER, true, WAITED, { what: 'read' }, SENT);
    expect(place.state).toBe('read');
    expect(attempts.at(-1)).toMatchObject({ channel: 'sms', outcome: 'sent', reference: 'key' });
    const posted = climb(LADDER, false, WAITED, WAITED, letter('handed-over'), SENT);
    expect(posted.place).toMatchObject({ state: 'sent', via: 'post', dueAt: null });
  });

  it('a letter waits for a person, and goes when the person says so', () => {
    const waiting = climb([LADDER[3]!], false);
    expect(waiting).toMatchObject({ place: { state: 'waiting', via: 'post', dueAt: null }, attempts: [] });
    const handed = climb([LADDER[3]!], false, letter('handed-over'));
    expect(handed.place).toMatchObject({ state: 'sent', via: 'post', dueAt: null });
    expect(handed.attempts).toEqual([{ channel: 'post', at: NOW, outcome: 'sent', code: null, reference: 'RR1', by }]);
    expect(climb([LADDER[3]!], false, letter('handed-over'), letter('delivered')).place.state).toBe('delivered');
    expect(climb([LADDER[3]!], false, letter('handed-over'), letter('returned')).place).toMatchObject({
      ...{ state: 'failed', reason: 'letter-returned' },
    });
  });

  it('what becomes of a letter that was left is on record and stops no later way, unless it reached the person', () => {
    const again = { what: 'again', steps: LADDER.slice(1) } as const;
    const left = [letter('handed-over'), again] as const;
    for (const event of ['handed-over', 'returned'] as const) {
      const { place, attempts } = climb([LADDER[3]!], false, ...left, letter(event));
      expect(place).toEqual(climb([LADDER[3]!], false, ...left).place);
      expect(place).toMatchObject({ state: 'waiting', via: 'sms', round: 2, dueAt: NOW });
      expect(attempts.at(-1)).toMatchObject({ channel: 'post', outcome: event === 'returned' ? 'returned' : 'sent', by });
    }
    // the next letter has not gone yet when the earlier one comes back
    const second = [letter('handed-over'), { what: 'again', steps: [LADDER[3]!] }, letter('returned')] as const;
    expect(climb([LADDER[3]!], false, ...second).place).toMatchObject({ state: 'waiting', via: 'post', reason: null });
    expect(climb([LADDER[3]!], false, ...left, letter('delivered')).place).toMatchObject({ state: 'delivered', via: 'post', dueAt: null });
  });

  it('without any address a person is not reachable, which is not the same as failed', () => {
    expect(climb([step('sms'), step('email')], false).place).toMatchObject({
      state: 'unreachable',
      reason: 'address-missing',
      dueAt: null,
    });
    expect(climb([step('cabinet'), step('post', null)], false).place).toMatchObject({ state: 'unreachable', via: 'post' });
    expect(climb([LADDER[1]!], false, { what: 'failed', channel: 'sms', code: 'gateway-410' }).place).toMatchObject({
      state: 'failed',
      reason: 'gateway-410',
    });
    expect(climb([LADDER[1]!], false, { what: 'failed', channel: 'sms', code: 'address-invalid' }).place.state).toBe('unreachable');
  });

  it('the last step is not waited for', () => {
    expect(climb([step('sms', 24, '+77010000001')], false, SENT).place).toMatchObject({ state: 'sent', dueAt: null });
    expect(climb([step('sms', null, '+77010000001'), LADDER[3]!], false, SENT).place).toMatchObject({ state: 'sent', dueAt: null });
  });

  it('begun anew it climbs other steps, and what failed before does not count', () => {
    const again = climb([step('sms')], false, { what: 'again', steps: [LADDER[1]!] });
    expect(again.place).toMatchObject({ round: 2, step: 0, state: 'waiting', via: 'sms', reason: null, steps: [LADDER[1]] });
  });
});
