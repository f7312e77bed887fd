import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { createProfile, makeSamples } from '../../../main/core/index.ts';
import { submitFiling } from '../../../main/sync/index.ts';
import type { SampleFiling } from '../../../main/training/index.ts';
import { startFaultProxy } from '../fault-proxy.ts';
import type { PostgresCluster } from '../registry/postgres-cluster.ts';
import { startRegistryProcess, type RegistryProcess } from '../registry/registry-process.ts';
import { seededRandom } from '../seeded-random.ts';
import { tempDir } from '../temp-dir.ts';
import { must, RESOURCES } from './training-office.ts';

export type KillPlan = {
  readonly seed: number;
  /** Of the desk and of the registry in turn. */
  readonly kills: number;
  readonly filings: number;
  /** How often PostgreSQL is ended as by a power cut, over the whole run. */
  readonly databaseRestarts: number;
};
export type KillRun = {
  readonly deskKills: number;
  readonly registryKills: number;
  readonly databaseRestarts: number;
  readonly requests: number;
  /** Attempts to submit; more than there are filings when the registry died under some. */
  readonly submissions: number;
  readonly database: string;
  readonly profileDir: string;
  readonly registry: RegistryProcess;
  close(): Promise<void>;
};

/** The longest anything lives after it has started: so many requests of the desk, and so many milliseconds after the last of them. */
const MOST_REQUESTS = 60;
const MOST_MS = 60;
/** Every so many filings one comes with a paper that goes up in several parts. */
const LARGE_EVERY = 4;
const LARGE_BYTES = 2_500_000;

/**
 * Kills desk and registry in turn while filings are submitted, pulled, registered, signed, uploaded and sent, and lets the desk finish
 * its work at the end. What is left is for the caller to judge.
 */
export async function killInTurn(cluster: PostgresCluster, plan: KillPlan): Promise<KillRun> {
  const random = seededRandom(plan.seed);
  const clock = () => new Date().toISOString();
  const database = await cluster.freshDatabase();
  const args = ['--database', database, '--data', tempDir(), '--mode', 'training'];
  let registry = await startRegistryProcess([...args, '--port', '0']);
  const line = await startFaultProxy(registry.ready.url);
  const { port } = new URL(registry.ready.url);
  const profileDir = path.join(tempDir(), 'desk');
  const enrolmentCode = registry.ready.courts.find((court) => court.code === '9900')!.enrolmentCode;
  const enrolment = { profileDir, registryUrl: line.url, enrolmentCode, training: true, clock, newId };
  must(await createProfile({ ...enrolment, protector: { kind: 'open' } }));
  const samples = must(await makeSamples({ profileDir, resourcesDir: RESOURCES, clock, sampleFilings: plan.filings }));

  /** Gone on with whenever the registry has started anew. */
  let up = Promise.resolve();
  let submissions = 0;
  const submitAll = createQueue(async (place: number) => {
    const { folder, files } = place % LARGE_EVERY === 0 ? withLargePaper(samples[place]!, random) : samples[place]!;
    const read = (name: string) => Promise.resolve(files.get(name) ?? null);
    const [idempotencyKey, places] = [newId(), new Map<string, string>()];
    for (;;) {
      await up;
      submissions++;
      const sent = await submitFiling({ registryUrl: registry.ready.url, folder, read, idempotencyKey, places });
      if (sent.ok) return;
      if (sent.error.next !== 'retry-later') throw new Error(`${sent.error.code} ${JSON.stringify(sent.error.params)}`);
    }
  });

  const counts = { desk: 0, registry: 0, databaseRestarts: 0 };
  let restarting = Promise.resolve();
  let worker = startWorker(profileDir, plan.filings);
  for (let kill = 0, submitted = 0; kill < plan.kills; kill++) {
    for (; submitted < plan.filings && submitted <= (kill * plan.filings) / plan.kills; submitted++) submitAll.add(submitted);
    const restartsDatabase = counts.databaseRestarts < Math.floor(((kill + 1) * plan.databaseRestarts) / plan.kills);
    const victim: ChildProcess = kill % 2 === 0 ? worker : registry.child;
    const before = line.asked.length;
    const at = before + 1 + Math.floor(random() * MOST_REQUESTS);
    const databaseAt = before + 1 + Math.floor(random() * (at - before));
    const lateMs = random() < 0.5 ? 0 : random() * MOST_MS;
    if (victim.exitCode !== null) throw new Error(`what was to be killed had ended before: ${registry.log()}`);
    const died = once(victim, 'exit');
    let restarts = restartsDatabase;
    const crashed = once(worker, 'exit').then(([code]) => (code === null ? null : Promise.reject(new Error('the desk ended by itself'))));
    const reached = new Promise<void>((resolve) => {
      line.onRequest = (count) => {
        if (restarts && count >= databaseAt) {
          restarts = false;
          counts.databaseRestarts++;
          restarting = cluster.restart();
        }
        if (count >= at) resolve();
      };
    });
    await Promise.race([reached, crashed]);
    line.onRequest = null;
    if (lateMs > 0) await new Promise((resolve) => setTimeout(resolve, lateMs));
    victim.kill('SIGKILL');
    await died;
    if (victim.signalCode !== 'SIGKILL') throw new Error('what was to be killed had ended before');
    if (victim === worker) {
      counts.desk++;
      worker = startWorker(profileDir, plan.filings);
    } else {
      counts.registry++;
      up = restarting.then(async () => {
        registry = await startRegistryProcess([...args, '--port', port]);
      });
      await up;
    }
  }
  await restarting;
  await submitAll.done();
  worker.send('finish');
  const [code] = (await once(worker, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the desk did not come to its end: ${code}`);
  return {
    deskKills: counts.desk,
    registryKills: counts.registry,
    databaseRestarts: counts.databaseRestarts,
    requests: line.asked.length,
    submissions,
    database,
    profileDir,
    registry,
    close: async () => {
      await line.close();
      await registry.end('SIGTERM');
    },
  };
}

const startWorker = (profileDir: string, filings: number): ChildProcess =>
  fork(path.resolve('test/support/desk/desk-worker.ts'), [profileDir, String(filings), 'summons'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

/** Does one after the other, and says at the end whether one of them failed. */
function createQueue(work: (place: number) => Promise<void>): { add(place: number): void; done(): Promise<void> } {
  let last = Promise.resolve();
  return {
    add(place) {
      last = last.then(() => work(place));
      last.catch(() => undefined); // told by done
    },
    done: () => last,
  };
}

function withLargePaper({ folder, files }: SampleFiling, random: () => number): Pick<SampleFiling, 'folder' | 'files'> {
  const name = 'large.txt';
  const paper = { ...folder.documents[0]!, file: name, title: name, role: 'other', signatures: [] };
  const text = new Uint8Array(Buffer.alloc(LARGE_BYTES, `${random()} `));
  return { folder: { ...folder, documents: [...folder.documents, paper] }, files: new Map([...files, [name, text]]) };
}
