import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workChannels } from '../../../main/core/channels/work-channels.ts';
import type { CoreContext } from '../../../main/core/core-context.ts';
import { holdToRegister, outboxOf, pull, push, takeOverRegistry, type Desk } from '../../../main/core/index.ts';
import {
  assignFilings,
  colleagues,
  coverColleague,
  createQueueLists,
  heldByOthers,
  listQueue,
  nextInQueue,
  postponeFilings,
  readFiling,
  takeBackAssignment,
} from '../../../main/intake/index.ts';
import {
  readWorkload,
  readWorkPlan,
  setAbsence,
  setNorm,
  setShareRules,
  shareWaiting,
  takeBackShareRules,
} from '../../../main/office/index.ts';
import { flagFiling, registerFiling } from '../../../main/registration/index.ts';
import type { Session } from '../../../shared/contract/index.ts';
import { startOfCourtDay } from '../../../shared/domain/court-day.ts';
import { sharedCourt, type CourtDesk, type SharedCourt } from '../../support/desk/shared-court.ts';
import { must } from '../../support/desk/training-office.ts';

const WINDOW = { clockOff: 0, sharesQueue: true };
const DAY_MS = 86_400_000;

let court: SharedCourt;
let [a, b]: [CourtDesk, CourtDesk] = [] as never;
let secretary: string;
let head: string;
beforeEach(async () => {
  court = await sharedCourt([WINDOW, WINDOW]);
  [a, b] = court.desks as [CourtDesk, CourtDesk];
  secretary = court.userOf('secretary');
  head = court.userOf('office-head');
});
afterEach(() => court.close());

async function arrive(): Promise<string> {
  const id = await court.submit();
  for (const { desk } of court.desks) must(await pull(desk));
  return id;
}
async function round(desk: Desk): Promise<void> {
  must(await pull(desk));
  must(await push(desk));
}
async function rounds(): Promise<void> {
  for (const { desk } of [a, b, a, b]) await round(desk);
}
const parts = ({ store, config }: Desk) => ({ store, clock: config.clock, newId: config.newId });
const assign = (desk: Desk, id: string, assignee: string | null, actor = secretary) =>
  assignFilings(parts(desk), { ids: [id], assignee, actor, head: actor === head });
const assigneeAt = ({ store, reference, config }: Desk, id: string) =>
  listQueue(store.read, reference, config.clock(), { view: 'all' }).rows.find((row) => row.id === id)!.assignee?.id ?? null;
const idsOf = ({ store, reference, config }: Desk, view: 'mine' | 'unassigned' | 'waiting', user = secretary) =>
  listQueue(store.read, reference, config.clock(), { view }, user).rows.map((row) => row.id);
const later = (desk: Desk, days: number) => new Date(Date.parse(desk.config.clock()) + days * DAY_MS).toISOString();

describe('who works on a filing', () => {
  it('is known at every desk, and the command is given once', async () => {
    const id = await arrive();
    must(assign(a.desk, id, secretary));
    expect(assigneeAt(a.desk, id)).toBe(secretary);
    expect(assigneeAt(b.desk, id)).toBeNull();
    await rounds();
    expect([assigneeAt(a.desk, id), assigneeAt(b.desk, id)]).toEqual([secretary, secretary]);
    expect(idsOf(b.desk, 'mine')).toEqual([id]);
    expect(idsOf(b.desk, 'unassigned')).toEqual([]);
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
    expect(b.desk.store.read.get('SELECT count(*) AS n FROM outbox')).toEqual({ n: 0 });
  });

  it('is decided without a line, and of two words the later by the registry holds at both desks', async () => {
    const id = await arrive();
    [a.cable.out, b.cable.out] = [true, true];
    must(assign(a.desk, id, secretary));
    must(assign(b.desk, id, head, head));
    expect([assigneeAt(a.desk, id), assigneeAt(b.desk, id)]).toEqual([secretary, head]);
    await b.plugIn();
    await round(b.desk);
    await a.plugIn();
    await round(a.desk);
    await rounds();
    expect([assigneeAt(a.desk, id), assigneeAt(b.desk, id)]).toEqual([secretary, secretary]);
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
    for (const { desk } of [a, b]) {
      const told = desk.store.read.all<{ details: string }>(
        "SELECT details FROM journal WHERE action = 'filing.assignment-told' ORDER BY seq",
      );
      expect(told.map(({ details }) => (JSON.parse(details) as { to: string }).to)).toEqual([head, secretary]);
    }
  });

  it('is not taken from a colleague by another secretary, here or at the registry, but by the head', async () => {
    const id = await arrive();
    must(assign(a.desk, id, head, head));
    await rounds();
    expect(assign(b.desk, id, secretary)).toMatchObject({ ok: false, error: { code: 'assigned-to-colleague' } });
    expect(assigneeAt(b.desk, id)).toBe(head);
    // a desk that does not ask first is refused
    b.desk.store.write((tx) =>
      tx.outbox({
        ...{ id: b.desk.config.newId(), subject: id, kind: 'filing.assign', actor: secretary, at: b.desk.config.clock(), uploads: [] },
        payload: { filingId: id, assignee: secretary, seen: head },
      }),
    );
    await round(b.desk);
    expect(outboxOf(b.desk).parked.map(({ code }) => code)).toEqual(['role-not-allowed']);
    must(assign(a.desk, id, secretary, head));
    await rounds();
    expect([assigneeAt(a.desk, id), assigneeAt(b.desk, id)]).toEqual([secretary, secretary]);
  });

  it('may be taken back by the one who gave it, and not after somebody else has decided', async () => {
    const id = await arrive();
    const given = must(assign(a.desk, id, head));
    await rounds();
    const undo = () => takeBackAssignment(parts(a.desk), { before: given, after: head, actor: secretary, head: false });
    expect(must(undo())).toBe(1);
    await rounds();
    expect([assigneeAt(a.desk, id), assigneeAt(b.desk, id)]).toEqual([null, null]);
    expect(outboxOf(a.desk).parked).toEqual([]);
    must(assign(a.desk, id, head));
    must(assign(b.desk, id, head, head));
    await rounds();
    expect(must(undo())).toBe(0);
    expect(assigneeAt(a.desk, id)).toBe(head);
  });

  it('stands before no registration when the registry does not take it, and falls back to what that holds when it is withdrawn', async () => {
    const id = await arrive();
    // whichever desk the queue gave it to may register it
    const [mine, theirs] = (await holdToRegister(b.desk, id, secretary)).ok ? [b, a] : [a, b];
    must(await holdToRegister(mine.desk, id, secretary));
    const { store } = mine.desk;
    // a word that the registry refuses: it is a colleague's there
    must(assign(theirs.desk, id, head, head));
    await round(theirs.desk);
    must(assign(mine.desk, id, secretary));
    store.write((tx) => tx.run("UPDATE outbox SET payload = json_set(payload, '$.seen', ?) WHERE kind = 'filing.assign'", head));
    const seen = () => ({ id, revision: readFiling(store.read, id)!.revision, actor: secretary });
    must(flagFiling(mine.desk.registration, seen(), [{ code: 'signature', note: null }]));
    const { incomingNumber } = must(registerFiling(mine.desk.registration, seen(), { joinsCase: null }));
    await round(mine.desk);
    const [parked] = outboxOf(mine.desk).parked;
    expect(parked).toMatchObject({ kind: 'filing.assign', subject: `work:${id}`, code: 'role-not-allowed' });
    expect(outboxOf(mine.desk).parked).toHaveLength(1);
    const states = must(await mine.desk.client.filingStates(null));
    expect(states.filings.find((filing) => filing.id === id)?.incomingNumber).toBe(incomingNumber);

    must(await takeOverRegistry(mine.desk, parked!.id, { actor: secretary, reason: 'әріптес алды', isHead: false }));
    expect(outboxOf(mine.desk).parked).toEqual([]);
    expect(assigneeAt(mine.desk, id)).toBe(head);
    expect(readFiling(store.read, id)!.incomingNumber).toBe(incomingNumber);
  });

  it('is given to nobody who does not work on filings', async () => {
    const id = await arrive();
    expect(assign(a.desk, id, court.userOf('judge'))).toMatchObject({ ok: false, error: { code: 'user-unknown' } });
    expect(a.desk.store.read.get('SELECT count(*) AS n FROM outbox')).toEqual({ n: 0 });
  });

  it('changes for everything that an absent colleague has, with the load beside each name', async () => {
    const ids = [await arrive(), await arrive(), await arrive()];
    for (const id of ids.slice(0, 2)) must(assign(a.desk, id, secretary));
    expect(coverColleague(parts(a.desk), { from: head, to: secretary, actor: secretary, head: false })).toMatchObject({ ok: false });
    expect(
      must(coverColleague(parts(a.desk), { from: secretary, to: head, actor: head, head: true }))
        .map(({ id }) => id)
        .sort(),
    ).toEqual(ids.slice(0, 2).sort());
    const load = colleagues(a.desk.store.read, a.desk.config.clock());
    expect(load.find(({ id }) => id === head)).toMatchObject({ open: 2, overdue: 0 });
    expect(load.find(({ id }) => id === secretary)).toMatchObject({ open: 0 });
    expect(idsOf(a.desk, 'unassigned')).toEqual([ids[2]]);
  });
});

describe('a change that is taken back', () => {
  const rowsOf = ({ store }: Desk) => ({
    filings: store.read.all('SELECT id, assignee, assigned_by, postponed_until FROM filing ORDER BY id'),
    own: store.read.all('SELECT * FROM own_work ORDER BY filing_id, what'),
    open: store.read.all("SELECT id, subject, kind, payload, state, attempts FROM outbox WHERE state <> 'done' ORDER BY position"),
  });
  const soon = (desk: Desk) => new Date(Date.parse(desk.config.clock()) + 10_000).toISOString();
  const cover = (desk: Desk) =>
    must(coverColleague(parts(desk), { from: secretary, to: head, actor: head, head: true, heldUntil: soon(desk) }));
  const undo = (desk: Desk, before: ReturnType<typeof cover>) =>
    must(takeBackAssignment(parts(desk), { before, after: head, actor: head, head: true }));

  it('before the registry has heard of it leaves everything as it was, also what this desk had still to say', async () => {
    const ids = [await arrive(), await arrive(), await arrive()];
    must(assign(a.desk, ids[0]!, secretary));
    await rounds();
    // one that the registry knows, one that waits for the line
    a.cable.out = true;
    must(assign(a.desk, ids[1]!, secretary));
    const was = rowsOf(a.desk);
    const before = cover(a.desk);
    expect(before).toHaveLength(2);
    expect(assigneeAt(a.desk, ids[1]!)).toBe(head);
    await a.plugIn();
    a.cable.out = true;
    expect(undo(a.desk, before)).toBe(2);
    expect(rowsOf(a.desk)).toEqual(was);
    await a.plugIn();
    await rounds();
    for (const { desk } of [a, b]) expect(ids.map((id) => assigneeAt(desk, id))).toEqual([secretary, secretary, null]);
    const told = b.desk.store.read.all("SELECT 1 FROM journal WHERE action = 'filing.assignment-told'");
    expect(told).toHaveLength(2);
  });

  it('leaves what the registry has told meanwhile, also of what this desk had said before', async () => {
    const ids = [await arrive(), await arrive()];
    must(assign(a.desk, ids[0]!, secretary));
    await rounds();
    a.cable.out = true;
    must(assign(a.desk, ids[1]!, secretary));
    const before = cover(a.desk);
    expect(before).toHaveLength(2);
    await a.plugIn();
    must(assign(b.desk, ids[0]!, null, head));
    await rounds(); // hears of both, and tells none of what may be taken back
    expect(ids.map((id) => assigneeAt(a.desk, id))).toEqual([head, head]);
    expect(ids.map((id) => assigneeAt(b.desk, id))).toEqual([null, secretary]);
    expect(undo(a.desk, before)).toBe(2);
    expect(ids.map((id) => assigneeAt(a.desk, id))).toEqual([null, secretary]);
    expect(rowsOf(a.desk)).toMatchObject({ own: [], open: [] });
    must(assign(b.desk, ids[1]!, head, head));
    await rounds();
    expect(assigneeAt(a.desk, ids[1]!)).toBe(head);
  });

  it('is not told to anybody for ten seconds, then to all; taken back later it is said the other way round', async () => {
    const id = await arrive();
    must(assign(a.desk, id, secretary));
    await rounds();
    const before = cover(a.desk);
    await rounds();
    expect([assigneeAt(a.desk, id), assigneeAt(b.desk, id)]).toEqual([head, secretary]);
    court.pass(11);
    await rounds();
    expect([assigneeAt(a.desk, id), assigneeAt(b.desk, id)]).toEqual([head, head]);
    expect(undo(a.desk, before)).toBe(1);
    await rounds();
    expect([assigneeAt(a.desk, id), assigneeAt(b.desk, id)]).toEqual([secretary, secretary]);
  });
});

describe('what was given while the clock was ahead', () => {
  it.each([
    ['and may still be taken back', 0],
    ['and had met no line', 3],
  ])('%s waits no longer once the clock is right', async (_, attempts) => {
    const id = await arrive();
    const at = Date.parse(a.desk.config.clock()) + 3 * 3_600_000;
    const heldUntil = new Date(at + 10_000).toISOString();
    must(assignFilings(parts(a.desk), { ids: [id], assignee: secretary, actor: head, head: true, heldUntil }));
    a.desk.store.write((tx) => tx.run("UPDATE outbox SET attempts = ? WHERE kind = 'filing.assign'", attempts));
    await rounds();
    expect(assigneeAt(b.desk, id)).toBe(secretary);
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
  });
});

describe('a filing that somebody has open at another desk', () => {
  it('goes to another with a written reason of the head alone, and that desk loses it with the reason', async () => {
    const id = await arrive();
    must(assign(a.desk, id, secretary));
    await rounds();
    const [mine, theirs] = (await holdToRegister(b.desk, id, secretary)).ok ? [a, b] : [b, a];
    must(await theirs.desk.leases.hold(id, secretary));
    must(await mine.desk.leases.keep({ count: 0, onlyAlone: true }));
    const { store, config } = mine.desk;
    expect(heldByOthers(store.read, { ids: [], of: secretary }, config.clock())).toMatchObject({ count: 1 });
    expect(heldByOthers(store.read, { ids: [], of: head }, config.clock())).toEqual({ count: 0, names: [] });
    const channels = workChannels({ desk: mine.desk, emit: () => {}, nudge: () => {} } as unknown as CoreContext);
    const session = { userId: head, activeRole: 'office-head' } as Session;
    const held = { ok: false, error: { code: 'lease-held' } };
    expect(channels['work.assign']({ ids: [id], assignee: head }, session)).toMatchObject(held);
    expect(channels['work.cover']({ from: secretary, to: head }, session)).toMatchObject(held);
    expect(assigneeAt(mine.desk, id)).toBe(secretary);
    // one gives away freely what one has open oneself
    expect(heldByOthers(store.read, { ids: [id], of: null, but: [head, secretary] }, config.clock()).count).toBe(0);
    const give = (actor: string) => {
      const why = { reason: 'ауырып қалды', takeOver: true };
      return assignFilings(parts(mine.desk), { ids: [id], assignee: head, actor, head: actor === head, why });
    };
    expect(give(secretary)).toMatchObject({ ok: false, error: { code: 'role-not-allowed' } });
    must(give(head));
    must(await push(mine.desk));
    must(await mine.desk.leases.hold(id, head));
    for (const { desk } of [theirs, mine]) must(await pull(desk));
    expect([assigneeAt(a.desk, id), assigneeAt(b.desk, id)]).toEqual([head, head]);
    expect(theirs.desk.store.read.get('SELECT reason, by_user FROM lease_loss WHERE filing_id = ?', id)).toEqual({
      reason: 'ауырып қалды',
      by_user: head,
    });
    expect(await holdToRegister(theirs.desk, id, secretary)).toMatchObject({ ok: false, error: { code: 'lease-held' } });
  });
});

describe('what the head of office lays down about sharing', () => {
  const today = () => a.desk.config.clock().slice(0, 10);
  const away = (coveredBy: string | null) => ({
    ...{ absenceId: a.desk.config.newId(), userId: secretary, from: today(), until: '2099-01-01', kind: 'leave', coveredBy },
    withdrawn: false,
  });
  const planOf = ({ store }: Desk) => readWorkPlan(store.read);

  it('is said without a line, comes to the other desks, and shares what arrives from then on', async () => {
    a.cable.out = true;
    const absence = away(head);
    must(setAbsence(parts(a.desk), { absence, actor: head }));
    must(setNorm(parts(a.desk), { userId: head, norm: 1, actor: head }));
    const rule = { id: a.desk.config.newId(), on: true, kinds: [], people: [secretary], most: null };
    must(setShareRules(parts(a.desk), { rules: [rule], actor: head }));
    expect(planOf(a.desk)).toMatchObject({ absences: [absence], rules: [rule] });
    expect(planOf(b.desk)).toMatchObject({ absences: [], rules: [] });
    await a.plugIn();
    await rounds();
    expect(planOf(b.desk)).toEqual(planOf(a.desk));
    const [first, second] = [await arrive(), await arrive()];
    for (const { desk } of [a, b]) expect([assigneeAt(desk, first), assigneeAt(desk, second)]).toEqual([head, null]);
    const told = b.desk.store.read.all<{ details: string }>("SELECT details FROM journal WHERE action = 'filing.assignment-told'");
    expect(told.map(({ details }) => (JSON.parse(details) as { rule: string }).rule)).toEqual([rule.id]);
    const load = readWorkload(b.desk.store.read, [], b.desk.config.clock());
    expect(load.people.find(({ id }) => id === secretary)?.away).toMatchObject({ id: absence.absenceId, coveredBy: { id: head } });
    expect(load.people.find(({ id }) => id === head)?.norm).toEqual({ count: 1, own: true });
    expect(load.shareable).toBe(0);
    must(setAbsence(parts(b.desk), { absence: { ...absence, withdrawn: true }, actor: head }));
    expect(shareWaiting(b.desk.store.read, b.desk.config.clock())).toEqual([{ filingId: second, personId: secretary, ruleId: rule.id }]);
    await rounds();
    for (const { desk } of [a, b]) expect(assigneeAt(desk, second)).toBe(secretary);
    expect(planOf(a.desk).absences).toEqual([]);
  });

  it('stands in the journal with what it was before, at the desk where it was said and at the others', async () => {
    const absence = away(head);
    const entries = ({ store }: Desk, action: string) =>
      store.read
        .all<{ details: string }>('SELECT details FROM journal WHERE action = ? ORDER BY seq', action)
        .map(({ details }) => JSON.parse(details) as Record<string, unknown>);
    const rule = (most: number | null) => ({ id: absence.absenceId, on: true, kinds: ['claim'], people: [secretary], most });
    const lay = (changed: Partial<typeof absence>, rules: ReturnType<typeof rule>[], norm: number) => {
      must(setAbsence(parts(a.desk), { absence: { ...absence, ...changed }, actor: head }));
      must(setShareRules(parts(a.desk), { rules, actor: head }));
      must(setNorm(parts(a.desk), { userId: secretary, norm, actor: head }));
    };
    lay({}, [rule(null)], 7);
    await rounds();
    lay({ until: '2098-01-01', coveredBy: null }, [rule(3)], 5);
    await rounds();
    must(setAbsence(parts(a.desk), { absence: { ...absence, until: '2098-01-01', coveredBy: null, withdrawn: true }, actor: head }));
    await rounds();

    const said = { person: secretary, from: absence.from, kind: 'leave' };
    const moved = { ...said, until: '2098-01-01', coveredBy: '' };
    const former = { formerUntil: '2099-01-01', formerCoveredBy: head };
    const laid = { rules: 1, on: 1, text: JSON.stringify([rule(3)]), before: JSON.stringify([rule(null)]) };
    const sets = entries(a.desk, 'work-plan.absence-set');
    expect(sets).toEqual([
      { ...said, until: '2099-01-01', coveredBy: head },
      { ...moved, ...former },
    ]);
    expect(entries(a.desk, 'work-plan.absence-withdrawn')).toEqual([moved]);
    expect(entries(a.desk, 'work-plan.rules-set')[1]).toEqual(laid);
    expect(entries(a.desk, 'work-plan.norm-set')[1]).toEqual({ person: secretary, norm: 5, before: 7 });

    const told = (at: Desk, start: string) => entries(at, 'work-plan.told').filter(({ entry }) => (entry as string).startsWith(start));
    const by = { by: head, entry: `absence:${absence.absenceId}` };
    expect(told(b.desk, 'absence:')).toEqual([
      { ...by, ...sets[0] },
      { ...by, ...moved, ...former },
      { ...by, ...moved, withdrawn: 1 },
    ]);
    expect(told(b.desk, 'rules')[1]).toEqual({ by: head, entry: 'rules', ...laid });
    expect(told(b.desk, 'norm:')[1]).toMatchObject({ person: secretary, norm: 5, before: 7 });
    // what comes back to the desk that said it changes nothing there
    for (const details of entries(a.desk, 'work-plan.told'))
      expect(Object.keys(details).filter((key) => /^(former|before)/.test(key))).toEqual([]);
  });

  it('is not undone unseen by another head, who is told so, takes over what holds and says it again', async () => {
    const { newId } = a.desk.config;
    const rule = { id: newId(), on: true, kinds: [], people: [secretary], most: null };
    const [off, added] = [
      { ...rule, on: false },
      { ...rule, id: newId(), kinds: ['claim'] },
    ];
    const lay = ({ desk }: typeof a, rules: (typeof added)[]) => must(setShareRules(parts(desk), { rules, actor: head }));
    lay(a, [rule]);
    await rounds();
    b.cable.out = true;
    lay(a, [off]);
    await round(a.desk);
    lay(b, [rule, added]);
    await b.plugIn();
    await rounds();
    const [parked] = outboxOf(b.desk).parked;
    expect(parked).toMatchObject({ kind: 'share-rules.set', code: 'rules-outdated' });
    expect(planOf(a.desk).rules).toEqual([off]);
    must(await takeOverRegistry(b.desk, parked!.id, { actor: head, reason: 'қайта қарадым', isHead: true }));
    expect(planOf(b.desk).rules).toEqual([off]);
    lay(b, [off, added]);
    await rounds();
    expect(outboxOf(b.desk).parked).toEqual([]);
    for (const desk of [a, b]) expect(planOf(desk.desk).rules).toEqual([off, added]);
  });

  it('is said twice by one head without a line, and both words count', async () => {
    const rule = { id: a.desk.config.newId(), on: true, kinds: [], people: [secretary], most: null };
    for (const most of [1, 2]) must(setShareRules(parts(a.desk), { rules: [{ ...rule, most }], actor: head }));
    await rounds();
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
    expect(planOf(b.desk).rules).toEqual([{ ...rule, most: 2 }]);
  });

  it('gives nothing out for ten seconds, and never what was taken back or said otherwise by then', async () => {
    const { store, config } = a.desk;
    const session = { userId: head, activeRole: 'office-head' } as Session;
    const channels = workChannels({ desk: a.desk, emit: () => {}, nudge: () => {} } as unknown as CoreContext);
    const lay = async (rules: ShareRules) => must(await channels['work.set-rules']({ rules }, session));
    type ShareRules = Parameters<(typeof channels)['work.set-rules']>[0]['rules'];
    const on = { id: config.newId(), on: true, kinds: [], people: [secretary], most: null };
    const off = { ...on, on: false };
    const said = () =>
      store.read.all<{ code: string | null; keptMs: number }>(
        `SELECT last_code AS code, CAST(round((julianday(next_attempt_at) - julianday(at)) * 86400000) AS INTEGER) AS keptMs
         FROM outbox WHERE kind = 'share-rules.set' ORDER BY position`,
      );
    const withdrawn = { code: 'withdrawn', keptMs: null };
    const later = async () => {
      court.pass(60);
      await rounds();
      return [a, b].map(({ desk }) => assigneeAt(desk, id));
    };
    const id = await arrive();

    const { load, undo } = await lay([on]);
    expect(load.rules).toEqual([on]);
    expect(said()).toMatchObject([{ code: null }]);
    expect(said()[0]!.keptMs).toBeGreaterThanOrEqual(10_000);
    expect(must(await channels['work.undo']({ id: undo }, session))).toEqual({ changed: 1, undo: null });
    expect(planOf(a.desk).rules).toEqual([]);
    expect(said()[0]).toEqual(withdrawn);
    expect(await later()).toEqual([null, null]);

    await lay([on]);
    await lay([off]);
    expect(said().slice(-2)).toMatchObject([withdrawn, { code: null }]);
    expect(await later()).toEqual([null, null]);
    for (const { desk } of [a, b]) expect(planOf(desk).rules).toEqual([off]);

    await lay([on]);
    expect(await later()).toEqual([secretary, secretary]);
    const back = { before: [off], actor: head };
    expect(must(takeBackShareRules(parts(a.desk), { ...back, after: [] }))).toBe(0);
    expect(must(takeBackShareRules(parts(a.desk), { ...back, after: [on] }))).toBe(1);
    expect(await later()).toEqual([secretary, secretary]);
    for (const { desk } of [a, b]) expect(planOf(desk).rules).toEqual([off]);
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
  });

  it('is not taken by the registry from anybody but the head, and falls back to what that holds', async () => {
    must(setNorm(parts(a.desk), { userId: null, norm: 7, actor: head }));
    await rounds();
    must(setNorm(parts(b.desk), { userId: null, norm: 3, actor: secretary }));
    await rounds();
    const [parked] = outboxOf(b.desk).parked;
    expect(parked).toMatchObject({ kind: 'norm.set', code: 'role-not-allowed' });
    expect(planOf(a.desk).norms.get('')).toBe(7);
    must(await takeOverRegistry(b.desk, parked!.id, { actor: head, reason: 'қате', isHead: true }));
    expect(planOf(b.desk).norms.get('')).toBe(7);
  });
});

describe('what waits for somebody', () => {
  it('goes to the next kind where many of an older one wait for which there is nobody', async () => {
    const [older, newer] = [await arrive(), await arrive()];
    const { store, config } = a.desk;
    const rule = { id: config.newId(), on: true, kinds: ['newer'], people: [secretary], most: null };
    must(setShareRules(parts(a.desk), { rules: [rule], actor: head }));
    const columns = store.read.all<{ name: string }>("SELECT name FROM pragma_table_info('filing')").map(({ name }) => name);
    const copied = columns.map((name) => (['id', 'cabinet_number'].includes(name) ? `${name} || '-' || n` : name));
    store.write((tx) => {
      tx.run("UPDATE filing SET kind = 'newer', received_at = '2090-01-01T00:00:00.000Z' WHERE id = ?", newer);
      tx.run(
        `WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 500)
         INSERT INTO filing (${columns.join()}) SELECT ${copied.join()} FROM filing, more WHERE id = ?`,
        older,
      );
    });
    expect(shareWaiting(store.read, config.clock())).toEqual([{ filingId: newer, personId: secretary, ruleId: rule.id }]);
  });
});

describe('what the head of office shares at once', () => {
  const session = () => ({ userId: head, activeRole: 'office-head' }) as Session;
  const sharing = () => {
    const told: unknown[] = [];
    const emit = (name: string, what: unknown) => void told.push({ name, what });
    return { told, channels: workChannels({ desk: a.desk, emit, nudge: () => {} } as unknown as CoreContext) };
  };
  beforeEach(() => {
    const rule = { id: a.desk.config.newId(), on: true, kinds: [], people: [secretary], most: null };
    must(setShareRules(parts(a.desk), { rules: [rule], actor: head }));
    a.desk.store.write((tx) => tx.run("UPDATE outbox SET state = 'done'"));
  });

  it('is given as a whole or not at all when the store takes no more in the middle', async () => {
    const ids = [await arrive(), await arrive(), await arrive()];
    // another desk may have shared what it was told of; here nobody has any of it
    a.desk.store.write((tx) => tx.run('UPDATE filing SET assignee = NULL, assigned_by = NULL'));
    const { store } = a.desk;
    const rowsOf = () => ({
      filings: store.read.all('SELECT id, assignee, assigned_by FROM filing ORDER BY id'),
      own: store.read.all('SELECT * FROM own_work'),
      open: store.read.all("SELECT id FROM outbox WHERE state <> 'done'"),
      entries: store.read.all("SELECT seq FROM journal WHERE action = 'filing.assigned'"),
    });
    const was = rowsOf();
    store.write((tx) =>
      tx.run(`CREATE TRIGGER full BEFORE UPDATE OF assignee ON filing WHEN old.id = '${ids[2]!}' BEGIN SELECT RAISE(ABORT, 'full'); END`),
    );
    const { told, channels } = sharing();
    expect(() => channels['work.share']({}, session())).toThrow('full');
    expect(rowsOf()).toEqual(was);
    expect(told).toEqual([]);
    store.write((tx) => tx.run('DROP TRIGGER full'));
    expect(channels['work.share']({}, session())).toMatchObject({ ok: true, value: { changed: 3 } });
    expect(ids.map((id) => assigneeAt(a.desk, id))).toEqual([secretary, secretary, secretary]);
  });

  it('is kept from the registry for ten seconds from the last one on, and taken back as a whole', async () => {
    const ids = [await arrive(), await arrive(), await arrive()];
    a.desk.store.write((tx) => tx.run('UPDATE filing SET assignee = NULL, assigned_by = NULL'));
    const { store, config } = a.desk;
    let now = Date.parse(config.clock());
    const slow = { ...a.desk, config: { ...config, clock: () => new Date((now += 1000)).toISOString() } };
    const channels = workChannels({ desk: slow, emit: () => {}, nudge: () => {} } as unknown as CoreContext);
    const shared = must(await channels['work.share']({}, session()));
    const lasts = () => store.read.get<{ at: string }>("SELECT max(at) AS at FROM journal WHERE action = 'filing.assigned'")!.at;
    const held = store.read.all<{ at: string }>(
      "SELECT next_attempt_at AS at FROM outbox WHERE kind = 'filing.assign' AND state = 'waiting'",
    );
    expect(held).toHaveLength(3);
    for (const { at } of held) expect(Date.parse(at) - Date.parse(lasts())).toBeGreaterThanOrEqual(10_000);

    store.write((tx) =>
      tx.run(`CREATE TRIGGER full BEFORE UPDATE OF assignee ON filing WHEN old.id = '${ids[2]!}' BEGIN SELECT RAISE(ABORT, 'full'); END`),
    );
    expect(() => channels['work.undo']({ id: shared.undo! }, session())).toThrow('full');
    expect(ids.map((id) => assigneeAt(a.desk, id))).toEqual([secretary, secretary, secretary]);
    store.write((tx) => tx.run('DROP TRIGGER full'));
    now -= 5000;
    expect(must(await channels['work.undo']({ id: shared.undo! }, session()))).toEqual({ changed: 3, undo: null });
    expect(ids.map((id) => assigneeAt(a.desk, id))).toEqual([null, null, null]);
  });
});

describe('somebody who may not work on filings any more', () => {
  it.each([
    ['revoked', 'UPDATE app_user SET active = 0 WHERE id = ?'],
    ['role', `UPDATE app_user SET roles = '["judge"]' WHERE id = ?`],
  ])('keeps his line while he has open filings, and is given nothing: %s', async (gone, change) => {
    const ids = [await arrive(), await arrive(), await arrive()];
    for (const id of ids.slice(0, 2)) must(assign(a.desk, id, secretary));
    const { store, config } = a.desk;
    const rule = { id: config.newId(), on: true, kinds: [], people: [], most: null };
    must(setShareRules(parts(a.desk), { rules: [rule], actor: head }));
    const load = () => readWorkload(store.read, [], config.clock());
    expect(load().people.map((person) => person.gone)).toEqual([null, null]);
    store.write((tx) => tx.run(change, secretary));
    expect(load().people).toMatchObject([
      { id: head, open: 0, gone: null },
      { id: secretary, open: 2, gone },
    ]);
    const waiting = store.read.get<{ n: number }>("SELECT count(*) AS n FROM filing WHERE state IN ('received','checking')")!.n;
    expect(load().people.reduce((sum, { open }) => sum + open, load().unassigned)).toBe(waiting);
    expect(shareWaiting(store.read, config.clock())).toEqual([{ filingId: ids[2], personId: head, ruleId: rule.id }]);
    expect(assign(a.desk, ids[2]!, secretary, head)).toMatchObject({ ok: false, error: { code: 'user-unknown' } });
    expect(must(coverColleague(parts(a.desk), { from: secretary, to: head, actor: head, head: true }))).toHaveLength(2);
    expect(load().people.map(({ id }) => id)).toEqual([head]);
    must(setShareRules(parts(a.desk), { rules: [{ ...rule, people: [secretary, head] }], actor: head }));
    const { name } = store.read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', secretary)!;
    expect(load().former).toEqual([{ id: secretary, name }]);
  });
});

describe('the load of everybody', () => {
  it('counts what each has, and what each has registered on this court day', async () => {
    const ids = [await arrive(), await arrive(), await arrive()];
    for (const id of ids.slice(0, 2)) must(assign(a.desk, id, secretary));
    const load = () => readWorkload(a.desk.store.read, [], a.desk.config.clock());
    const of = (id: string) => load().people.find((person) => person.id === id);
    expect(load().unassigned).toBe(1);
    expect([of(secretary), of(head)]).toMatchObject([
      { open: 2, overdue: 0, doneToday: 0 },
      { open: 0, doneToday: 0 },
    ]);
    expect(of(court.userOf('judge'))).toBeUndefined();
    const at = a.desk.config.clock();
    a.desk.store.write((tx) =>
      tx.run(
        "UPDATE filing SET state = 'registered', incoming_number = '9900-26-000001', registered_at = ?, registered_by = ? WHERE id = ?",
        ...[at, secretary, ids[0]],
      ),
    );
    expect(of(secretary)).toMatchObject({ open: 1, doneToday: 1 });
    const { store, reference, config } = a.desk;
    const filter = { registeredBy: secretary, registeredOn: load().today };
    const listed = (given: typeof filter) =>
      listQueue(store.read, reference, config.clock(), { view: 'registered', filter: given }).rows.map(({ id }) => id);
    expect(listed(filter)).toEqual([ids[0]]);
    expect(listed({ ...filter, registeredBy: head })).toEqual([]);
    // within the first second of the day
    const atOnce = startOfCourtDay(filter.registeredOn).replace('Z', '.400Z');
    a.desk.store.write((tx) => tx.run('UPDATE filing SET registered_at = ? WHERE id = ?', atOnce, ids[0]));
    expect(of(secretary)).toMatchObject({ doneToday: 1 });
    expect(listed(filter)).toEqual([ids[0]]);
    court.pass(86_400);
    expect(of(secretary)).toMatchObject({ open: 1, doneToday: 0 });
    expect(listed({ ...filter, registeredOn: load().today })).toEqual([]);
  });
});

describe('a filing that is put off', () => {
  it('leaves the work of its person at every desk until its day, then waits for him', async () => {
    const id = await arrive();
    must(assign(a.desk, id, secretary));
    must(postponeFilings(parts(a.desk), { ids: [id], until: later(a.desk, 2), reason: 'сұрау салынды', actor: secretary }));
    await rounds();
    for (const { desk } of [a, b]) {
      expect(idsOf(desk, 'mine')).toEqual([]);
      expect(idsOf(desk, 'waiting')).toEqual([]);
      expect(nextInQueue(desk.store.read, null, desk.config.clock(), secretary)).toBeNull();
    }
    court.pass(3 * 86_400);
    for (const { desk } of [a, b]) {
      expect(idsOf(desk, 'mine')).toEqual([id]);
      expect(idsOf(desk, 'waiting')).toEqual([id]);
    }
    // it is set aside for one of the two, and next there
    expect([a, b].map(({ desk }) => nextInQueue(desk.store.read, null, desk.config.clock(), secretary)).sort()).toEqual([id, null]);
  });

  it('stands in the journal with until when and why it was put off before', async () => {
    const id = await arrive();
    const put = (until: string | null, reason: string | null) =>
      must(postponeFilings(parts(a.desk), { ids: [id], until, reason, actor: secretary }));
    const [first, second] = [later(a.desk, 2), later(a.desk, 5)];
    put(first, 'сұрау салынды');
    put(second, 'сұрау салынды');
    put(null, null);
    const entries = a.desk.store.read.all<{ action: string; details: string }>(
      "SELECT action, details FROM journal WHERE action IN ('filing.postponed', 'filing.resumed') ORDER BY seq",
    );
    expect(entries.map(({ action, details }) => [action, JSON.parse(details)])).toEqual([
      ['filing.postponed', { until: first, reason: 'сұрау салынды' }],
      ['filing.postponed', { until: second, reason: 'сұрау салынды', formerUntil: first }],
      ['filing.resumed', { formerUntil: second, formerReason: 'сұрау салынды' }],
    ]);
  });

  it('stands with all of that at the other desks too, and who had it with whoever has it now', async () => {
    const id = await arrive();
    const put = async (until: string | null, reason: string | null) => {
      must(postponeFilings(parts(b.desk), { ids: [id], until, reason, actor: secretary }));
      await rounds();
    };
    const [first, second] = [later(b.desk, 2), later(b.desk, 5)];
    await put(first, 'сұрау салынды');
    await put(second, 'сараптама');
    await put(null, null);
    must(assign(b.desk, id, secretary));
    await rounds();
    must(assign(b.desk, id, head, head));
    await rounds();
    for (const { desk } of [a, b]) {
      const told = (action: string) =>
        desk.store.read
          .all<{ details: string }>('SELECT details FROM journal WHERE action = ? ORDER BY seq', action)
          .map(({ details }) => JSON.parse(details) as unknown);
      expect(told('filing.postponing-told')).toEqual([
        { until: first, reason: 'сұрау салынды', by: secretary },
        { until: second, reason: 'сараптама', by: secretary, formerUntil: first, formerReason: 'сұрау салынды' },
        { until: '', by: secretary, formerUntil: second, formerReason: 'сараптама' },
      ]);
      expect(told('filing.assignment-told')).toEqual([
        { to: secretary, from: '', by: secretary },
        { to: head, from: secretary, by: head },
      ]);
    }
  });

  it('is not put off into the past or without a reason', async () => {
    const id = await arrive();
    const until = (days: number, reason: string | null) =>
      postponeFilings(parts(a.desk), { ids: [id], until: later(a.desk, days), reason, actor: secretary });
    expect(until(-1, 'x')).toMatchObject({ ok: false, error: { code: 'input-invalid', params: { field: 'until' } } });
    expect(until(1, null)).toMatchObject({ ok: false, error: { code: 'input-invalid', params: { field: 'reason' } } });
    expect(a.desk.store.read.get('SELECT count(*) AS n FROM outbox')).toEqual({ n: 0 });
  });
});

describe('a list that somebody looks at', () => {
  it('keeps its places while filings come and go, and says how many', async () => {
    const ids = [await arrive(), await arrive(), await arrive()];
    const { store, reference, config } = a.desk;
    const lists = createQueueLists({ read: store.read, reference, clock: config.clock });
    const { list, total, rows } = lists.open({ view: 'unassigned' }, secretary);
    expect([total, rows.map(({ id }) => id)]).toEqual([3, ids]);
    must(assign(a.desk, ids[1]!, secretary));
    const fresh = await arrive();
    expect(lists.news(list)).toMatchObject({ total: 3, arrived: 1, gone: 1, counts: { mine: 1, unassigned: 3, open: 4, all: 4 } });
    expect(lists.rows(list, 0, 10)!.map(({ row, gone }) => [row.id, gone])).toEqual([
      [ids[0], false],
      [ids[1], true],
      [ids[2], false],
    ]);
    expect(lists.open({ view: 'unassigned' }, secretary).rows.map(({ id }) => id)).toEqual([ids[0], ids[2], fresh]);
    expect(lists.rows(list + 100, 0, 1)).toBeNull();
  });
});
