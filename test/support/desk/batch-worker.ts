/**
 * A judge's desk as a process of its own, to be killed while it signs: begins a batch of all drafts, or goes on with the one that is not
 * done; ends when there is nothing left to sign. Argument: profile folder. Says `ready` right before it signs.
 */
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { listBatches, resumeBatch, settleBatches, startBatch, type BatchRun } from '../../../main/acts/index.ts';
import { openDesk } from '../../../main/core/index.ts';
import { openDataKey, profilePaths } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { toSign, userOf } from './office-work.ts';

const profileDir = process.argv[2]!;
const key = openDataKey(profileDir, { kind: 'open' });
if (!key.ok) throw new Error(key.error.code);
const clock = () => new Date().toISOString();
const tokenHost = createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') }));
const opened = await openDesk(
  { profileDir, dataKey: key.value, resourcesDir: path.resolve('resources'), registryUrl: null, clock, newId },
  { tokenHost },
);
if (!opened.ok) throw new Error(opened.error.code);
const desk = opened.value;
process.once('disconnect', () => process.exit(1)); // nobody watches any more

const judge = userOf(desk, 'judge')!;
const run: BatchRun = {
  key: { kind: 'pkcs12', file: path.join(profilePaths(profileDir).training, 'keys', 'judge.p12') },
  place: 'judge.p12',
  certificate: null,
  actor: judge,
  display: () => ({ title: '', lines: [] }),
};
settleBatches(desk.batches);
const open = listBatches(desk.store.read, judge).find(({ state }) => state !== 'done');
process.send?.('ready');
const done = open ? await resumeBatch(desk.batches, run, open.id) : await startBatch(desk.batches, run, toSign(desk));
if (!done.ok) throw new Error(done.error.code);
desk.close();
process.exit(0);
