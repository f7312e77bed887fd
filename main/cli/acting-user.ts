import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { proveUser, readUser, recordSignIn, type User } from '../core/index.ts';
import { profilePaths, readSetting, writeSetting } from '../store/index.ts';
import { createTokenHost, type KeyRef } from '../token/index.ts';
import { TRAINING_PIN } from '../training/index.ts';
import { UsageError, type CliIo } from './cli-io.ts';
import type { OfficeCall, OfficeValues, OfficeVerb, OpenedDesk } from './office-call.ts';

/** Who a command acts for: signing in and out, and what a role may do. */
const USER_SETTING = 'cli.user';

/** The key file of `--key`. */
export const keyRef = (io: CliIo, values: OfficeValues): Extract<KeyRef, { kind: 'pkcs12' }> => {
  if (!values.key || !values['pin-stdin']) throw new UsageError('needs --key FILE.p12 and --pin-stdin');
  return { kind: 'pkcs12', file: path.resolve(io.cwd, values.key) };
};

export async function signIn({ io, desk, values }: OfficeCall): Promise<Result<unknown>> {
  const key = keyRef(io, values);
  const user = await proveUser(desk, desk.tokenHost, key, { title: 'Kense', lines: [] });
  if (!user.ok) return user;
  recordSignIn(desk, user.value, key);
  actAs(desk, user.value);
  return ok({ user: user.value.id, name: user.value.name, roles: user.value.roles });
}

/** Later commands act as this person until the session is over; its key lies in the encrypted profile meanwhile. */
function actAs({ store, sessions }: OpenedDesk, user: User): void {
  sessions.keep(user.id);
  store.write((tx) => writeSetting(tx, USER_SETTING, user.id));
}

/** Forgets the key of the session, and tells the registry when there is a line; else the next sync does. */
export async function signOut({ desk }: OfficeCall): Promise<Result<unknown>> {
  const user = readSetting<string>(desk.store.read, USER_SETTING);
  if (!user) return fail('not-signed-in');
  desk.sessions.end(user);
  const at = desk.config.clock();
  desk.store.write((tx) => {
    writeSetting(tx, USER_SETTING, NOBODY);
    tx.journal({ at, actor: user, action: 'session.signed-out', subject: null, details: {} });
  });
  const told = await desk.sessions.handIn();
  return ok({ user, told: told.ok });
}

/** A look at a filing goes into the journal like a change; by nobody where nobody has signed in. */
export function journalLook({ store, config }: OpenedDesk, action: string, subject: string): void {
  const actor = readSetting<string>(store.read, USER_SETTING) || null;
  store.write((tx) => tx.journal({ at: config.clock(), actor, action, subject, details: {} }));
}

/** After signing out nobody does, until somebody signs in. */
const NOBODY = '';

/** Who acts. In training, where nobody has signed in yet, the training secretary does, proved by the key of the kit. */
export async function actingUser(desk: OpenedDesk): Promise<Result<User>> {
  const id = readSetting<string>(desk.store.read, USER_SETTING);
  if (id === NOBODY) return fail('not-signed-in');
  if (id !== null) {
    const user = readUser(desk.store.read, id);
    if (!user) return fail('user-inactive');
    return desk.profile.mode === 'training' || desk.sessions.isOpen(id) ? ok(user) : fail('session-over');
  }
  if (desk.profile.mode !== 'training') return fail('not-signed-in');
  const key = { kind: 'pkcs12', file: path.join(profilePaths(desk.config.profileDir).training, 'keys', 'secretary.p12') } as const;
  const user = await proveUser(
    desk,
    createTokenHost(() => Promise.resolve({ pin: Buffer.from(TRAINING_PIN) })),
    key,
    { title: 'Kense', lines: [] },
  );
  if (!user.ok) return user;
  recordSignIn(desk, user.value, key);
  actAs(desk, user.value);
  return user;
}

async function inRole(desk: OpenedDesk, ...roles: readonly string[]): Promise<Result<User>> {
  const user = await actingUser(desk);
  return user.ok && !user.value.roles.some((role) => roles.includes(role)) ? fail('role-not-allowed') : user;
}
export function courtOfficial(desk: OpenedDesk): Promise<Result<User>> {
  return inRole(desk, 'secretary', 'office-head', 'judge');
}
export function judgeAlone(desk: OpenedDesk): Promise<Result<User>> {
  return inRole(desk, 'judge');
}
/** Whoever prepares acts or signs them. */
export function preparing(desk: OpenedDesk): Promise<Result<User>> {
  return inRole(desk, 'secretary', 'judge');
}
export function headOrJudge(desk: OpenedDesk): Promise<Result<User>> {
  return inRole(desk, 'office-head', 'judge');
}

export function secretary(desk: OpenedDesk): Promise<Result<User>> {
  return inRole(desk, 'secretary', 'office-head');
}

export function head(desk: OpenedDesk): Promise<Result<User>> {
  return inRole(desk, 'office-head');
}

export function headOrAdmin(desk: OpenedDesk): Promise<Result<User>> {
  return inRole(desk, 'office-head', 'admin');
}

/** A look at what lies at the desk. On a training desk nobody need have signed in yet. */
export function looking(look: (call: OfficeCall) => Promise<Result<unknown>> | Result<unknown>): OfficeVerb {
  return async (call) => {
    const { store, profile } = call.desk;
    if (profile.mode === 'training' && readSetting(store.read, USER_SETTING) === null) return look(call);
    const user = await courtOfficial(call.desk);
    return user.ok ? look(call) : user;
  };
}

/** A verb of a person in a role. */
export function by(
  role: (desk: OpenedDesk) => Promise<Result<User>>,
  work: (call: OfficeCall, user: User) => Promise<Result<unknown>> | Result<unknown>,
): OfficeVerb {
  return async (call) => {
    const user = await role(call.desk);
    return user.ok ? work(call, user.value) : user;
  };
}
