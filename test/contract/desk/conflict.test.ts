import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  compareFiling,
  compareWithRegistry,
  finishWork,
  holdToRegister,
  outboxOf,
  pull,
  push,
  takeOverFiling,
  takeOverRegistry,
  viewFiling,
  type Desk,
} from '../../../main/core/index.ts';
import { correctFact, readFacts, readFiling } from '../../../main/intake/index.ts';
import { flagFiling, prepareTalonPrint, printsOf, readTalon, recordTalonPrint, registerFiling } from '../../../main/registration/index.ts';
import { sharedCourt, type CourtDesk, type SharedCourt } from '../../support/desk/shared-court.ts';
import { must } from '../../support/desk/training-office.ts';

let court: SharedCourt;
let [a, b]: [CourtDesk, CourtDesk] = [] as never;
let secretary: string;
let head: string;
let judge: string;
const reason = 'Орталықтағы тіркеу дұрыс';

beforeEach(async () => {
  court = await sharedCourt([
    { clockOff: 0, sharesQueue: false },
    { clockOff: 0, sharesQueue: false },
  ]);
  [a, b] = court.desks as [CourtDesk, CourtDesk];
  [secretary, head, judge] = [court.userOf('secretary'), court.userOf('office-head'), court.userOf('judge')];
});
afterEach(() => court.close());

async function arrive(): Promise<string> {
  const id = await court.submit();
  for (const { desk } of court.desks) must(await pull(desk));
  return id;
}
async function register(desk: Desk, id: string): Promise<string> {
  must(await holdToRegister(desk, id, secretary));
  const seen = () => ({ id, revision: readFiling(desk.store.read, id)!.revision, actor: secretary });
  must(flagFiling(desk.registration, seen(), [{ code: 'signature', note: null }]));
  return must(registerFiling(desk.registration, seen(), { joinsCase: null })).incomingNumber;
}
async function round(desk: Desk): Promise<void> {
  must(await pull(desk));
  must(await finishWork(desk));
  must(await push(desk));
}
const parkedOf = (desk: Desk) => outboxOf(desk).parked;
const differencesOf = async (desk: Desk) => must(await compareWithRegistry(desk)).differences;
const byHead = () => ({ actor: head, reason, isHead: true });
const bySecretary = () => ({ actor: secretary, reason, isHead: false });
const historyOf = (desk: Desk, id: string) => viewFiling(desk, id, 'secretary')!.history;
async function expectAgreed(): Promise<void> {
  for (const { desk } of [...court.desks, ...court.desks]) await round(desk);
  for (const { desk } of court.desks) {
    expect(outboxOf(desk)).toMatchObject({ waiting: 0, parked: [] });
    expect(await differencesOf(desk)).toEqual([]);
  }
}

/** The other desk registers it first; this one's registration is parked. */
async function registeredTwice(): Promise<{ id: string; lost: string; kept: string }> {
  const id = await arrive();
  must(await a.desk.leases.hold(id, secretary));
  a.cable.out = true;
  const lost = await register(a.desk, id);
  must(await takeOverFiling(b.desk, { filingId: id, actor: head, reason: 'Хатшы ауырып қалды' }));
  const kept = await register(b.desk, id);
  await round(b.desk);
  await a.plugIn();
  await round(a.desk);
  return { id, lost, kept };
}

describe('a filing that two desks have registered', () => {
  it('is shown fact by fact, and with the registry out of reach as the feed told of it', async () => {
    const { id, lost, kept } = await registeredTwice();
    const [item] = parkedOf(a.desk);
    expect(item).toMatchObject({ kind: 'filing.register', subject: id, code: 'already-registered' });
    const seen = must(await compareFiling(a.desk, item!.id));
    const facts = Object.fromEntries(seen.facts.map((fact) => [fact.fact, fact]));
    expect(facts['incomingNumber']).toMatchObject({ here: lost, registry: kept, same: false });
    expect(facts['caseNumber']).toMatchObject({ same: false });
    expect(facts['joinsCase']).toMatchObject({ here: null, registry: null, same: true });
    expect(facts['talon']!.here).toMatch(/^[0-9a-f]{64}$/);
    expect(seen).toMatchObject({ live: true, setsAside: 0, registeredBy: expect.any(String) });
    expect(seen.voids).toEqual([lost, facts['caseNumber']!.here]);
    expect(seen.withdraws).toEqual(expect.arrayContaining(['filing.register', 'talon.issue']));
    expect(seen.history.map((entry) => entry.action)).toContain('filing.registered');

    a.cable.out = true;
    expect(must(await compareFiling(a.desk, item!.id))).toMatchObject({ live: false, facts: seen.facts });
    expect(await takeOverRegistry(a.desk, item!.id, bySecretary())).toMatchObject({ error: { code: 'registry-unreachable' } });
    expect(parkedOf(a.desk), 'nothing has changed').toHaveLength(1);
  });

  it('takes with it what was corrected of the registration that gives way, and nothing of it is sent', async () => {
    const { id } = await registeredTwice();
    const { store, reference, config } = a.desk;
    const parts = { store, reference, clock: config.clock, newId: config.newId };
    const { claimant } = readFiling(store.read, id)!;
    const wrong = { fact: 'name', party: 0, before: claimant, after: 'Әлия Өмірбекқызы', reason: 'Жеке куәлік' } as const;
    must(correctFact(parts, { id, actor: secretary, ...wrong }));
    const [item] = parkedOf(a.desk);
    expect(must(await compareFiling(a.desk, item!.id)).withdraws).toContain('fact.correct');
    must(await takeOverRegistry(a.desk, item!.id, bySecretary()));
    expect(readFacts(store.read, id)!.corrections).toEqual([]);
    await expectAgreed();
    expect(readFacts(b.desk.store.read, id)!.corrections).toEqual([]);
  });

  it('becomes what the registry holds on a word with a reason; the numbers are void and the history stays', async () => {
    const { id, lost, kept } = await registeredTwice();
    const [item] = parkedOf(a.desk);
    must(await takeOverRegistry(a.desk, item!.id, bySecretary()));
    expect(readFiling(a.desk.store.read, id)!.incomingNumber).toBe(kept);
    expect(await takeOverRegistry(a.desk, item!.id, bySecretary())).toMatchObject({ error: { code: 'not-found' } });
    await expectAgreed();
    const blocks = must(await a.desk.client.numberAccounts('incoming', lost.slice(5, 7)));
    expect(blocks.find((block) => block.void.length > 0)).toMatchObject({ void: [Number(lost.slice(8))], used: [] });
    const history = historyOf(a.desk, id);
    expect(history).toContainEqual(
      expect.objectContaining({ action: 'registry.taken', details: expect.objectContaining({ reason, state: 'with-judge' }) }),
    );
    expect(history).toContainEqual(
      expect.objectContaining({ action: 'registration.yielded', details: expect.objectContaining({ incomingNumber: lost, reason }) }),
    );
    expect(history.map((entry) => entry.action)).toEqual(expect.arrayContaining(['filing.registered', 'filing.flagged', 'talon.made']));
    expect(readFiling(a.desk.store.read, id)!.flagged).toBe(true);
  });

  it('gives way also when its talon was printed; what was handed out stays on record under its number', async () => {
    const { id, lost, kept } = await registeredTwice();
    const print = must(await prepareTalonPrint(a.desk.registration, { filingId: id, actor: secretary }));
    recordTalonPrint(a.desk.registration, print, secretary);
    expect(printsOf(a.desk.store.read, id)).toHaveLength(1);

    must(await takeOverRegistry(a.desk, parkedOf(a.desk)[0]!.id, bySecretary()));
    expect(readFiling(a.desk.store.read, id)!.incomingNumber).toBe(kept);
    expect(a.desk.store.read.all('SELECT incoming_number, sha256 FROM talon_print WHERE filing_id = ?', id)).toEqual([
      { incoming_number: lost, sha256: print.sha256 },
    ]);
    expect(printsOf(a.desk.store.read, id), 'the talon of the present registration was not printed here').toEqual([]);
  });
});

describe('a filing that the registry holds as not registered', () => {
  it('is opened again, with its marks, and registered under other numbers', async () => {
    const id = await arrive();
    const wrong = await register(a.desk, id);
    const notLeased = wrong.slice(0, 8) + '999999';
    a.desk.store.write((tx) => {
      tx.run('UPDATE filing SET incoming_number = ? WHERE id = ?', notLeased, id);
      tx.run("UPDATE outbox SET payload = json_set(payload, '$.incomingNumber', ?) WHERE kind = 'filing.register'", notLeased);
    });
    await round(a.desk);
    const [item] = parkedOf(a.desk);
    expect(item).toMatchObject({ code: 'number-not-leased' });
    expect(must(await compareFiling(a.desk, item!.id))).toMatchObject({ voids: [] });
    must(await takeOverRegistry(a.desk, item!.id, bySecretary()));
    expect(readFiling(a.desk.store.read, id)).toMatchObject({ state: 'checking', incomingNumber: null, registeredAt: null, flagged: true });
    await round(a.desk);
    expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
    expect(await register(a.desk, id)).not.toBe(notLeased);
    await expectAgreed();
  });
});

describe('what follows a registration', () => {
  const upload = (desk: Desk, text: string) => {
    const bytes = Buffer.from(text);
    return desk.blobs
      .putBytes(bytes)
      .then((stored) => ({ ...must(stored), bytes, hash: createHash('sha256').update(bytes).digest('hex') }));
  };

  it('takes the talon that the registry holds in place of the one made here', async () => {
    const id = await arrive();
    await register(a.desk, id);
    must(await push(a.desk)); // the numbers are there before the talon is drawn
    must(await pull(b.desk));
    const other = await upload(b.desk, '%PDF another talon');
    b.desk.store.write((tx) =>
      tx.outbox({
        id: b.desk.config.newId(),
        subject: id,
        kind: 'talon.issue',
        actor: secretary,
        at: b.desk.config.clock(),
        uploads: [other.sha256],
        payload: { filingId: id, sha256: other.sha256, size: other.size, qr: 'qr' },
      }),
    );
    must(await push(b.desk));
    await round(a.desk);
    const [item] = parkedOf(a.desk);
    expect(item).toMatchObject({ kind: 'talon.issue', code: 'talon-issued' });
    const { facts } = must(await compareFiling(a.desk, item!.id));
    expect(facts.filter((fact) => !fact.same).map((fact) => fact.fact)).toEqual(['talon']);
    must(await takeOverRegistry(a.desk, item!.id, bySecretary()));
    const talon = must(readTalon(a.desk.registration, id));
    expect(talon).toMatchObject({ sha256: other.hash, confirmedAt: expect.any(String) });
    expect(await a.desk.blobs.readAll(talon.sha256, talon.size)).toEqual(new Uint8Array(other.bytes));
    await expectAgreed();
  });

  it('draws a talon anew whose bytes are lost', async () => {
    const id = await arrive();
    await register(a.desk, id);
    must(await finishWork(a.desk));
    const { store } = a.desk;
    store.write((tx) => tx.run("UPDATE outbox SET uploads = ? WHERE kind = 'talon.issue'", JSON.stringify(['f'.repeat(64)])));
    await round(a.desk);
    const [item] = parkedOf(a.desk);
    expect(item).toMatchObject({ kind: 'talon.issue', code: 'document-missing' });
    must(await takeOverRegistry(a.desk, item!.id, bySecretary()));
    await expectAgreed();
    expect(must(readTalon(a.desk.registration, id)).confirmedAt).not.toBeNull();
  });

  it('goes to another judge when the first one may not decide any more', async () => {
    const { url, adminToken } = court.registry;
    const keep = async (user: object) => {
      const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
      const answer = await fetch(new URL('/v1/admin/users', url), { method: 'POST', headers, body: JSON.stringify(user) });
      return ((await answer.json()) as { id: string }).id;
    };
    const person = { court: '9900', iin: null, roles: ['judge'], certificates: [] };
    const id = await arrive();
    await register(a.desk, id);
    await keep({ ...person, id: judge, name: 'Кеткен Судья', active: false });
    const next = await keep({ ...person, name: 'Келген Судья', active: true });
    must(await push(a.desk));
    const [item] = parkedOf(a.desk);
    expect(item).toMatchObject({ kind: 'filing.send-to-judge', code: 'user-inactive' });
    must(await pull(a.desk));
    must(await takeOverRegistry(a.desk, item!.id, bySecretary()));
    expect(readFiling(a.desk.store.read, id)).toMatchObject({ state: 'with-judge', judgeId: next });
    await expectAgreed();
  });

  it('keeps a ruling that a judge has signed, and only the head sets it aside', async () => {
    const id = await arrive();
    await register(a.desk, id);
    await round(a.desk);
    await round(b.desk);
    const [mine, theirs] = [await upload(a.desk, '%PDF signed here'), await upload(b.desk, '%PDF signed there')];
    const issue = (desk: Desk, file: typeof mine, actId: string, state: 'accepted' | 'returned') =>
      desk.store.write((tx) =>
        tx.outbox({
          id: desk.config.newId(),
          subject: id,
          kind: 'act.issue',
          actor: judge,
          at: desk.config.clock(),
          uploads: [file.sha256],
          payload: {
            actId,
            filingId: id,
            kind: state === 'accepted' ? 'ruling-accept' : 'ruling-return',
            sha256: file.sha256,
            size: file.size,
            level: 'B',
            signedAt: desk.config.clock(),
            state,
          },
        }),
      );
    const [ownAct] = a.desk.store.read.all<{ id: string }>('SELECT id FROM act WHERE filing_id = ?', id);
    a.desk.store.write((tx) => {
      const at = a.desk.config.clock();
      tx.run(
        "UPDATE act SET state = 'signed', signed_sha256 = ?, signed_size = ?, signed_by = ?, signed_at = ?, level = 'B' WHERE id = ?",
        mine.sha256,
        mine.size,
        judge,
        at,
        ownAct!.id,
      );
      tx.run("UPDATE filing SET state = 'returned' WHERE id = ?", id);
    });
    issue(a.desk, mine, ownAct!.id, 'returned');
    issue(b.desk, theirs, b.desk.config.newId(), 'accepted');
    must(await push(b.desk));
    await round(a.desk);
    const [item] = parkedOf(a.desk);
    expect(item).toMatchObject({ kind: 'act.issue' });
    const seen = must(await compareFiling(a.desk, item!.id));
    expect(seen.setsAside).toBe(1);
    expect(seen.facts.filter((fact) => fact.fact === 'act')).toHaveLength(2);
    expect(await takeOverRegistry(a.desk, item!.id, bySecretary())).toMatchObject({ error: { code: 'act-signed' } });
    expect(parkedOf(a.desk)).toHaveLength(1);

    must(await takeOverRegistry(a.desk, item!.id, byHead()));
    expect(readFiling(a.desk.store.read, id)!.state).toBe('accepted');
    const acts = viewFiling(a.desk, id, 'judge')!.acts;
    expect(acts).toMatchObject([{ id: ownAct!.id, state: 'signed', setAside: true, sha256: mine.sha256 }]);
    expect(await a.desk.blobs.readAll(mine.sha256, mine.size)).toEqual(new Uint8Array(mine.bytes));
    expect(historyOf(a.desk, id).map((entry) => entry.action)).toContain('act.set-aside');
    await expectAgreed();
  });
});

it('what is about no filing is withdrawn with a reason, and does not hold up what comes after it', async () => {
  const { store, config } = a.desk;
  const block = store.read.get<{ id: string; first: number }>("SELECT id, first FROM number_block WHERE series = 'incoming'")!;
  const give = () =>
    store.write((tx) => {
      const id = config.newId();
      tx.outbox({
        id,
        subject: 'workstation',
        kind: 'number.return',
        actor: null,
        at: config.clock(),
        uploads: [],
        payload: { blockId: block.id, first: block.first + 50 },
      });
      return id;
    });
  give();
  const second = give();
  must(await push(a.desk));
  expect(parkedOf(a.desk)).toMatchObject([{ id: second, code: 'number-not-leased' }]);
  expect(await compareFiling(a.desk, second)).toMatchObject({ error: { code: 'not-found' } });
  must(await takeOverRegistry(a.desk, second, bySecretary()));
  expect(outboxOf(a.desk)).toMatchObject({ waiting: 0, parked: [] });
  const [entry] = store.read.all<{ actor: string; details: string }>(
    "SELECT actor, details FROM journal WHERE action = 'outbox.withdrawn'",
  );
  expect(entry!.actor).toBe(secretary);
  expect(JSON.parse(entry!.details)).toMatchObject({ kind: 'number.return', reason });
});
