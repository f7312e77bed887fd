import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createProfile, finishWork, openCore, openDesk, outboxOf, push, syncOnce, type Core } from '../../../main/core/index.ts';
import { ok } from '../../../shared/result.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { v7 as newId } from 'uuid';
import { startRegistry } from '../../../registry/index.ts';
import { keepUser } from '../../support/registry/desk.ts';
import { createDocumentedClient } from '../../support/registry/documented-client.ts';
import { ALMATY } from '../../support/registry/open-registry.ts';
import { makeCertificate } from '../../support/registry/person.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { layCable, type Cable } from '../../support/desk/cable.ts';
import { expectWhole } from '../../support/desk/expect-whole.ts';
import {
  arrive,
  must,
  register,
  RESOURCES,
  sampleOf,
  signInAs,
  trainingOffice,
  type TrainingOffice,
} from '../../support/desk/training-office.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const HOUR_MS = 3_600_000;
const UNREACHABLE = { ok: false, error: { code: 'registry-unreachable' } };

/** An office on a cable, whose clock can be moved. */
async function cabledOffice() {
  let cable: Cable | null = null;
  let aheadMs = 0;
  const clock = () => new Date(Date.now() + aheadMs).toISOString();
  const office = await trainingOffice({ line: async (url) => (cable = await layCable(url)).url, desk: { clock } });
  closing.push(
    () => cable?.close(),
    () => office.close(),
  );
  must(await syncOnce(office.desk));
  const admin = (path: string, json?: object) =>
    fetch(office.registry.url + path, {
      method: json ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${office.registry.adminToken}`, ...(json ? { 'content-type': 'application/json' } : {}) },
      ...(json ? { body: JSON.stringify(json) } : {}),
    });
  return {
    office,
    out: () => void Object.assign(cable!, { out: true }),
    plugIn: async () => {
      Object.assign(cable!, { out: false });
      while (!(await office.desk.client.health()).ok);
    },
    pass: (hours: number) => void (aheadMs += hours * HOUR_MS),
    change: async (id: string, more: object): Promise<void> => {
      const { users } = (await (await admin('/v1/admin/users')).json()) as { users: { id: string }[] };
      expect((await admin('/v1/admin/users', { ...users.find((user) => user.id === id)!, ...more })).status).toBe(200);
    },
    clock,
  };
}

type Sent = {
  kind: string;
  state: string;
  last_code: string | null;
  session: string | null;
  proof: string | null;
  confirmed_at: string | null;
  at: string;
};
const outbox = ({ desk }: TrainingOffice) =>
  desk.store.read.all<Sent>('SELECT kind, state, last_code, session, proof, confirmed_at, at FROM outbox ORDER BY position');
const sessions = ({ desk }: TrainingOffice) =>
  desk.store.read.all<{ id: string; user_id: string; state: string; ended_at: string | null; private_key: string | null }>(
    'SELECT id, user_id, state, ended_at, private_key FROM user_session ORDER BY not_before, id',
  );
const parkedCodes = (office: TrainingOffice) => outboxOf(office.desk).parked.map((item) => item.code);

describe('who acts at a desk', () => {
  it('is proven by a session that the registry has taken, for each of several people one after another', async () => {
    const { office } = await cabledOffice();
    const secretary = await signInAs(office, 'secretary');
    const first = await arrive(office, sampleOf(office, 'good', 'claim'));
    must(register(office, first, secretary));
    office.desk.sessions.end(secretary);
    const head = await signInAs(office, 'office-head');
    const second = await arrive(office, sampleOf(office, 'good', 'claim'));
    must(register(office, second, head));
    const [one, two] = sessions(office);
    expect([one!.user_id, two!.user_id]).toEqual([secretary, head]);
    const registrations = outbox(office).filter(({ kind }) => kind === 'filing.register');
    expect(registrations.map(({ session }) => session)).toEqual([one!.id, two!.id]);
    for (const { proof } of registrations) expect(proof).toMatch(/^[\w-]{86}$/);
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, 2);
    expect(sessions(office).map(({ state }) => state)).toEqual(['closed', 'known']);
  });

  it('is proven for work without a line, under a sign-in without a line', async () => {
    const { office, out, plugIn } = await cabledOffice();
    const id = await arrive(office, sampleOf(office, 'good', 'claim'));
    office.desk.sessions.end(await signInAs(office, 'secretary')); // known here from a day with a line
    must(await office.desk.sessions.handIn());
    out();
    const secretary = await signInAs(office, 'secretary');
    must(register(office, id, secretary));
    must(await finishWork(office.desk));
    expect(await push(office.desk)).toMatchObject(UNREACHABLE);
    // the person goes home, the program is closed; the line is back on another day
    office.desk.sessions.end(secretary);
    await office.reopen();
    expect(sessions(office)).toMatchObject([{ state: 'closed' }, { state: 'new', ended_at: expect.any(String) }]);
    await plugIn();
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, 1);
    expect(sessions(office)).toMatchObject([{ state: 'closed' }, { state: 'closed' }]);
  });

  it('is no other: a proof that was changed on the disk is refused, and the person who signs in again confirms the work', async () => {
    const { office } = await cabledOffice();
    const id = await arrive(office, sampleOf(office, 'good', 'claim'));
    const secretary = await signInAs(office, 'secretary');
    must(register(office, id, secretary));
    office.desk.store.write((tx) => tx.run("UPDATE outbox SET at = '2020-01-01T00:00:00.000Z' WHERE kind = 'filing.register'"));
    must(await syncOnce(office.desk));
    expect(parkedCodes(office)).toEqual(['proof-invalid']);
    await signInAs(office, 'office-head');
    expect(parkedCodes(office)).toEqual(['proof-invalid']);
    await signInAs(office, 'secretary');
    expect(parkedCodes(office)).toEqual([]);
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, 1);
    const sent = outbox(office).find(({ kind }) => kind === 'filing.register')!;
    expect(sent).toMatchObject({ at: '2020-01-01T00:00:00.000Z', confirmed_at: expect.any(String) });
  });
});

describe('a sign-in that the registry does not take', () => {
  it('with a line is told at once, and nobody is signed in', async () => {
    const { office, change } = await cabledOffice();
    const secretary = await signInAs(office, 'secretary');
    await change(secretary, { certificates: [] });
    await expect(signInAs(office, 'secretary')).rejects.toThrow('certificate-unlisted');
    expect(office.desk.sessions.isOpen(secretary)).toBe(false);
    await change(secretary, { active: false });
    await expect(signInAs(office, 'secretary')).rejects.toThrow('user-inactive');
  });

  it.each([
    ['certificate-unlisted', { certificates: [] }],
    ['user-inactive', { active: false }],
  ] as const)('without a line parks the work with the reason %s and loses nothing', async (code, changed) => {
    const { office, out, plugIn, change } = await cabledOffice();
    const before = await signInAs(office, 'secretary');
    office.desk.sessions.end(before);
    const { certificates } = JSON.parse(
      office.desk.store.read.get<{ u: string }>(
        "SELECT json_object('certificates', json(certificates)) AS u FROM app_user WHERE id = ?",
        before,
      )!.u,
    ) as { certificates: string[] };
    const id = await arrive(office, sampleOf(office, 'good', 'claim'));
    out();
    const secretary = await signInAs(office, 'secretary');
    must(register(office, id, secretary));
    const doneAt = outbox(office)[0]!.at;
    await change(secretary, changed);
    await plugIn();
    must(await syncOnce(office.desk));
    expect(parkedCodes(office)).toEqual(
      outbox(office)
        .filter(({ kind }) => kind !== 'talon.issue')
        .map(() => code),
    );
    expect(office.desk.sessions.isOpen(secretary)).toBe(false);
    expect(sessions(office).at(-1)).toMatchObject({ state: 'refused', private_key: null });

    await change(secretary, { active: true, certificates });
    must(await syncOnce(office.desk));
    await signInAs(office, 'secretary');
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, 1);
    expect(outbox(office)[0]).toMatchObject({ at: doneAt, confirmed_at: expect.any(String), session: sessions(office).at(-1)!.id });
  });
});

describe('a session', () => {
  it('that the registry has lost, because it was put back to an earlier day, is handed in again', async () => {
    const { office, out, plugIn } = await cabledOffice();
    const id = await arrive(office, sampleOf(office, 'good', 'claim'));
    office.desk.sessions.end(await signInAs(office, 'secretary'));
    must(await office.desk.sessions.handIn());
    out();
    const secretary = await signInAs(office, 'secretary');
    office.desk.store.write((tx) => tx.run("UPDATE user_session SET state = 'known' WHERE state = 'new'"));
    must(register(office, id, secretary));
    await plugIn();
    must(await syncOnce(office.desk));
    expect(sessions(office)).toMatchObject([{ state: 'closed' }, { state: 'new' }]);
    expect(parkedCodes(office)).toEqual([]);
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, 1);
  });

  it('is over after twelve hours, and when the clock is put back before it began', async () => {
    const { office, pass } = await cabledOffice();
    const secretary = await signInAs(office, 'secretary');
    expect(office.desk.sessions.isOpen(secretary)).toBe(true);
    pass(11.9);
    expect(office.desk.sessions.isOpen(secretary)).toBe(true);
    pass(0.1);
    expect(office.desk.sessions.isOpen(secretary)).toBe(false);
    pass(-24);
    expect(office.desk.sessions.isOpen(secretary)).toBe(false);
  });

  it('of a desk without a window is kept for the next process until the person signs out, and no key of another one is', async () => {
    const { office, pass } = await cabledOffice();
    const secretary = await signInAs(office, 'secretary');
    office.desk.sessions.keep(secretary);
    const head = await signInAs(office, 'office-head');
    await office.reopen();
    expect(office.desk.sessions.isOpen(secretary)).toBe(false);
    office.desk.sessions.takeUp();
    expect([office.desk.sessions.isOpen(secretary), office.desk.sessions.isOpen(head)]).toEqual([true, false]);
    const id = await arrive(office, sampleOf(office, 'good', 'claim'));
    must(register(office, id, secretary));
    expect(outbox(office)[0]!.proof).not.toBeNull();
    office.desk.sessions.end(secretary);
    expect(sessions(office).map((session) => session.private_key)).toEqual([null, null]);
    pass(1);
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, 1);
    expect(sessions(office).map(({ state }) => state)).toEqual(['closed', 'closed']);
  });
});

describe('the window', () => {
  async function windowOf(office: TrainingOffice, clock: () => string): Promise<Core> {
    office.desk.close();
    const opened = must(
      await openCore(
        {
          profileDir: office.profileDir,
          dataKey: must(openDataKey(office.profileDir, { kind: 'open' })),
          resourcesDir: RESOURCES,
          registryUrl: null,
          clock,
          newId,
          version: '0.1.0',
        },
        { tokenHost: createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') })), shell: {} as never },
      ),
    );
    closing.push(() => opened.close());
    return opened;
  }

  it('ends as soon as it hears that the person was deactivated, and says so, also when the key is given again', async () => {
    const { office, change, clock } = await cabledOffice();
    const core = await windowOf(office, clock);
    const ask = (channel: string, input: object = {}) => core.call({ channel, input }, { trusted: true });
    const session = must(await ask('session.sign-in', { optionId: 'secretary.p12' })) as { userId: string; locked: boolean };
    expect(session.locked).toBe(false);
    await change(session.userId, { active: false });
    must(await ask('sync.now'));
    expect(must(await ask('session.get'))).toMatchObject({ over: 'user-inactive', userId: session.userId });
    expect(await ask('session.unlock')).toMatchObject({ ok: false, error: { code: 'user-inactive' } });
    expect(must(await ask('session.get'))).toMatchObject({ over: 'user-inactive' });
  });

  it('locks when the session has run out, and opens with the key; signing out ends what the registry knows', async () => {
    const { office, pass, clock } = await cabledOffice();
    const core = await windowOf(office, clock);
    const ask = (channel: string, input: object = {}) => core.call({ channel, input }, { trusted: true });
    must(await ask('session.sign-in', { optionId: 'secretary.p12' }));
    pass(13);
    expect(await ask('sync.now')).toMatchObject({ ok: false, error: { code: 'session-locked' } });
    expect(must(await ask('session.unlock'))).toMatchObject({ locked: false });
    must(await ask('sync.now'));
    must(await ask('session.sign-out'));
    expect(await ask('sync.now')).toMatchObject({ ok: false, error: { code: 'not-signed-in' } });
    await core.close();
    await office.reopen();
    must(await syncOnce(office.desk));
    expect(sessions(office).map(({ state }) => state)).toEqual(['closed', 'closed']);
  });
});

describe('a real desk', () => {
  it.each([-24, 24])('whose clock is off by %i hours gets its people in, with and without a line, and their work counts', async (hours) => {
    const registry = await startRegistry({
      ...{ database: 'embedded', dataDir: null, mode: 'real', courts: [ALMATY], newId },
      clock: () => new Date().toISOString(),
    });
    closing.push(() => registry.close());
    const cable = await layCable(registry.url);
    closing.push(() => cable.close());
    const clock = () => new Date(Date.now() + hours * HOUR_MS).toISOString();
    const profileDir = path.join(tempDir(), 'desk');
    const protector = { kind: 'passphrase', passphrase: 'of the tests' } as const;
    const common = { profileDir, clock, newId };
    const { enrolmentCode } = registry.courts.find(({ code }) => code === ALMATY.code)!;
    must(await createProfile({ ...common, registryUrl: registry.url, enrolmentCode, training: false, protector }));
    const tokenHost = createTokenHost(() => Promise.resolve(null));
    const dataKey = must(openDataKey(profileDir, protector));
    const desk = must(await openDesk({ ...common, dataKey, resourcesDir: RESOURCES, registryUrl: cable.url }, { tokenHost }));
    closing.push(() => desk.close());
    const certificate = makeCertificate('rsa');
    const head = await keepUser(createDocumentedClient(registry.url), registry, ALMATY.code, ['office-head'], {
      certificates: [readFileSync(certificate.pem, 'utf8')],
    });
    const signInHere = async () => {
      const prepared = await desk.sessions.prepare(head);
      const signature = sign('sha256', prepared.text, createPrivateKey(readFileSync(certificate.key)));
      return desk.sessions.begin(prepared, { certificate: certificate.der, signature }, () => ok(null));
    };
    const accept = () =>
      desk.sessions.command({
        ...{ id: newId(), kind: 'journal.accept', schemaVersion: 1, subject: 'workstation', actor: head, at: clock() },
        payload: { ...desk.store.journalHead(), finding: 'journal-edited', lastGood: 0, reason: 'restored' },
      });
    must(await signInHere());
    expect(must(await accept())).toMatchObject({ outcome: 'applied' });
    Object.assign(cable, { out: true });
    must(await signInHere());
    expect(await accept()).toMatchObject(UNREACHABLE);
    Object.assign(cable, { out: false });
    while (!(await desk.client.health()).ok);
    expect(must(await accept())).toMatchObject({ outcome: 'applied' });
    desk.sessions.end(head);
    expect(must(await accept())).toMatchObject({ outcome: 'refused', code: 'proof-missing' });
  });
});
