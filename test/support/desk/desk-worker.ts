/**
 * The desk of a secretary and a judge as a process of its own, to be killed: both sign in, it pulls, registers whatever is open, summons,
 * signs, sends; ends when nothing is left. Arguments: profile folder, how many filings there are to be in the end. With `summons` as the third each
 * case gets a hearing and a summons that goes up in several parts, and the desk goes on until it is told to finish. Says `ready` once it is open.
 */
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { finishWork, openDesk, outboxOf, pull, push, resume, type Desk } from '../../../main/core/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { registerOpen, signIn, signOpen } from './office-work.ts';
import { summon } from './summon.ts';

const [profileDir, expected, summons] = [process.argv[2]!, Number(process.argv[3]), process.argv[4] === 'summons'];
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
process.once('disconnect', () => process.exit(1)); // nobody watches any more
desk.sessions.endLeftOver();
resume(desk);
process.send?.('ready');

let mayEnd = !summons;
process.on('message', () => {
  mayEnd = true;
});
const count = (sql: string) => desk.store.read.get<{ n: number }>(sql)!.n;

for (;;) {
  await pull(desk);
  const [secretary, judge] = [await signIn(desk, 'secretary'), await signIn(desk, 'judge')];
  if (secretary) await registerOpen(desk, secretary);
  if (secretary && summons) await summonAll(desk, secretary);
  await finishWork(desk);
  if (judge) await signOpen(desk, judge);
  await push(desk);
  const [refused] = outboxOf(desk).parked;
  if (refused) throw new Error(`${refused.kind} was refused: ${refused.code}`);
  const registered = count('SELECT count(*) AS n FROM filing WHERE registered_at IS NOT NULL');
  const drafts = count("SELECT count(*) AS n FROM act WHERE state = 'draft'");
  if (mayEnd && registered === expected && drafts === 0 && outboxOf(desk).waiting === 0) break;
}
await push(desk);
desk.close();
process.exit(0);

async function summonAll(office: Desk, actor: string): Promise<void> {
  const cases = office.store.read.all<{ id: string }>(
    `SELECT id FROM filing WHERE case_number IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.subject = filing.id AND kind = 'summons.issue')`,
  );
  for (const { id } of cases) await summon(office, id, actor);
}
