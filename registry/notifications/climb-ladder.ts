import { unreachable } from '../../shared/result.ts';
import type { DeliveryAttempt, DeliveryState, DispatchStep, LetterEvent } from '../../shared/registry/index.ts';

const HOUR_MS = 3_600_000;
/** Why there was no way to a person at all; another address is needed, not another attempt. */
const ADDRESS_CODES: readonly (string | null)[] = ['address-missing', 'address-invalid'];

/** Where a person is on the ladder by which an act is sent to him. */
export type Place = {
  readonly steps: readonly DispatchStep[];
  readonly step: number;
  readonly round: number;
  readonly state: DeliveryState;
  readonly via: string | null;
  readonly reason: string | null;
  /** Attempts at this step that failed for now. */
  readonly attempts: number;
  /** When it goes on by itself; null: only when something is heard. */
  readonly dueAt: string | null;
};

export type Happening =
  | { readonly what: 'sent'; readonly channel: string; readonly code: string | null; readonly reference: string }
  /** `pauseSeconds`: null when it was tried often enough. */
  | { readonly what: 'retry'; readonly channel: string; readonly code: string; readonly pauseSeconds: number | null }
  | { readonly what: 'failed'; readonly channel: string; readonly code: string }
  /** Nothing was heard since it was sent. */
  | { readonly what: 'waited' }
  /** `current`: of the attempt that is the last one. */
  | {
      readonly what: 'receipt';
      readonly channel: string;
      readonly current: boolean;
      readonly delivered: boolean;
      readonly code: string | null;
      readonly reference: string;
    }
  | { readonly what: 'read' }
  | { readonly what: 'letter'; readonly event: LetterEvent; readonly at: string; readonly number: string | null; readonly by: string }
  | { readonly what: 'again'; readonly steps: readonly DispatchStep[] };

type Outcome = 'sent' | 'retry' | 'failed' | 'delivered' | 'read' | 'returned';
type Attempt = Readonly<Pick<DeliveryAttempt, 'channel' | 'at' | 'code' | 'reference' | 'by'> & { outcome: Outcome }>;
export type Climbed = { readonly place: Place; readonly attempts: readonly Attempt[] };

/** `readable`: the person reads in the cabinet. `earlier`: what was tried in this round. */
type Standing = { readonly now: string; readonly readable: boolean; readonly earlier: readonly Pick<Attempt, 'outcome' | 'code'>[] };

export const isDone = ({ state }: Pick<Place, 'state'>): boolean => state === 'delivered' || state === 'read';

/** The first step of a new ladder. */
export const beginLadder = (steps: readonly DispatchStep[], standing: Omit<Standing, 'earlier'>): Climbed =>
  enter({ steps, step: 0, round: 1, state: 'waiting', via: null, reason: null, attempts: 0, dueAt: null }, [], {
    ...standing,
    earlier: [],
  });

/** What follows from what happened. What is delivered or read stays so; what is heard of it later is only kept on record. */
export function climbLadder(place: Place, happening: Happening, standing: Standing): Climbed {
  const { now } = standing;
  const tried = (outcome: Attempt['outcome'], more: Partial<Attempt> = {}): Attempt => ({
    ...{ channel: place.via ?? '', at: now, outcome, code: null, reference: null, by: null },
    ...more,
  });
  const stay = (attempts: readonly Attempt[], change: Partial<Place> = {}): Climbed => ({ place: { ...place, ...change }, attempts });
  /** The person was reached, or told in another way, while it was being handed over. */
  const isLeft = (channel: string): boolean => isDone(place) || place.via !== channel;
  switch (happening.what) {
    case 'sent': {
      const { channel, code, reference } = happening;
      const attempts = [tried('sent', { channel, code, reference })];
      return isLeft(channel) ? stay(attempts) : stay(attempts, { state: 'sent', reason: null, attempts: 0, dueAt: nextAt(place, now) });
    }
    case 'retry': {
      const attempts = [tried('retry', { channel: happening.channel, code: happening.code })];
      if (isLeft(happening.channel)) return stay(attempts);
      if (happening.pauseSeconds === null) return enter({ ...place, step: place.step + 1, reason: happening.code }, attempts, standing);
      return stay(attempts, { dueAt: new Date(Date.parse(now) + happening.pauseSeconds * 1000).toISOString() });
    }
    case 'failed': {
      const attempts = [tried('failed', { channel: happening.channel, code: happening.code })];
      return isLeft(happening.channel)
        ? stay(attempts)
        : enter({ ...place, step: place.step + 1, reason: happening.code }, attempts, standing);
    }
    case 'waited':
      return isDone(place) ? stay([]) : enter({ ...place, step: place.step + 1 }, [], standing);
    case 'receipt': {
      const { channel, current, delivered, code, reference } = happening;
      const attempts = [tried(delivered ? 'delivered' : 'failed', { channel, code, reference })];
      if (isDone(place)) return stay(attempts);
      if (delivered) return stay(attempts, { state: 'delivered', via: channel, reason: null, dueAt: null });
      return current ? enter({ ...place, step: place.step + 1, reason: code }, attempts, standing) : stay(attempts);
    }
    case 'read':
      return place.state === 'read'
        ? stay([])
        : stay([tried('read', { channel: 'cabinet' })], { state: 'read', via: 'cabinet', reason: null, dueAt: null });
    case 'letter': {
      const { event, at, number, by } = happening;
      const outcome = ({ 'handed-over': 'sent', delivered: 'delivered', returned: 'returned' } as const)[event];
      const attempts = [tried(outcome, { channel: 'post', at, reference: number, by })];
      if (isDone(place)) return stay(attempts);
      // a letter that was left stops nothing that has begun since, except that it reached the person
      const isCurrent = place.via === 'post' && (event === 'handed-over' || place.state === 'sent');
      if (event !== 'delivered' && !isCurrent) return stay(attempts);
      if (event === 'returned') return stay(attempts, { state: 'failed', via: 'post', reason: 'letter-returned', dueAt: null });
      return stay(attempts, { state: outcome as DeliveryState, via: 'post', reason: null, dueAt: null });
    }
    case 'again':
      return enter({ ...place, steps: happening.steps, step: 0, round: place.round + 1, reason: null }, [], { ...standing, earlier: [] });
    default:
      return unreachable(happening);
  }
}

/** When the next step is due after an attempt that succeeded; null when there is none. */
function nextAt({ steps, step }: Place, now: string): string | null {
  const waitHours = steps[step]?.waitHours ?? null;
  return waitHours === null || step + 1 >= steps.length ? null : new Date(Date.parse(now) + waitHours * HOUR_MS).toISOString();
}

/** Stands on a step: the cabinet and the letter need no gateway, and what has no address is passed over. */
function enter(place: Place, attempts: readonly Attempt[], standing: Standing): Climbed {
  const { now, readable } = standing;
  const made = [...attempts];
  for (let step = place.step; step < place.steps.length; step++) {
    const { channel, address, waitHours } = place.steps[step]!;
    const here = { ...place, step, via: channel, attempts: 0 };
    if (channel === 'post') {
      const known = address !== null && address.trim() !== '';
      const state = known ? ('waiting' as const) : ('unreachable' as const);
      return { place: { ...here, state, reason: known ? null : 'address-missing', dueAt: null }, attempts: made };
    }
    const missing = channel === 'cabinet' || channel === 'push' ? !readable : address === null || address.trim() === '';
    const record = { channel, at: now, reference: null, by: null };
    if (missing) {
      made.push({ ...record, outcome: 'failed', code: 'address-missing' });
      continue;
    }
    if (channel !== 'cabinet') return { place: { ...here, state: 'waiting', dueAt: now }, attempts: made };
    made.push({ ...record, outcome: 'sent', code: null });
    if (waitHours !== 0 || step + 1 >= place.steps.length)
      return { place: { ...here, state: 'sent', reason: null, dueAt: nextAt(here, now) }, attempts: made };
  }
  const all = [...standing.earlier, ...made];
  const noWay = all.every(({ outcome, code }) => outcome === 'failed' && ADDRESS_CODES.includes(code));
  const reason = noWay ? 'address-missing' : (place.reason ?? made.at(-1)?.code ?? 'unanswered');
  return { place: { ...place, step: place.steps.length, state: noWay ? 'unreachable' : 'failed', reason, dueAt: null }, attempts: made };
}
