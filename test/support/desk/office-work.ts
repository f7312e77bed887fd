import path from 'node:path';
import { listActs, reviewAct, signAct } from '../../../main/acts/index.ts';
import { checkToRegister, proveUser, recordSignIn, type Desk } from '../../../main/core/index.ts';
import { listDispatches, proposedRecipients, readDispatch, sendDispatch } from '../../../main/dispatch/index.ts';
import { listQueue, readFiling } from '../../../main/intake/index.ts';
import { flagFiling, registerFiling } from '../../../main/registration/index.ts';
import { profilePaths } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { tickChecks } from './tick-checks.ts';

/** What people of the office do on a training profile, also without a line. */
type Role = 'secretary' | 'judge' | 'office-head';

const keyOf = (desk: Desk, role: Role) => path.join(profilePaths(desk.config.profileDir).training, 'keys', `${role}.p12`);

/** Null before the first pull. */
export const userOf = (desk: Desk, role: Role): string | null =>
  desk.store.read.get<{ id: string }>('SELECT id FROM app_user WHERE EXISTS (SELECT 1 FROM json_each(roles) WHERE value = ?)', role)?.id ??
  null;

/** The id of the person whose session is open; null when nobody could sign in. */
export async function signIn(desk: Desk, role: Role): Promise<string | null> {
  const id = userOf(desk, role);
  if (id === null || desk.sessions.isOpen(id)) return id;
  const tokenHost = createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') }));
  const key = { kind: 'pkcs12', file: keyOf(desk, role) } as const;
  const proven = await proveUser(desk, tokenHost, key, { title: '', lines: [] });
  if (!proven.ok) return null;
  recordSignIn(desk, proven.value, key);
  return id;
}

/** Registers what is open, the oldest first, with a marked defect where no signature is sound. Answers how many. */
export async function registerOpen(desk: Desk, actor: string, most = Number.POSITIVE_INFINITY): Promise<number> {
  const { store, reference, config } = desk;
  let registered = 0;
  for (const { id } of listQueue(store.read, reference, config.clock(), { view: 'open' }).rows) {
    if (registered >= most) break;
    await checkToRegister(desk, id);
    const seen = () => ({ id, revision: readFiling(store.read, id)!.revision, actor });
    const { intake, signature } = readFiling(store.read, id)!;
    if (intake === 'arriving' || signature === 'not-checked') continue;
    if (signature === 'valid') tickChecks(desk, id, actor);
    else flagFiling(desk.registration, seen(), [{ code: 'signature', note: null }]);
    if (registerFiling(desk.registration, seen(), { joinsCase: null }).ok) registered++;
  }
  return registered;
}

export type ActToRead = { readonly id: string; readonly filingId: string; readonly sha256: string };

/** The drafts before the judge, in the order of the list. */
export function toSign(desk: Desk): ActToRead[] {
  const { store, reference, config } = desk;
  const acts = listActs(store.read, { reference, now: config.clock() }, userOf(desk, 'judge')!, 'to-sign');
  return acts.map(({ id, filingId, sha256 }) => ({ id, filingId, sha256 }));
}

/** Reads and signs every ruling that waits for the judge, and sends to the parties what was sent to nobody. */
export async function signOpen(desk: Desk, actor: string): Promise<void> {
  const { store, reference, config } = desk;
  const { clock } = config;
  for (const act of listActs(store.read, { reference, now: clock() }, actor, 'to-sign')) {
    const revision = act.reviewed ? act.revision : act.revision + 1;
    if (!act.reviewed) reviewAct({ store, clock }, { id: act.id, revision: act.revision, sha256: act.sha256, actor });
    await signAct(desk.acts, {
      actId: act.id,
      revision,
      sha256: act.sha256,
      actor,
      key: { kind: 'pkcs12', file: keyOf(desk, 'judge') },
      display: { title: '', lines: [] },
    });
  }
  dispatchOpen(desk, actor);
}

/** Sends every signed act that was sent to nobody to those whom the office data names. */
function dispatchOpen({ store, reference, config, dispatch }: Desk, actor: string): void {
  for (const { actId, recipients } of listDispatches(store.read, { judgeId: null, filingId: null }, 'hand').acts) {
    if (recipients.length > 0) continue;
    const seen = readDispatch(store.read, reference, { actId, now: config.clock(), judgeId: null });
    if (seen.ok) sendDispatch(dispatch, { actId, actor, recipients: proposedRecipients(seen.value.people) });
  }
}
