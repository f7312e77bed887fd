/**
 * A desk as a process of its own, to be killed while it raises the signatures of its acts: rounds until nothing is left to raise or send.
 * Arguments: profile folder, address of the timestamp authority. Says `ready` once it is open.
 */
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { openDesk, outboxOf, resume, syncOnce } from '../../../main/core/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';

const [profileDir, url] = [process.argv[2]!, process.argv[3]!];
const { hostname, port } = new URL(url);
const key = openDataKey(profileDir, { kind: 'open' });
if (!key.ok) throw new Error(key.error.code);
const opened = await openDesk(
  {
    ...{ profileDir, dataKey: key.value, resourcesDir: path.resolve('resources'), registryUrl: null, newId },
    clock: () => new Date().toISOString(),
    evidenceHosts: [{ host: hostname, port: Number(port), mayBePrivate: true }],
    timestampAuthority: { url, policy: null, level: 'LT' },
  },
  { tokenHost: createTokenHost(() => Promise.resolve(null)) },
);
if (!opened.ok) throw new Error(opened.error.code);
const desk = opened.value;
process.once('disconnect', () => process.exit(1)); // nobody watches any more
resume(desk);
process.send?.('ready');

for (;;) {
  await syncOnce(desk);
  const [refused] = outboxOf(desk).parked;
  if (refused) throw new Error(`${refused.kind} was refused: ${refused.code}`);
  const open = desk.store.read.get<{ n: number }>('SELECT count(*) AS n FROM act_raise WHERE next_at IS NOT NULL')!.n;
  if (open === 0 && outboxOf(desk).waiting === 0) break;
}
desk.close();
process.exit(0);
