import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { proveUser, pull, syncOnce } from '../../../main/core/index.ts';
import { adoptPolicy } from '../../../main/intake/index.ts';
import { createTokenHost, type TokenHost, type TokenSession } from '../../../main/token/index.ts';
import { ok } from '../../../shared/result.ts';
import { must, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

const DAY_MS = 86_400_000;
let office: TrainingOffice;
/** How far the clock of the desk is off. */
let offMs = 0;
beforeEach(async () => {
  offMs = 0;
  office = await trainingOffice({ desk: { clock: () => new Date(Date.now() + offMs).toISOString() } });
  must(await pull(office.desk));
});
afterEach(() => office.close());

const tokenHost = createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') }));
/** A key before whose signature something happens, as while a token asks for its PIN. */
const atSignature = (happens: () => Promise<void>): TokenHost => ({
  ...tokenHost,
  open: async (key, display) => {
    const opened = await tokenHost.open(key, display);
    if (!opened.ok) return opened;
    const sign: TokenSession['sign'] = async (text) => {
      await happens();
      return opened.value.sign(text);
    };
    return ok({ ...opened.value, sign });
  },
});
async function signIn(role: 'secretary' | 'judge', by: TokenHost = tokenHost): Promise<string> {
  const user = await proveUser(office.desk, by, office.keyOf(role), { title: '', lines: [] });
  return user.ok ? 'in' : user.error.code;
}
async function losesTheLine(): Promise<void> {
  await office.registry.close();
}

describe('signing in without a line', () => {
  it('is for those who signed in here with one, for as many days as the court allows', async () => {
    expect(await signIn('secretary')).toBe('in');
    await losesTheLine();
    expect(await signIn('judge')).toBe('offline-sign-in-new');
    offMs = 13 * DAY_MS;
    expect(await signIn('secretary')).toBe('in');
    // what was begun without a line does not lengthen it
    offMs = 14 * DAY_MS + 3_600_000;
    expect(await signIn('secretary')).toBe('offline-sign-in-over');
    expect(office.desk.sessions.isOpen(office.desk.store.read.get<{ id: string }>('SELECT user_id AS id FROM user_session')!.id)).toBe(
      false,
    );
  });

  it('is not lengthened by a clock that is set back', async () => {
    expect(await signIn('secretary')).toBe('in');
    await losesTheLine();
    offMs = 12 * DAY_MS;
    expect(await signIn('secretary')).toBe('in');
    offMs = DAY_MS;
    expect(await signIn('secretary')).toBe('clock-set-back');
    offMs = 12 * DAY_MS - 60_000; // put right by a minute
    expect(await signIn('secretary')).toBe('in');
  });

  it('is no other where the line goes after the challenge', async () => {
    expect(await signIn('secretary')).toBe('in');
    offMs = 12 * DAY_MS;
    must(await pull(office.desk)); // as late it has been
    offMs = DAY_MS;
    const cut = atSignature(losesTheLine);
    expect(await signIn('judge', cut)).toBe('clock-set-back');
    expect(await signIn('secretary', cut)).toBe('clock-set-back');
    offMs = 12 * DAY_MS;
    expect(await signIn('judge', cut)).toBe('offline-sign-in-new');
    expect(office.desk.store.read.all("SELECT id FROM user_session WHERE state = 'new' AND ended_at IS NULL")).toEqual([]);
    expect(await signIn('secretary')).toBe('in');
  });

  it('is shut at a workstation that a round has heard of as revoked', async () => {
    expect(await signIn('secretary')).toBe('in');
    const headers = { authorization: `Bearer ${office.registry.adminToken}` };
    const { workstations } = (await (await fetch(`${office.registry.url}/v1/admin/workstations`, { headers })).json()) as {
      workstations: { id: string }[];
    };
    await fetch(`${office.registry.url}/v1/admin/workstations/${workstations[0]!.id}/revoke`, { method: 'POST', headers });
    expect(await syncOnce(office.desk)).toMatchObject({ ok: false, error: { code: 'workstation-revoked' } });
    await losesTheLine();
    expect(await signIn('secretary')).toBe('workstation-revoked');
  });

  it('is shut by a court that allows no day', async () => {
    expect(await signIn('secretary')).toBe('in');
    office.desk.store.write((tx) => {
      adoptPolicy(tx, { offlineSignInDays: 0, idleLockMinutes: 10, by: office.desk.config.newId() }, office.desk.config.clock());
    });
    expect(await signIn('secretary')).toBe('in'); // with the line
    await losesTheLine();
    offMs = 60_000;
    expect(await signIn('secretary')).toBe('offline-sign-in-over');
  });
});
