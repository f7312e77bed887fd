import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithRegistry, holdToRegister, outboxOf, pull, push, resume, takeOverFiling, type Desk } from '../../../main/core/index.ts';
import { readFiling, yieldRegistration } from '../../../main/intake/index.ts';
import { flagFiling, registerFiling } from '../../../main/registration/index.ts';
import { retryParked, returnNumbers } from '../../../main/sync/index.ts';
import type { NumberAccount } from '../../../shared/registry/index.ts';
import { sharedCourt, type DeskKind, type SharedCourt } from '../../support/desk/shared-court.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;
/** What a lease that was kept outlasts, with its margin. */
const OUTAGE = 24 * HOUR;

type Step =
  | { readonly kind: 'open' | 'hold' | 'register' | 'take-over' | 'yield'; readonly desk: number; readonly filing: number }
  | { readonly kind: 'close' | 'round' | 'pull-cable' | 'plug-in' | 'lose-answer' | 'kill' | 'return-numbers'; readonly desk: number }
  | { readonly kind: 'pass'; readonly seconds: number };

const FILINGS = 2;
const RUNS = 20;

/** Few filings and few pauses, so that desks get in each other's way; a desk often loses its line with a filing open. */
function steps(desks: number, waits: readonly number[]) {
  const desk = fc.nat(desks - 1);
  const filing = fc.nat(FILINGS - 1);
  const about = (...kinds: Extract<Step, { filing: number }>['kind'][]) => fc.record({ kind: fc.constantFrom(...kinds), desk, filing });
  const at = (...kinds: Exclude<Step, { filing: number } | { seconds: number }>['kind'][]) =>
    fc.record({ kind: fc.constantFrom(...kinds), desk });
  const leftWithOpen = fc.record({ desk, filing }).map((where): Step[] => [
    { kind: 'open', ...where },
    { kind: 'pull-cable', desk: where.desk },
  ]);
  const one = (arbitrary: fc.Arbitrary<Step>) => arbitrary.map((step) => [step]);
  return fc
    .array(
      fc.oneof(
        { arbitrary: one(about('register')), weight: 8 },
        { arbitrary: one(about('open', 'hold')), weight: 3 },
        { arbitrary: leftWithOpen, weight: 3 },
        { arbitrary: one(about('take-over', 'yield')), weight: 1 },
        { arbitrary: one(at('round', 'pull-cable', 'plug-in')), weight: 4 },
        { arbitrary: one(at('close', 'kill', 'lose-answer', 'return-numbers')), weight: 2 },
        { arbitrary: one(fc.record({ kind: fc.constant('pass' as const), seconds: fc.constantFrom(...waits) })), weight: 4 },
      ),
      { minLength: 10, maxLength: 30 },
    )
    .map((parts) => parts.flat());
}

const WITH_WINDOW: DeskKind = { clockOff: 0, sharesQueue: true };
/** Nothing is set aside for it among several; its clock is more than a day off. */
const WITHOUT_WINDOW: DeskKind = { clockOff: 26 * HOUR, sharesQueue: false };

describe.each([
  ['two desks without a window', [WITHOUT_WINDOW, { ...WITHOUT_WINDOW, clockOff: 0 }]],
  ['two desks, one with a window', [WITH_WINDOW, WITHOUT_WINDOW]],
  ['three desks', [WITH_WINDOW, { ...WITH_WINDOW, clockOff: -5 * HOUR }, WITHOUT_WINDOW]],
] satisfies [string, DeskKind[]][])('%s of one court, in any order of events', (_name, kinds) => {
  const count = kinds.length;
  let court: SharedCourt;
  let secretary: string;
  let head: string;

  beforeAll(async () => {
    court = await sharedCourt(kinds);
    secretary = court.userOf('secretary');
    head = court.userOf('office-head');
  }, 120_000);
  afterAll(() => court?.close());

  const round = async (desk: Desk) => {
    const pulled = await pull(desk);
    if (pulled.ok) await push(desk);
    return pulled.ok ? 'done' : JSON.stringify(pulled.error);
  };

  /** Filings that a desk has bound numbers to by itself. */
  const registeredAt = (desk: Desk, filings: readonly string[]) =>
    filings.filter((id) => desk.store.read.get('SELECT 1 FROM filing WHERE id = ? AND registered_by IS NOT NULL', id));
  const bothRegistered = (filings: readonly string[]) =>
    filings.filter((id) => court.desks.filter(({ desk }) => registeredAt(desk, [id]).length > 0).length > 1);

  async function begin(): Promise<string[]> {
    for (const desk of court.desks) await desk.plugIn();
    const filings: string[] = [];
    for (let i = 0; i < FILINGS; i++) filings.push(await court.submit());
    for (let times = 0; times < 2; times++) for (const { desk } of court.desks) await round(desk);
    return filings;
  }

  async function take(step: Step, filings: readonly string[]): Promise<void> {
    if (step.kind === 'pass') return court.pass(step.seconds);
    const owner = court.desks[step.desk]!;
    const { desk, cable } = owner;
    const id = 'filing' in step ? filings[step.filing]! : '';
    switch (step.kind) {
      case 'open':
        await desk.leases.open(id, secretary);
        return;
      case 'hold':
        await desk.leases.hold(id, secretary);
        return;
      case 'close':
        return desk.leases.close();
      case 'register': {
        if (!readFiling(desk.store.read, id)) return;
        await holdToRegister(desk, id, secretary);
        const seen = () => ({ id, revision: readFiling(desk.store.read, id)!.revision, actor: secretary });
        flagFiling(desk.registration, seen(), [{ code: 'signature', note: null }]);
        registerFiling(desk.registration, seen(), { joinsCase: null });
        return;
      }
      case 'take-over':
        await takeOverFiling(desk, { filingId: id, actor: head, reason: 'хатшы жоқ' });
        return;
      case 'yield':
        desk.store.write((tx) => yieldRegistration(tx, id, { actor: secretary, at: desk.config.clock(), newId: desk.config.newId }));
        return;
      case 'return-numbers':
        desk.store.write((tx) => returnNumbers(tx, { newId: desk.config.newId, at: desk.config.clock(), actor: secretary }, 'all'));
        return;
      case 'round':
        await round(desk);
        return;
      case 'pull-cable':
        cable.out = true;
        return;
      case 'plug-in':
        return owner.plugIn();
      case 'lose-answer':
        cable.losesAnswers = 1;
        return;
      case 'kill':
        await owner.kill();
        resume(owner.desk);
    }
  }

  /** All lines are back, everybody goes home, what was refused is looked at by a person. */
  async function settle(filings: readonly string[]): Promise<void> {
    for (const desk of court.desks) await desk.plugIn();
    for (const { desk } of court.desks) desk.leases.close();
    court.pass(9 * DAY);
    for (let times = 0; times < 4; times++) {
      for (const { desk } of court.desks) {
        const { store, config } = desk;
        for (const id of filings)
          store.write((tx) => yieldRegistration(tx, id, { actor: secretary, at: config.clock(), newId: config.newId }));
        for (const parked of outboxOf(desk).parked) retryParked(store, parked.id, secretary, config.clock());
        desk.leases.close();
        for (const id of filings) desk.leases.letGo(id);
        expect(await round(desk)).toBe('done');
      }
      court.pass(HOUR);
    }
  }

  async function expectAccounted(): Promise<void> {
    const [first] = court.desks;
    const year = String(new Date(first!.desk.config.clock()).getUTCFullYear()).slice(2);
    const blocks: NumberAccount[] = [];
    for (const series of ['incoming', 'case'] as const) {
      const answer = await first!.desk.client.numberAccounts(series, year);
      if (!answer.ok) throw new Error(answer.error.code);
      blocks.push(...answer.value);
    }
    for (const block of blocks) {
      const end = block.returned ? block.returned.first - 1 : block.last;
      const told = [...block.used, ...block.void];
      expect(new Set(told).size, 'a number is used or void, never both').toBe(told.length);
      expect(told.filter((number) => number < block.first || number > end)).toEqual([]);
      expect(block.open).toBe(end - block.first + 1 - told.length);
      const desk = court.desks.find((candidate) => candidate.desk.profile.workstationId === block.workstationId)!.desk;
      const own = desk.store.read.get<{ next: number; returned_from: number | null }>(
        'SELECT next, returned_from FROM number_block WHERE id = ?',
        block.id,
      );
      if (!own) expect(told, 'a block whose answer was lost is unused').toEqual([]);
      else {
        expect(own.returned_from, 'both sides know what was returned').toBe(block.returned?.first ?? null);
        expect(
          told.toSorted((a, b) => a - b),
          'what the desk has taken is used or void, without a gap',
        ).toEqual(Array.from({ length: own.next - block.first }, (_, i) => block.first + i));
      }
    }
    const kept = (block: NumberAccount) => [block.first, block.returned ? block.returned.first - 1 : block.last] as const;
    for (const one of blocks)
      for (const other of blocks) {
        if (one === other || one.series !== other.series || one.typeIndex !== other.typeIndex) continue;
        const [[a, b], [c, d]] = [kept(one), kept(other)];
        expect(b < c || d < a || b < a || d < c, 'what two desks may use never overlaps').toBe(true);
      }
  }

  async function expectAgreement(filings: readonly string[]): Promise<void> {
    const states = new Map<string, string | null>();
    for (const { desk, name } of court.desks) {
      expect(outboxOf(desk), name).toMatchObject({ waiting: 0, parked: [] });
      const compared = await compareWithRegistry(desk);
      if (!compared.ok) throw new Error(compared.error.code);
      expect(compared.value.differences, name).toEqual([]);
      expect(desk.store.checkJournal().chain, name).toBe('ok');
      for (const id of filings) {
        const number = readFiling(desk.store.read, id)!.incomingNumber;
        expect(states.get(id) ?? number, 'every desk shows the same number').toBe(number);
        states.set(id, number);
      }
    }
    const numbers = [...states.values()].filter((number) => number !== null);
    expect(new Set(numbers).size, 'no two filings share a number').toBe(numbers.length);
    const bound = court.desks.flatMap(({ desk }) =>
      desk.store.read
        .all<{ number: string }>(
          "SELECT json_extract(details, '$.incomingNumber') AS number FROM journal WHERE action = 'filing.registered'",
        )
        .map((row) => row.number),
    );
    expect(new Set(bound).size, 'no two desks ever bound one number').toBe(bound.length);
    expect(bothRegistered(filings), 'one registration of a filing holds').toEqual([]);
  }

  it('offline for up to a day, with nobody taking over: no filing is ever registered by two desks, not even until they hear of each other', async () => {
    await fc.assert(
      fc.asyncProperty(steps(count, [MINUTE, 11 * MINUTE, 7 * HOUR]), async (plan) => {
        const filings = await begin();
        const silentFor = court.desks.map(() => 0);
        for (const step of plan) {
          if (step.kind === 'take-over' || step.kind === 'yield') continue;
          if (step.kind === 'pass') {
            if (silentFor.some((seconds) => seconds + step.seconds > OUTAGE)) continue;
            silentFor.forEach((seconds, desk) => (silentFor[desk] = seconds + step.seconds));
          }
          await take(step, filings);
          if (step.kind === 'round' && !court.desks[step.desk]!.cable.out) silentFor[step.desk] = 0;
          expect(bothRegistered(filings)).toEqual([]);
        }
        const registered = court.desks.map(({ desk }) => registeredAt(desk, filings).length);
        await settle(filings);
        const confirmed = court.desks.map(({ desk }) => registeredAt(desk, filings).length);
        expect(confirmed, 'whatever was registered without a line holds').toEqual(registered);
        await expectAgreement(filings);
        await expectAccounted();
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 600_000);

  it('whatever happens, a filing is registered once, a number is used once, and every number is accounted for', async () => {
    await fc.assert(
      fc.asyncProperty(steps(count, [MINUTE, 11 * MINUTE, 7 * HOUR, 30 * HOUR, 9 * DAY]), async (plan) => {
        const filings = await begin();
        for (const step of plan) await take(step, filings);
        await settle(filings);
        await expectAgreement(filings);
        await expectAccounted();
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 600_000);
});
