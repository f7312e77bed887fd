import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  compareWithRegistry,
  holdToRegister,
  outboxOf,
  push,
  pull,
  takeOverFiling,
  viewFiling,
  type Desk,
} from '../../../main/core/index.ts';
import { listQueue, readFiling, yieldRegistration } from '../../../main/intake/index.ts';
import { flagFiling, registerFiling } from '../../../main/registration/index.ts';
import { leaseToRegister, returnNumbers } from '../../../main/sync/index.ts';
import { sharedCourt, type CourtDesk, type SharedCourt } from '../../support/desk/shared-court.ts';
import { must } from '../../support/desk/training-office.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;
const WINDOW = { clockOff: 0, sharesQueue: true };
const NO_WINDOW = { clockOff: 0, sharesQueue: false };

let court: SharedCourt;
let [a, b]: [CourtDesk, CourtDesk] = [] as never;
let secretary: string;
let head: string;
afterEach(() => court.close());

async function open(...kinds: (typeof WINDOW)[]): Promise<void> {
  court = await sharedCourt(kinds);
  [a, b] = court.desks as [CourtDesk, CourtDesk];
  secretary = court.userOf('secretary');
  head = court.userOf('office-head');
}

/** A new filing that every desk knows. */
async function arrive(): Promise<string> {
  const id = await court.submit();
  for (const { desk } of court.desks) must(await pull(desk));
  return id;
}
const flag = (desk: Desk, id: string) =>
  flagFiling(desk.registration, { id, revision: readFiling(desk.store.read, id)!.revision, actor: secretary }, [
    { code: 'signature', note: null },
  ]);
const bind = (desk: Desk, id: string) =>
  registerFiling(desk.registration, { id, revision: readFiling(desk.store.read, id)!.revision, actor: secretary }, { joinsCase: null });
/** Registers as the window and the command line do; answers the code when it is refused. */
async function register(desk: Desk, id: string): Promise<string> {
  const held = await holdToRegister(desk, id, secretary);
  if (!held.ok) return held.error.code;
  const flagged = flag(desk, id);
  if (!flagged.ok) return flagged.error.code;
  const bound = bind(desk, id);
  return bound.ok ? bound.value.incomingNumber : bound.error.code;
}
async function round(desk: Desk): Promise<void> {
  must(await pull(desk));
  must(await push(desk));
}
const rowOf = (desk: Desk, id: string) =>
  listQueue(desk.store.read, desk.reference, desk.config.clock(), { view: 'all' }).rows.find((row) => row.id === id)!;
const journalOf = (desk: Desk, action: string) =>
  desk.store.read
    .all<{ actor: string | null; details: string }>('SELECT actor, details FROM journal WHERE action = ? ORDER BY seq', action)
    .map(({ actor, details }) => ({ actor, ...(JSON.parse(details) as object) }));
const NUMBER = /^9900-\d\d-\d{6}$/;

describe('the only desk of a court', () => {
  beforeEach(() => open(NO_WINDOW));

  it('registers everything without a line for a week, and asks nobody before it does', async () => {
    const ids = [await arrive(), await arrive(), await arrive()];
    a.cable.out = true;
    const numbers: string[] = [];
    for (const id of ids) {
      numbers.push(await register(a.desk, id));
      court.pass(3 * DAY - HOUR);
    }
    expect(numbers).toEqual([expect.stringMatching(NUMBER), expect.stringMatching(NUMBER), expect.stringMatching(NUMBER)]);
    await a.plugIn();
    await round(a.desk);
    await round(a.desk);
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
    expect(must(await compareWithRegistry(a.desk)).differences).toEqual([]);
  });

  it('does not believe a clock that was put back', async () => {
    const id = await arrive();
    a.cable.out = true;
    court.pass(6 * DAY);
    await pull(a.desk);
    expect(leaseToRegister(a.desk.store.read, id, a.desk.config.clock())).not.toBeNull();
    court.pass(-4 * DAY);
    expect(await register(a.desk, id)).toBe('lease-missing');
    await a.plugIn();
    await round(a.desk);
    a.cable.out = true;
    expect(await register(a.desk, id)).toMatch(NUMBER);
  });

  it('sends a registration from before leases under what is set aside for it', async () => {
    const id = await arrive();
    expect(await register(a.desk, id)).toMatch(NUMBER);
    a.desk.store.write((tx) => tx.run("UPDATE outbox SET payload = json_remove(payload, '$.leaseId') WHERE kind = 'filing.register'"));
    await round(a.desk);
    await round(a.desk);
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
    expect(readFiling(a.desk.store.read, id)!.confirmedAt).not.toBeNull();
  });

  it('gives back what it has not used of a year that is over, and goes on with the new one', async () => {
    const id = await arrive();
    expect(await register(a.desk, id)).toMatch(/-000001$/);
    court.pass(400 * DAY);
    await round(a.desk);
    await round(a.desk);
    expect(journalOf(a.desk, 'numbers.returned')).toContainEqual(expect.objectContaining({ series: 'incoming', first: 2, last: 100 }));
    const late = await arrive();
    expect(await register(a.desk, late)).toMatch(/-000001$/);
  });
});

describe('two desks', () => {
  beforeEach(() => open(NO_WINDOW, NO_WINDOW));

  it('see who has a filing, and cannot mark, flag or register it meanwhile', async () => {
    const id = await arrive();
    must(await a.desk.leases.open(id, secretary));
    must(await pull(b.desk));
    const name = b.desk.store.read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', secretary)!.name;
    expect(rowOf(b.desk, id).held).toMatchObject({ name, silent: false });
    expect(rowOf(a.desk, id).held).toBeNull();
    expect(viewFiling(b.desk, id, 'secretary')).toMatchObject({ held: { name }, allowed: ['recheck'] });
    expect(viewFiling(b.desk, id, 'office-head')!.allowed).toContain('take-over');
    expect(flag(b.desk, id)).toMatchObject({ ok: false, error: { code: 'lease-held' } });
    expect(await register(b.desk, id)).toBe('lease-held');
    expect(readFiling(b.desk.store.read, id)).toMatchObject({ flagged: false, incomingNumber: null });

    a.desk.leases.close();
    must(await pull(a.desk));
    must(await pull(b.desk));
    expect(rowOf(b.desk, id).held).toBeNull();
    expect(await register(b.desk, id)).toMatch(NUMBER);
  });

  it('a filing that was only looked at is free after minutes, and cannot be registered without a line', async () => {
    const id = await arrive();
    must(await a.desk.leases.open(id, secretary));
    a.cable.out = true;
    expect(await register(a.desk, id)).toBe('lease-missing');
    expect(await register(b.desk, id)).toBe('lease-held');
    court.pass(11 * MINUTE);
    expect(await register(b.desk, id)).toMatch(NUMBER);
    expect(await register(a.desk, id)).toBe('lease-missing');
  });

  it('without a line for a day each goes on with what it holds, and never with what the other has', async () => {
    const [mine, theirs, nobodys] = [await arrive(), await arrive(), await arrive()];
    must(await a.desk.leases.hold(mine, secretary));
    must(await b.desk.leases.hold(theirs, secretary));
    for (const { cable } of court.desks) cable.out = true;
    court.pass(23 * HOUR);
    const numbers = [await register(a.desk, mine), await register(b.desk, theirs)];
    expect(numbers).toEqual([expect.stringMatching(NUMBER), expect.stringMatching(NUMBER)]);
    expect(numbers[0]).not.toBe(numbers[1]);
    for (const { desk } of court.desks) expect(await register(desk, nobodys)).toBe('lease-missing');
    expect(await register(a.desk, theirs)).toBe('lease-missing');
    for (const desk of court.desks) await desk.plugIn();
    for (const { desk } of [...court.desks, ...court.desks]) await round(desk);
    for (const { desk } of court.desks) {
      expect(outboxOf(desk)).toMatchObject({ waiting: 0, parked: [] });
      expect(must(await compareWithRegistry(desk)).differences).toEqual([]);
    }
  });

  it('what was held ends by itself for a desk that stays silent, also by its own reckoning', async () => {
    const id = await arrive();
    must(await a.desk.leases.hold(id, secretary));
    a.cable.out = true;
    court.pass(26 * HOUR);
    expect(await register(a.desk, id)).toBe('lease-missing');
    expect(await register(b.desk, id)).toMatch(NUMBER);
  });

  it('a desk that died forgets nothing it must hold, and the rest becomes free', async () => {
    const [registered, looked] = [await arrive(), await arrive()];
    expect(await register(a.desk, registered)).toMatch(NUMBER);
    must(await a.desk.leases.open(looked, secretary));
    await a.kill();
    must(await pull(a.desk));
    must(await pull(b.desk));
    expect(rowOf(b.desk, looked).held).toBeNull();
    expect(await register(b.desk, registered)).toBe('lease-held');
    await round(a.desk);
    expect(readFiling(a.desk.store.read, registered)!.confirmedAt).not.toBeNull();
  });

  it('an answer that was lost leaves no filing stuck', async () => {
    const id = await arrive();
    a.cable.losesAnswers = 1;
    expect(await a.desk.leases.hold(id, secretary)).toMatchObject({ ok: false, error: { code: 'registry-unreachable' } });
    expect(await register(b.desk, id)).toBe('lease-held');
    must(await pull(a.desk));
    expect(await register(b.desk, id)).toMatch(NUMBER);
  });
});

describe('taking over', () => {
  beforeEach(() => open(NO_WINDOW, NO_WINDOW));
  const reason = 'Хатшы ауырып қалды';

  it('tells the former holder by whom and why, in both journals', async () => {
    const id = await arrive();
    must(await a.desk.leases.hold(id, secretary));
    must(await pull(b.desk));
    must(await takeOverFiling(b.desk, { filingId: id, actor: head, reason }));
    for (const { desk } of court.desks) must(await pull(desk));
    const by = a.desk.store.read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', head)!.name;
    expect(viewFiling(a.desk, id, 'secretary')).toMatchObject({ held: { name: by }, takenOver: { by, reason }, allowed: ['recheck'] });
    expect(journalOf(a.desk, 'lease.lost')).toEqual([{ actor: null, by: head, from: secretary, reason }]);
    expect(journalOf(b.desk, 'lease.taken-over')).toEqual([{ actor: head, from: secretary, reason }]);
    expect(await register(a.desk, id)).toBe('lease-held');
    expect(await register(b.desk, id)).toMatch(NUMBER);
  });

  it('parks what the former holder registered meanwhile, shows who has it, and sends it when the head lets go', async () => {
    const id = await arrive();
    must(await a.desk.leases.hold(id, secretary));
    a.cable.out = true;
    expect(await register(a.desk, id)).toMatch(NUMBER);
    must(await takeOverFiling(b.desk, { filingId: id, actor: head, reason }));
    await a.plugIn();
    must(await pull(a.desk));
    await push(a.desk);
    expect(outboxOf(a.desk).parked).toMatchObject([{ kind: 'filing.register', subject: id, code: 'lease-taken-over' }]);
    must(await pull(a.desk));
    expect(outboxOf(a.desk).parked, 'not while the head has it').toHaveLength(1);
    b.desk.leases.letGo(id);
    must(await pull(b.desk));
    await round(a.desk);
    expect(outboxOf(a.desk).parked).toEqual([]);
    expect(readFiling(a.desk.store.read, id)!.confirmedAt).not.toBeNull();
  });

  it('lets the registration that came too late give way, with its numbers void and accounted for', async () => {
    const id = await arrive();
    must(await a.desk.leases.hold(id, secretary));
    a.cable.out = true;
    const lost = await register(a.desk, id);
    must(await takeOverFiling(b.desk, { filingId: id, actor: head, reason }));
    const kept = await register(b.desk, id);
    await round(b.desk);
    await a.plugIn();
    must(await pull(a.desk));
    await push(a.desk);
    expect(outboxOf(a.desk).parked).toMatchObject([{ subject: id, code: 'already-registered' }]);
    expect(readFiling(a.desk.store.read, id)!.incomingNumber, 'until a person says so').toBe(lost);

    const { store, config } = a.desk;
    const by = { actor: secretary, at: config.clock(), newId: config.newId };
    must(store.write((tx) => yieldRegistration(tx, id, by)));
    expect(store.write((tx) => yieldRegistration(tx, id, by))).toMatchObject({ ok: false, error: { code: 'not-found' } });
    await round(a.desk);
    expect(readFiling(store.read, id)!.incomingNumber).toBe(kept);
    expect(store.read.get('SELECT 1 FROM talon WHERE filing_id = ?', id)).toBeUndefined();
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
    for (const { desk } of court.desks) expect(must(await compareWithRegistry(desk)).differences).toEqual([]);
    const blocks = must(await a.desk.client.numberAccounts('incoming', lost.slice(5, 7)));
    const own = blocks.find((block) => block.workstationId === a.desk.profile.workstationId)!;
    expect(own).toMatchObject({ used: [], void: [Number(lost.slice(8))] });
    expect(journalOf(a.desk, 'registration.yielded')).toEqual([expect.objectContaining({ actor: secretary, incomingNumber: lost })]);
  });
});

describe('desks that share a queue', () => {
  beforeEach(() => open(WINDOW, WINDOW));

  it('each have their share to go on with when the line is down, and hand over what the other wants', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.push(await arrive());
    for (let i = 0; i < 3; i++) for (const { desk } of court.desks) must(await pull(desk));
    const mine = ({ desk }: CourtDesk) => ids.filter((id) => leaseToRegister(desk.store.read, id, desk.config.clock()) !== null);
    expect([mine(a).length, mine(b).length]).toEqual([3, 3]);
    expect(mine(a).filter((id) => mine(b).includes(id))).toEqual([]);

    const wanted = mine(a)[0]!;
    expect(rowOf(b.desk, wanted).held).toMatchObject({ name: null });
    expect(await b.desk.leases.open(wanted, secretary)).toMatchObject({ ok: false, error: { code: 'lease-held' } });
    must(await pull(a.desk));
    must(await pull(b.desk));
    must(await pull(b.desk));
    expect(rowOf(b.desk, wanted).held).toBeNull();
    expect(await register(b.desk, wanted)).toMatch(NUMBER);
    expect(mine(a)).not.toContain(wanted);
  });

  it('numbers that a desk gave back go to the other, and neither uses one twice', async () => {
    const { store, config } = a.desk;
    expect(store.write((tx) => returnNumbers(tx, { newId: config.newId, at: config.clock(), actor: secretary }, 'all'))).toBeGreaterThan(0);
    must(await push(a.desk));
    const before = b.desk.store.read.get<{ last: number }>("SELECT max(last) AS last FROM number_block WHERE series = 'incoming'")!.last;
    b.desk.store.write((tx) => tx.run("UPDATE number_block SET next = last WHERE series = 'incoming'"));
    must(await pull(b.desk));
    const [again] = b.desk.store.read.all<{ first: number; last: number }>(
      "SELECT first, last FROM number_block WHERE series = 'incoming' ORDER BY rowid DESC LIMIT 1",
    );
    expect(again!.last).toBeLessThan(before);
    must(await pull(a.desk));
    const [fresh] = a.desk.store.read.all<{ first: number }>(
      "SELECT first FROM number_block WHERE series = 'incoming' AND returned_from IS NULL",
    );
    expect(fresh!.first).toBe(before + 1);
  });
});
