import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskFacts } from '../../support/desk/desk-steps.ts';
import { sharedCourt, type CourtDesk, type DeskKind, type SharedCourt } from '../../support/desk/shared-court.ts';
import { findPostgres, startPostgresCluster, type PostgresCluster } from '../../support/registry/postgres-cluster.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;
/** What a lease that was kept outlasts, with its margin. */
const OUTAGE = 24 * HOUR;
const given = process.env['KENSE_SEED'];
const seeded = given === undefined ? {} : { seed: Number(given) };

type Step =
  | { readonly kind: 'open' | 'hold' | 'let-go' | 'register' | 'take-over' | 'yield'; readonly desk: number; readonly filing: number }
  | { readonly kind: 'close' | 'round' | 'pull-cable' | 'plug-in' | 'lose-answer' | 'kill' | 'return-numbers'; readonly desk: number }
  | { readonly kind: 'kill-in-round'; readonly desk: number; readonly pieces: number }
  | { readonly kind: 'pass'; readonly seconds: number };
type WorkStep = Exclude<Step, { kind: 'pass' }>;

type Plan = {
  readonly kinds: readonly DeskKind[];
  readonly filings: number;
  /** How many steps are begun at once; those of one desk go one after the other. */
  readonly atOnce: number;
  readonly runs: number;
};

/** Few filings and few pauses, so that desks get in each other's way; a desk often loses its line with a filing open. */
function steps({ kinds, filings, atOnce }: Plan, waits: readonly number[]) {
  const desk = fc.nat(kinds.length - 1);
  const filing = fc.nat(filings - 1);
  const about = (...names: Extract<Step, { filing: number }>['kind'][]) => fc.record({ kind: fc.constantFrom(...names), desk, filing });
  const at = (...names: Exclude<WorkStep, { filing: number } | { pieces: number }>['kind'][]) =>
    fc.record({ kind: fc.constantFrom(...names), desk });
  const leftWithOpen = fc.record({ desk, filing }).map((where): Step[] => [
    { kind: 'open', ...where },
    { kind: 'pull-cable', desk: where.desk },
  ]);
  const killed = fc.record({ kind: fc.constant('kill-in-round' as const), desk, pieces: fc.integer({ min: 1, max: 25 }) });
  const one = (arbitrary: fc.Arbitrary<Step>) => arbitrary.map((step) => [step]);
  return fc
    .array(
      fc.oneof(
        { arbitrary: one(about('register')), weight: 8 },
        { arbitrary: one(about('open', 'hold')), weight: 3 },
        { arbitrary: leftWithOpen, weight: 3 },
        { arbitrary: one(about('take-over', 'yield', 'let-go')), weight: 1 },
        { arbitrary: one(at('round', 'pull-cable', 'plug-in')), weight: 4 },
        { arbitrary: one(at('close', 'kill', 'lose-answer', 'return-numbers')), weight: 2 },
        { arbitrary: one(killed), weight: 1 },
        { arbitrary: one(fc.record({ kind: fc.constant('pass' as const), seconds: fc.constantFrom(...waits) })), weight: 4 },
      ),
      { minLength: 10 * atOnce, maxLength: 30 * atOnce },
    )
    .map((parts) => parts.flat());
}

/** What is begun at once. Time passes for everybody, when nobody does anything. */
function inWaves(plan: readonly Step[], atOnce: number): Step[][] {
  const waves: Step[][] = [];
  for (const step of plan) {
    const last = waves.at(-1);
    if (last && step.kind !== 'pass' && last[0]?.kind !== 'pass' && last.length < atOnce) last.push(step);
    else waves.push([step]);
  }
  return waves;
}

const WITH_WINDOW: DeskKind = { clockOff: 0, sharesQueue: true };
/** Nothing is set aside for it among several; its clock is more than a day off. */
const WITHOUT_WINDOW: DeskKind = { clockOff: 26 * HOUR, sharesQueue: false };
const inTurn = { filings: 2, atOnce: 1, runs: 20 };

describe.each([
  ['two desks without a window', { ...inTurn, kinds: [WITHOUT_WINDOW, { ...WITHOUT_WINDOW, clockOff: 0 }] }],
  ['two desks, one with a window', { ...inTurn, kinds: [WITH_WINDOW, WITHOUT_WINDOW] }],
  ['three desks', { ...inTurn, kinds: [WITH_WINDOW, { ...WITH_WINDOW, clockOff: -5 * HOUR }, WITHOUT_WINDOW] }],
] satisfies [string, Plan][])('%s of one court, in any order of events', (_name, plan) => {
  expectOneCourt(plan, () => sharedCourt(plan.kinds));
});

const programs = findPostgres();
describe.skipIf(programs === null)('five desks of one court at once on PostgreSQL, two of them in processes of their own', () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgresCluster(programs!);
  });
  afterAll(() => cluster?.stop());
  const kinds: DeskKind[] = [
    WITH_WINDOW,
    { ...WITH_WINDOW, clockOff: -5 * HOUR },
    WITHOUT_WINDOW,
    { ...WITH_WINDOW, ownProcess: true },
    { clockOff: 3 * HOUR, sharesQueue: false, ownProcess: true },
  ];
  const runs = process.env['KENSE_FULL'] === '1' ? 40 : 5;
  expectOneCourt({ kinds, filings: 4, atOnce: 5, runs }, async () =>
    sharedCourt(kinds, { database: await cluster.freshDatabase(), dataDir: null }),
  );
});

function expectOneCourt(plan: Plan, open: () => Promise<SharedCourt>): void {
  let court: SharedCourt;
  const { filings: FILINGS, atOnce, runs } = plan;

  beforeAll(async () => {
    court = await open();
  }, 120_000);
  afterAll(() => court?.close());

  const each = <T>(ask: (desk: CourtDesk) => Promise<T>) => Promise.all(court.desks.map(ask));
  const factsOf = (filings: readonly string[]) => each(({ hands }) => hands.facts(filings));
  const countsOf = (all: readonly DeskFacts[]) => all.map(({ registered }) => registered.length);
  const bothRegistered = (filings: readonly string[], all: readonly DeskFacts[]) =>
    filings.filter((id) => all.filter(({ registered }) => registered.includes(id)).length > 1);

  async function begin(): Promise<string[]> {
    for (const desk of court.desks) await desk.plugIn();
    const filings: string[] = [];
    for (let i = 0; i < FILINGS; i++) filings.push(await court.submit());
    for (let times = 0; times < 2; times++) for (const { hands } of court.desks) await hands.round();
    return filings;
  }

  async function take(step: WorkStep, filings: readonly string[], heard: (desk: number) => void): Promise<void> {
    const desk = court.desks[step.desk]!;
    switch (step.kind) {
      case 'pull-cable':
        desk.cable.out = true;
        return;
      case 'plug-in':
        return desk.plugIn();
      case 'lose-answer':
        desk.cable.losesAnswers = 1;
        return;
      case 'kill':
        return desk.kill();
      case 'kill-in-round':
        return desk.killInRound(step.pieces);
      case 'round':
        if ((await desk.hands.round()) === 'done') heard(step.desk);
        return;
      case 'close':
      case 'return-numbers':
        await desk.hands.take({ kind: step.kind }, court.people);
        return;
      default:
        await desk.hands.take({ kind: step.kind, filingId: filings[step.filing]! }, court.people);
    }
  }

  async function takeAtOnce(wave: readonly Step[], filings: readonly string[], heard: (desk: number) => void): Promise<void> {
    for (const step of wave) if (step.kind === 'pass') court.pass(step.seconds);
    const work = wave.filter((step) => step.kind !== 'pass');
    await Promise.all(
      court.desks.map(async (_, desk) => {
        for (const step of work) if (step.desk === desk) await take(step, filings, heard);
      }),
    );
  }

  /** All lines are back, everybody goes home, what was refused is looked at by a person. */
  async function settle(filings: readonly string[]): Promise<void> {
    for (const desk of court.desks) await desk.plugIn();
    for (const { hands } of court.desks) await hands.take({ kind: 'close' }, court.people);
    court.pass(9 * DAY);
    for (let times = 0; times < 4; times++) {
      for (const { hands, name } of court.desks) expect(await hands.settle(filings, court.people), name).toBe('done');
      court.pass(HOUR);
    }
  }

  async function expectAccounted(): Promise<void> {
    const all = await factsOf([]);
    const blocks = await court.desks[0]!.hands.accounts();
    for (const block of blocks) {
      const end = block.returned ? block.returned.first - 1 : block.last;
      const told = [...block.used, ...block.void];
      expect(new Set(told).size, 'a number is used or void, never both').toBe(told.length);
      expect(told.filter((number) => number < block.first || number > end)).toEqual([]);
      expect(block.open).toBe(end - block.first + 1 - told.length);
      const own = all.find(({ workstationId }) => workstationId === block.workstationId)!.blocks[block.id];
      if (!own) expect(told, 'a block whose answer was lost is unused').toEqual([]);
      else {
        expect(own.returnedFrom, 'both sides know what was returned').toBe(block.returned?.first ?? null);
        expect(
          told.toSorted((a, b) => a - b),
          'what the desk has taken is used or void, without a gap',
        ).toEqual(Array.from({ length: own.next - block.first }, (_, i) => block.first + i));
      }
    }
    const kept = (block: (typeof blocks)[number]) => [block.first, block.returned ? block.returned.first - 1 : block.last] as const;
    for (const one of blocks)
      for (const other of blocks) {
        if (one === other || one.series !== other.series || one.typeIndex !== other.typeIndex) continue;
        const [[a, b], [c, d]] = [kept(one), kept(other)];
        expect(b < c || d < a || b < a || d < c, 'what two desks may use never overlaps').toBe(true);
      }
  }

  async function expectAgreement(filings: readonly string[]): Promise<void> {
    const all = await factsOf(filings);
    const states = new Map<string, string | null>();
    for (const [place, facts] of all.entries()) {
      const { name, hands } = court.desks[place]!;
      expect(facts.outbox, name).toMatchObject({ waiting: 0, parked: [] });
      expect(await hands.differences(), name).toEqual([]);
      expect(facts.chain, name).toBe('ok');
      for (const id of filings) {
        const number = facts.incomingNumbers[id]!;
        expect(states.get(id) ?? number, 'every desk shows the same number').toBe(number);
        states.set(id, number);
      }
    }
    const numbers = [...states.values()].filter((number) => number !== null);
    expect(new Set(numbers).size, 'no two filings share a number').toBe(numbers.length);
    const bound = all.flatMap((facts) => facts.bound);
    expect(new Set(bound).size, 'no two desks ever bound one number').toBe(bound.length);
    expect(bothRegistered(filings, all), 'one registration of a filing holds').toEqual([]);
  }

  it('offline for up to a day, with nobody taking over: no filing is ever registered by two desks, not even until they hear of each other', async () => {
    await fc.assert(
      fc.asyncProperty(steps(plan, [MINUTE, 11 * MINUTE, 7 * HOUR]), async (planned) => {
        const filings = await begin();
        const silentFor = court.desks.map(() => 0);
        for (const wave of inWaves(planned, atOnce)) {
          const taken = wave.filter(({ kind }) => kind !== 'take-over' && kind !== 'yield');
          const seconds = taken[0]?.kind === 'pass' ? taken[0].seconds : 0;
          if (silentFor.some((silent) => silent + seconds > OUTAGE)) continue;
          silentFor.forEach((silent, desk) => (silentFor[desk] = silent + seconds));
          await takeAtOnce(taken, filings, (desk) => (silentFor[desk] = 0));
          expect(bothRegistered(filings, await factsOf(filings))).toEqual([]);
        }
        const registered = countsOf(await factsOf(filings));
        await settle(filings);
        const confirmed = countsOf(await factsOf(filings));
        expect(confirmed, 'whatever was registered without a line holds').toEqual(registered);
        await expectAgreement(filings);
        await expectAccounted();
      }),
      { numRuns: runs, endOnFailure: true, ...seeded },
    );
  }, 900_000);

  it('whatever happens, a filing is registered once, a number is used once, and every number is accounted for', async () => {
    await fc.assert(
      fc.asyncProperty(steps(plan, [MINUTE, 11 * MINUTE, 7 * HOUR, 30 * HOUR, 9 * DAY]), async (planned) => {
        const filings = await begin();
        for (const wave of inWaves(planned, atOnce)) await takeAtOnce(wave, filings, () => undefined);
        await settle(filings);
        await expectAgreement(filings);
        await expectAccounted();
      }),
      { numRuns: runs, endOnFailure: true, ...seeded },
    );
  }, 900_000);
}
