import { createHash, X509Certificate } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { v7 as uuid } from 'uuid';
import { openCore, pull, type Core } from '../../../main/core/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import type { ChannelInput, ChannelName, ChannelOutput, Session } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { must, RESOURCES, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { withoutPrinter } from '../../support/desk/without-printer.ts';

type User = { id: string; court: string; name: string; iin: string | null; roles: string[]; certificates: string[]; active: boolean };

let office: TrainingOffice;
let core: Core;
let sessions: (Session | null)[];
let told: () => void = () => {};
/** The lines of each prompt for a PIN. */
const asked: (readonly string[])[] = [];
beforeEach(async () => {
  office = await trainingOffice();
  must(await pull(office.desk));
  const { clock, newId } = office.desk.config;
  office.desk.close();
  const tokenHost = createTokenHost(({ lines }) => {
    asked.push(lines);
    return Promise.resolve({ pin: Buffer.from('123456') });
  });
  const dataKey = must(openDataKey(office.profileDir, { kind: 'open' }));
  const config = { profileDir: office.profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: null, clock, newId, version: '0.0.0' };
  const shell = {
    ...withoutPrinter,
    chooseDocuments: () => Promise.resolve({ ok: true as const, value: [] }),
    publishDocument: () => Promise.resolve('app://kense/document/0'),
    saveDocument: () => Promise.resolve({ ok: true as const, value: null }),
  };
  core = must(await openCore(config, { tokenHost, shell }));
  sessions = [];
  core.onEvent((event, payload) => {
    if (event !== 'session.changed') return;
    sessions.push(payload as Session | null);
    told();
  });
});
afterEach(async () => {
  await core.close();
  await office.registry.close();
});

const call = <C extends ChannelName>(channel: C, input: ChannelInput<C>) =>
  core.call({ channel, input }, { trusted: true }) as Promise<Result<ChannelOutput<C>>>;
async function asOperator<T>(path: string, body?: object): Promise<T> {
  const init = body ? { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {};
  const headers = { ...('headers' in init ? init.headers : {}), authorization: `Bearer ${office.registry.adminToken}` };
  const answer = await fetch(office.registry.url + path, { ...init, headers });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}
const userOf = async (id: string) => (await asOperator<{ users: User[] }>('/v1/admin/users')).users.find((user) => user.id === id)!;
const entriesOf = async (action: string) => {
  const asked = { from: null, until: null, actor: null, filingId: null, number: null, text: null, upTo: null, offset: 0, limit: 20 };
  return must(await call('journal.list', { ...asked, action })).lines;
};
/** The next session of this kind that the window hears of. */
const untilSession = (fits: (session: Session | null) => boolean) =>
  new Promise<void>((resolve) => {
    const look = () => sessions.some(fits) && resolve();
    told = look;
    look();
  });

describe('in the middle of work', () => {
  it('a revoked person is told so, what was typed is still saved, then nothing can be done and nobody comes in with the key', async () => {
    const session = must(await call('session.sign-in', { optionId: 'secretary.p12' }));
    const user = await userOf(session.userId);
    await asOperator('/v1/admin/users', { ...user, active: false });
    await call('sync.now', {});
    const over = sessions.at(-1);
    expect([over?.over, over?.locked]).toEqual(['user-inactive', false]);
    // the last words of the window
    expect((await call('session.get', {})).ok && (await call('queue.list', { view: 'open' })).ok).toBe(true);
    await untilSession((one) => one?.locked === true);
    expect(await call('queue.list', { view: 'open' })).toMatchObject({ ok: false, error: { code: 'session-locked' } });
    expect(await call('session.unlock', {})).toMatchObject({ ok: false, error: { code: 'user-inactive' } });
    expect(await call('session.sign-in', { optionId: 'secretary.p12' })).toMatchObject({ ok: false, error: { code: 'user-inactive' } });

    must(await call('session.sign-in', { optionId: 'office-head.p12' }));
    const [certificate] = user.certificates.map((pem) => createHash('sha256').update(new X509Certificate(pem).raw).digest('hex'));
    // who was refused is told by the certificate, who lost the session by the person; unlocking asked for no key
    const refused = { actor: null, action: 'session.refused', details: { code: 'user-inactive', certificate } };
    const ended = { actor: null, action: 'session.ended', details: { person: user.id, reason: 'user-inactive' } };
    expect((await entriesOf('session')).slice(1, 3)).toMatchObject([refused, ended]);
  });

  it('who has no role is refused and does not count as signed in', async () => {
    const judge = must(await call('session.sign-in', { optionId: 'judge.p12' }));
    const { userId } = must(await call('session.sign-in', { optionId: 'office-head.p12' }));
    const user = await userOf(judge.userId);
    await asOperator('/v1/admin/users', { ...user, roles: [] });
    must(await call('sync.now', {}));
    const before = (await entriesOf('session.signed-in')).length;
    expect(await call('session.sign-in', { optionId: 'judge.p12' })).toMatchObject({ ok: false, error: { code: 'role-not-allowed' } });
    expect(must(await call('session.get', {}))?.userId).toBe(userId);
    expect(await entriesOf('session.signed-in')).toHaveLength(before);
    const [refused] = await entriesOf('session.refused');
    const [certificate] = user.certificates.map((pem) => createHash('sha256').update(new X509Certificate(pem).raw).digest('hex'));
    expect(refused).toMatchObject({ actor: null, details: { code: 'role-not-allowed', certificate } });
  });

  it('a role that is taken up stands in the journal, once', async () => {
    const { userId } = must(await call('session.sign-in', { optionId: 'office-head.p12' }));
    for (const role of ['admin', 'admin', 'office-head'] as const) must(await call('session.use-role', { role }));
    expect(await call('session.use-role', { role: 'judge' })).toMatchObject({ ok: false });
    const { name } = await userOf(userId);
    const used = (role: string) => ({ actor: name, details: { role } });
    expect(await entriesOf('session.role-used')).toMatchObject([used('office-head'), used('admin')]);
    expect(await entriesOf('session.role-used')).toHaveLength(2);
  });

  it('whose session is over begins anew, not where it was left, and what ends it ends no other', async () => {
    const session = must(await call('session.sign-in', { optionId: 'secretary.p12' }));
    const user = await userOf(session.userId);
    const later = globalThis.setTimeout;
    let end: (() => void) | null = null;
    const timers = vi
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation(((run: () => void, ms: number) => (ms === 1_500 ? void (end = run) : later(run, ms))) as typeof setTimeout);
    const revoke = async () => {
      await asOperator('/v1/admin/users', { ...user, active: false });
      await call('sync.now', {});
      expect(sessions.at(-1)?.over).toBe('user-inactive');
    };
    await revoke();
    await asOperator('/v1/admin/users', user);
    must(await call('sync.now', {}));
    await call('session.lock', {});
    expect(await call('session.unlock', {})).toMatchObject({ ok: false, error: { code: 'user-inactive' } });
    const begun = must(await call('session.sign-in', { optionId: 'secretary.p12' }));
    expect([begun.over, begun.locked]).toEqual([undefined, false]);
    (end as (() => void) | null)?.();
    expect(end).not.toBeNull();
    expect(sessions.at(-1)).toMatchObject({ userId: user.id, locked: false });
    await revoke(); // it is looked at as any other
    timers.mockRestore();
  });

  it('a person who got other roles goes on in one of them, and cannot do what the lost one could', async () => {
    const session = must(await call('session.sign-in', { optionId: 'office-head.p12' }));
    expect(session.roles).toEqual(['office-head', 'admin']);
    const user = await userOf(session.userId);
    await asOperator('/v1/admin/users', { ...user, roles: ['admin', 'judge'] });
    await call('sync.now', {});
    expect(sessions.at(-1)).toMatchObject({ roles: ['judge', 'admin'], activeRole: 'judge' });
    expect(await call('work.load', {})).toMatchObject({ ok: false, error: { code: 'role-not-allowed' } });
    expect(sessions.some((one) => one?.over !== undefined)).toBe(false);
  });

  it('the window is told of other idle minutes without being started anew, and of nothing when they are as before', async () => {
    const told: unknown[] = [];
    core.onEvent((event, payload) => event === 'office.changed' && told.push(payload));
    must(await call('session.sign-in', { optionId: 'office-head.p12' }));
    must(await call('session.use-role', { role: 'admin' }));
    must(await call('administration.configure', { offlineSignInDays: 7, idleLockMinutes: 10 }));
    expect(told).toEqual([]);
    must(await call('administration.configure', { offlineSignInDays: 7, idleLockMinutes: 3 }));
    const office = must(await call('office.get', {}));
    expect(office.idleLockMinutes).toBe(3);
    expect(told).toEqual([office]);
  });

  it('a court that is renamed has its new names in the window and at the next prompt for a PIN', async () => {
    const offices: unknown[] = [];
    core.onEvent((event, payload) => event === 'office.changed' && offices.push(payload));
    must(await call('session.sign-in', { optionId: 'office-head.p12' }));
    must(await call('session.use-role', { role: 'admin' }));
    must(await call('administration.rename-court', { nameKk: 'Өңірлік сот', nameRu: 'Региональный суд' }));
    expect(offices).toMatchObject([{ courtNameKk: 'Өңірлік сот', courtNameRu: 'Региональный суд' }]);
    must(await call('session.lock', {}));
    must(await call('session.unlock', {}));
    expect(asked.at(-1)).toEqual(['Өңірлік сот', 'Региональный суд']);
    expect(asked.at(-2)).not.toContain('Өңірлік сот');
  });

  it('a person who was entered anew with the same certificate comes in as the one who is active', async () => {
    const { userId } = must(await call('session.sign-in', { optionId: 'judge.p12' }));
    const user = await userOf(userId);
    await call('session.sign-out', {});
    await asOperator('/v1/admin/users', { ...user, active: false });
    const anew = uuid();
    await asOperator('/v1/admin/users', { ...user, id: anew });
    must(await call('session.sign-in', { optionId: 'secretary.p12' }));
    must(await call('sync.now', {}));
    expect(must(await call('session.sign-in', { optionId: 'judge.p12' })).userId).toBe(anew);
  });

  it('a revoked workstation lets nobody go on and nobody in, also without a line', async () => {
    must(await call('session.sign-in', { optionId: 'secretary.p12' }));
    const { workstations } = await asOperator<{ workstations: { id: string }[] }>('/v1/admin/workstations');
    await asOperator(`/v1/admin/workstations/${workstations[0]!.id}/revoke`, {});
    await call('sync.now', {});
    expect(sessions.at(-1)?.over).toBe('workstation-revoked');
    await untilSession((one) => one?.locked === true);
    await call('session.sign-out', {});
    for (const line of ['there', 'gone']) {
      if (line === 'gone') await office.registry.close();
      expect(await call('session.sign-in', { optionId: 'judge.p12' })).toMatchObject({ ok: false, error: { code: 'workstation-revoked' } });
    }
  });

  it('a revoked workstation lets nobody in either who signs in before it has heard of it, nor later without a line', async () => {
    must(await call('session.sign-in', { optionId: 'judge.p12' }));
    await call('session.sign-out', {});
    const { workstations } = await asOperator<{ workstations: { id: string }[] }>('/v1/admin/workstations');
    await asOperator(`/v1/admin/workstations/${workstations[0]!.id}/revoke`, {});
    for (const line of ['there', 'gone']) {
      if (line === 'gone') await office.registry.close();
      expect(await call('session.sign-in', { optionId: 'judge.p12' })).toMatchObject({ ok: false, error: { code: 'workstation-revoked' } });
    }
  });
});
