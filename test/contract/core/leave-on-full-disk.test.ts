import { afterAll, beforeAll, expect, it } from 'vitest';
import { sessionChannels } from '../../../main/core/channels/session-channels.ts';
import type { CoreContext } from '../../../main/core/core-context.ts';
import { pull } from '../../../main/core/index.ts';
import { SessionHolder } from '../../../main/core/session.ts';
import type { Session } from '../../../shared/contract/index.ts';
import { must, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
let userId: string;
beforeAll(async () => {
  office = await trainingOffice();
  must(await pull(office.desk));
  userId = await signInAs(office, 'secretary');
});
afterAll(() => office.close());

const noRoom = () => {
  throw Object.assign(new Error('no space left'), { code: 'SQLITE_FULL' });
};

/** The window of somebody who is two things, on a disk with or without room. */
function windowOf(disk: 'room' | 'full') {
  const told: (Session | null)[] = [];
  const session = new SessionHolder((now) => told.push(now));
  const user = { id: userId, name: 'Хатшы', roles: ['secretary', 'admin'] as const, lastSignInAt: null };
  session.begin(user, { kind: 'pkcs12', file: 'x.p12' }, office.desk.config.clock());
  told.length = 0;
  const { store } = office.desk;
  const desk = disk === 'room' ? office.desk : { ...office.desk, store: { read: store.read, write: noRoom } };
  const context = { desk, session, emit: () => {}, nudge: () => {} } as unknown as CoreContext;
  return { session, told, channels: sessionChannels(context) };
}
const entries = (action: string) => office.desk.store.read.all('SELECT 1 FROM journal WHERE action = ?', action).length;

it('whoever signs out is signed out, with room for an entry and without', async () => {
  for (const [disk, kept] of [['full', 0] as const, ['room', 1] as const]) {
    const { session, told, channels } = windowOf(disk);
    expect(await channels['session.sign-out']({}, session.get()!)).toEqual({ ok: true, value: null });
    expect([session.get(), told]).toEqual([null, [null]]);
    expect(entries('session.signed-out')).toBe(kept);
  }
});

it('no role is used without an entry', async () => {
  const full = windowOf('full');
  expect(() => full.channels['session.use-role']({ role: 'admin' }, full.session.get()!)).toThrow('no space left');
  expect([full.session.get()?.activeRole, full.told]).toEqual(['secretary', []]);
  const { session, told, channels } = windowOf('room');
  expect(await channels['session.use-role']({ role: 'judge' }, session.get()!)).toMatchObject({ error: { code: 'role-not-allowed' } });
  expect(entries('session.role-used')).toBe(0);
  expect(await channels['session.use-role']({ role: 'admin' }, session.get()!)).toMatchObject({ ok: true });
  expect([session.get()?.activeRole, told.length, entries('session.role-used')]).toEqual(['admin', 1, 1]);
});
