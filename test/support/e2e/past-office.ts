/**
 * The work of last month in a training office, as a process of its own: claims registered out of their turn, one that was put off with a reason and one
 * without, findings that were gone on in spite of, rulings signed, a filing wiped, reports of the month chosen. Arguments: folder of the user, language.
 */
import path from 'node:path';
import { v7 as newId } from 'uuid';
import {
  checkToRegister,
  createProfile,
  finishWork,
  makeSamples,
  openDesk,
  pull,
  setSchedule,
  submitSample,
  syncOnce,
  viewFiling,
} from '../../../main/core/index.ts';
import { postponeFilings, readFiling } from '../../../main/intake/index.ts';
import { wipeFilings } from '../../../main/journal/wipe-filings.ts';
import { overrideFinding, registerFiling } from '../../../main/registration/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { startRegistry } from '../../../registry/index.ts';
import { signIn, signOpen } from '../desk/office-work.ts';
import { tickChecks } from '../desk/tick-checks.ts';
import { PUT_OFF_FOR, WENT_ON_FOR } from './past-words.ts';

const [folder, language] = process.argv.slice(2) as [string, 'kk' | 'ru'];
const profileDir = path.join(folder, 'training');
const resourcesDir = path.resolve('resources');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** On a Tuesday of last month, 10:00 in the court. */
let now = new Date(new Date().setUTCDate(0)).setUTCHours(5, 0, 0, 0);
while (new Date(now).getUTCDay() !== 2 || new Date(now).getUTCDate() > 14) now -= DAY_MS;
const clock = () => new Date(now).toISOString();
const pass = (hours: number) => (now += hours * HOUR_MS);
const must = <T>(result: { ok: true; value: T } | { ok: false; error: { code: string; params?: object } }): T => {
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.params ?? {})}`);
  return result.value;
};

const registry = await startRegistry({
  database: 'embedded',
  dataDir: path.join(folder, 'training-registry'),
  mode: 'training',
  clock,
  newId,
});
const { enrolmentCode } = registry.courts[0]!;
must(
  await createProfile({ profileDir, registryUrl: registry.url, enrolmentCode, training: true, protector: { kind: 'open' }, clock, newId }),
);
const samples = must(await makeSamples({ profileDir, resourcesDir, clock, sampleFilings: 2 }));
const tokenHost = createTokenHost(() => Promise.resolve({ pin: Buffer.from('123456') }));
const dataKey = must(openDataKey(profileDir, { kind: 'open' }));
const desk = must(await openDesk({ profileDir, dataKey, resourcesDir, registryUrl: registry.url, clock, newId }, { tokenHost }));
must(await syncOnce(desk));

const good = samples.find(({ story, folder: sent }) => story === 'good' && sent.kind === 'claim')!;
let made = 0;
/** The good claim with other bytes and a receipt of its own; nobody has signed it, which is an error that a person may go on in spite of. */
async function claim(): Promise<string> {
  const copy = structuredClone(good.folder);
  copy.documents.splice(1);
  copy.documents[0]!.signatures = [];
  copy.payment!.number = `77${++made}`;
  const name = copy.documents[0]!.file;
  const files = new Map([[name, new Uint8Array([...good.files.get(name)!, 10, made])]]);
  const { id } = must(await submitSample(registry.url, { folder: copy, files }, newId()));
  must(await pull(desk));
  must(await finishWork(desk));
  return id;
}
const seen = (id: string, actor: string) => ({ id, revision: readFiling(desk.store.read, id)!.revision, actor });
async function enter(id: string, actor: string): Promise<void> {
  await checkToRegister(desk, id);
  const open = () =>
    viewFiling(desk, id, 'secretary')!.anomalies.filter(({ severity, override }) => severity === 'error' && override === null);
  for (const { id: finding } of open())
    must(overrideFinding(desk.registration, { ...seen(id, actor), role: 'secretary' }, { finding, reason: WENT_ON_FOR }));
  tickChecks(desk, id, actor);
  must(registerFiling(desk.registration, seen(id, actor), { joinsCase: null }));
}

const secretary = (await signIn(desk, 'secretary'))!;
const head = (await signIn(desk, 'office-head'))!;
must(setSchedule(desk, { reports: ['registered', 'order'], language }, head));
await claim();
const put = await claim();
pass(1);
must(
  postponeFilings(desk.registration, {
    ids: [put],
    until: new Date(now + 30 * HOUR_MS).toISOString(),
    reason: PUT_OFF_FOR,
    actor: secretary,
  }),
);
pass(2);
const early: string[] = [];
for (let n = 0; n < 6; n++) early.push(await claim());
pass(1);
for (const id of early) await enter(id, secretary);
must(await finishWork(desk));
must(await syncOnce(desk));
await signOpen(desk, (await signIn(desk, 'judge'))!);
must(await finishWork(desk));
must(await syncOnce(desk));
must(await syncOnce(desk));
// by the function alone: no filing of a fresh desk is beyond its term
await wipeFilings(desk.store, desk.blobs, early.slice(0, 1), { actor: head, reason: '—', clock });
must(await syncOnce(desk));
desk.close();
await registry.close();
process.exit(0);
