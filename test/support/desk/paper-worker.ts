/**
 * A counter as a process of its own, to be killed: takes the filings of the given ids out of a folder, registers what is open, sends; ends when the
 * registry has them all. Arguments: profile folder, ids with commas between. Says `ready` once it is open.
 */
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { finishWork, openDesk, outboxOf, pull, push, resume } from '../../../main/core/index.ts';
import { takeFolder } from '../../../main/paper/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { registerOpen, signIn } from './office-work.ts';

const [profileDir, ids] = [process.argv[2]!, process.argv[3]!.split(',')];
const clock = () => new Date().toISOString();
const key = openDataKey(profileDir, { kind: 'open' });
if (!key.ok) throw new Error(key.error.code);
const tokenHost = createTokenHost(() => Promise.resolve(null));
const config = { profileDir, dataKey: key.value, resourcesDir: path.resolve('resources'), registryUrl: null, clock, newId };
const opened = await openDesk(config, { tokenHost });
if (!opened.ok) throw new Error(opened.error.code);
const desk = opened.value;
process.once('disconnect', () => process.exit(1)); // nobody watches any more
desk.sessions.endLeftOver();
resume(desk);
process.send?.('ready');

const secretary = (await signIn(desk, 'secretary'))!;
for (const id of ids) {
  const folder = {
    ...{ court: '9900', kind: 'claim', language: 'kk' },
    parties: [{ side: 'claimant', type: 'person', iin: '870131400012', name: 'Әлия Өмірбекова' }],
    documents: [{ role: 'claim', title: 'Талап қою', file: `${id}.txt`, signatures: [] }],
  };
  const taken = await takeFolder(desk.paper, { id, actor: secretary }, { folder, read: (name) => Promise.resolve(Buffer.from(name)) });
  if (!taken.ok) throw new Error(taken.error.code);
  await desk.verify(id);
  await registerOpen(desk, secretary);
  await finishWork(desk);
  await push(desk);
}
do {
  await pull(desk);
  await registerOpen(desk, secretary);
  await finishWork(desk);
  await push(desk);
} while (outboxOf(desk).waiting > 0);
const [refused] = outboxOf(desk).parked;
if (refused) throw new Error(`${refused.kind} was refused: ${refused.code}`);
desk.close();
process.exit(0);
