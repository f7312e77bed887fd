/**
 * A clerk's desk as a process of its own, to be killed: pulls, registers whatever is open, signs, sends; ends when nothing is left.
 * Arguments: profile folder, how many filings there are to be in the end. Says `ready` once the desk is open.
 */
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { listActs, reviewAct, signAct } from '../../../main/acts/index.ts';
import { finishWork, openDesk, outboxOf, pull, push, resume, type Desk } from '../../../main/core/index.ts';
import { listQueue, readFiling } from '../../../main/intake/index.ts';
import { flagFiling, registerFiling } from '../../../main/registration/index.ts';
import { openDataKey, profilePaths } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { tickChecks } from './tick-checks.ts';

const [profileDir, expected] = [process.argv[2]!, Number(process.argv[3])];
const clock = () => new Date().toISOString();
const key = openDataKey(profileDir, { kind: 'open' });
if (!key.ok) throw new Error(key.error.code);
const tokenHost = createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') }));
const opened = await openDesk(
  { profileDir, dataKey: key.value, resourcesDir: path.resolve('resources'), registryUrl: null, clock, newId },
  { tokenHost },
);
if (!opened.ok) throw new Error(opened.error.code);
const desk = opened.value;
resume(desk);
process.send?.('ready');

const userOf = (role: string) =>
  desk.store.read.get<{ id: string }>('SELECT id FROM app_user WHERE EXISTS (SELECT 1 FROM json_each(roles) WHERE value = ?)', role)?.id;

for (;;) {
  await pull(desk);
  registerOpen(desk);
  await finishWork(desk);
  await signOpen(desk);
  await push(desk);
  const { registered } = desk.store.read.get<{ registered: number }>(
    'SELECT count(*) AS registered FROM filing WHERE registered_at IS NOT NULL',
  )!;
  const drafts = desk.store.read.get<{ n: number }>("SELECT count(*) AS n FROM act WHERE state = 'draft'")!.n;
  if (registered === expected && drafts === 0 && outboxOf(desk).waiting === 0) break;
}
await push(desk);
desk.close();

function registerOpen(office: Desk): void {
  const actor = userOf('secretary');
  if (!actor) return;
  for (const { id } of listQueue(office.store.read, office.reference, clock(), 'open', '').rows) {
    const seen = () => ({ id, revision: readFiling(office.store.read, id)!.revision, actor });
    const { intake, signature } = readFiling(office.store.read, id)!;
    if (intake === 'arriving' || signature === 'not-checked') continue;
    if (signature === 'valid') tickChecks(office, id, actor);
    else flagFiling(office.registration, seen(), [{ code: 'signature', note: null }]);
    registerFiling(office.registration, seen(), { joinsCase: null });
  }
}

async function signOpen(office: Desk): Promise<void> {
  const actor = userOf('judge');
  if (!actor) return;
  const file = path.join(profilePaths(profileDir).training, 'keys', 'judge.p12');
  for (const act of listActs(office.store.read, { reference: office.reference, now: clock() }, actor, 'to-sign')) {
    const revision = act.reviewed ? act.revision : act.revision + 1;
    if (!act.reviewed) reviewAct({ store: office.store, clock }, { id: act.id, revision: act.revision, sha256: act.sha256, actor });
    await signAct(office.acts, {
      actId: act.id,
      revision,
      sha256: act.sha256,
      actor,
      key: { kind: 'pkcs12', file },
      display: { title: '', lines: [] },
    });
  }
}
