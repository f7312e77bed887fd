/**
 * The secretary of a training desk before its window opens, as a process of its own: `prepare N` has so many claims before the judge,
 * their rulings drafted; `acts DIR` writes every signed act. Arguments: profile folder, address of the registry, what to do.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { finishWork, makeSamples, openDesk, submitSample, syncOnce } from '../../../main/core/index.ts';
import { readFiling } from '../../../main/intake/index.ts';
import { registerFiling } from '../../../main/registration/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { signIn } from '../desk/office-work.ts';
import { tickChecks } from '../desk/tick-checks.ts';

const [profileDir, registryUrl, task, value] = process.argv.slice(2) as [string, string, 'prepare' | 'acts', string];
const clock = () => new Date().toISOString();
const resourcesDir = path.resolve('resources');
const must = <T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const tokenHost = createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') }));
const dataKey = must(openDataKey(profileDir, { kind: 'open' }));
const desk = must(await openDesk({ profileDir, dataKey, resourcesDir, registryUrl, clock, newId }, { tokenHost }));

if (task === 'prepare') {
  const [claim] = must(await makeSamples({ profileDir, resourcesDir, clock, sampleFilings: 1 }));
  const ids: string[] = [];
  for (let n = 0; n < Number(value); n++) ids.push(must(await submitSample(registryUrl, claim!, newId())).id);
  must(await syncOnce(desk));
  const actor = (await signIn(desk, 'secretary'))!;
  must(await finishWork(desk));
  for (const id of ids) {
    tickChecks(desk, id, actor);
    must(registerFiling(desk.registration, { id, revision: readFiling(desk.store.read, id)!.revision, actor }, { joinsCase: null }));
  }
  must(await finishWork(desk));
  must(await syncOnce(desk));
  desk.sessions.end(actor);
} else {
  for (const { sha256 } of desk.store.read.all<{ sha256: string }>(
    'SELECT signed_sha256 AS sha256 FROM act WHERE signed_sha256 IS NOT NULL',
  ))
    writeFileSync(path.join(value, `${sha256}.pdf`), (await desk.blobs.readAll(sha256, 1 << 26))!);
}
desk.close();
process.exit(0);
