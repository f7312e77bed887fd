import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProfile, finishWork, makeSamples, openDesk, pull, push, submitSample, syncOnce } from '../../main/core/index.ts';
import { openDataKey } from '../../main/store/index.ts';
import { createTokenHost } from '../../main/token/index.ts';
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy.ts';
import { expectWhole } from '../support/desk/expect-whole.ts';
import { must, register, RESOURCES, sampleOf, signInAs, trainingOffice } from '../support/desk/training-office.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { findPostgres, startPostgresCluster, type PostgresCluster } from '../support/registry/postgres-cluster.ts';
import { tempDir } from '../support/temp-dir.ts';

const programs = findPostgres();
const KILLS = 10;
const FILINGS = 5;
/** The longest a round of kills waits for: so many requests of the desk. */
const MOST_REQUESTS = 30;
const clock = () => new Date().toISOString();

describe.skipIf(programs === null)('with PostgreSQL behind the registry', () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgresCluster(programs!);
  });
  afterAll(() => cluster?.stop());

  it(`desk and registry killed ${KILLS} times in turn lose nothing and double nothing`, { timeout: 300_000 }, async () => {
    const seed = Number(process.env['KENSE_SEED'] ?? 20261122);
    const random = seededRandom(seed);
    const args = ['--database', await cluster.freshDatabase(), '--data', tempDir(), '--mode', 'training'];
    let registry = await startRegistryProcess([...args, '--port', '0']);
    const line: FaultProxy = await startFaultProxy(registry.url);
    const port = new URL(registry.url).port;
    const profileDir = path.join(tempDir(), 'desk');
    const created = { profileDir, registryUrl: line.url, enrolmentCode: registry.enrolmentCode, training: true, clock, newId };
    must(await createProfile({ ...created, protector: { kind: 'open' } }));
    const samples = must(await makeSamples({ profileDir, resourcesDir: RESOURCES, clock, sampleFilings: FILINGS }));
    for (const sample of samples) must(await submitSample(registry.url, sample, newId()));

    const desk = () =>
      fork(path.resolve('test/support/desk/desk-worker.ts'), [profileDir, String(FILINGS)], {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
    let worker: ChildProcess | null = null;
    for (let kills = 0; kills < KILLS; kills++) {
      if (worker === null || worker.exitCode !== null || worker.signalCode !== null) worker = desk();
      const victim: ChildProcess = kills % 2 === 0 ? worker : registry.child;
      const died = once(victim, 'exit');
      const at = line.asked.length + 1 + Math.floor(random() * MOST_REQUESTS);
      line.onRequest = (count) => {
        if (count >= at) victim.kill('SIGKILL');
      };
      await Promise.race([died, once(worker, 'exit')]);
      victim.kill('SIGKILL'); // a desk that is done asks no more
      if (victim.exitCode === null && victim.signalCode === null) await died;
      line.onRequest = null;
      if (victim !== worker) registry = await startRegistryProcess([...args, '--port', port]);
    }
    if (worker && worker.exitCode === null && worker.signalCode === null) {
      const gone = once(worker, 'exit');
      worker.kill('SIGKILL');
      await gone;
    }
    const [code] = (await once(desk(), 'exit')) as [number];
    expect(code, `seed ${seed}`).toBe(0);

    const dataKey = must(openDataKey(profileDir, { kind: 'open' }));
    const tokenHost = createTokenHost(() => Promise.resolve(null));
    const opened = must(await openDesk({ profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: null, clock, newId }, { tokenHost }));
    must(await syncOnce(opened));
    await expectWhole(opened, FILINGS);
    expect(opened.store.read.all("SELECT id FROM act WHERE state <> 'dispatched'")).toEqual([]);
    opened.close();
    await line.close();
    const ended = once(registry.child, 'exit');
    registry.child.kill('SIGTERM');
    await ended;
  });

  it.each(['GET /v1/feed', 'PUT /v1/documents/{sha256}', 'POST /v1/commands'])(
    'PostgreSQL starting anew in the middle of %s',
    async (point) => {
      let line: FaultProxy | null = null;
      const office = await trainingOffice({
        registry: { database: await cluster.freshDatabase(), dataDir: null },
        line: async (url) => (line = await startFaultProxy(url)).url,
      });
      must(await syncOnce(office.desk));
      const secretary = await signInAs(office, 'secretary');
      const { id } = await office.submit(sampleOf(office, 'good', 'claim'));
      if (point !== 'GET /v1/feed') {
        must(await pull(office.desk));
        must(register(office, id, secretary));
        must(await finishWork(office.desk));
      }
      const restarts: Promise<void>[] = [];
      line!.onRequest = () => {
        if (line!.asked.at(-1) === point && restarts.length === 0) restarts.push(cluster.restart());
      };
      await syncOnce(office.desk);
      expect(restarts).toHaveLength(1);
      await Promise.all(restarts);
      must(await pull(office.desk));
      if (point === 'GET /v1/feed') must(register(office, id, secretary));
      must(await finishWork(office.desk));
      await push(office.desk);
      must(await syncOnce(office.desk));
      must(await syncOnce(office.desk));
      await expectWhole(office.desk, 1);
      await office.close();
      await line!.close();
    },
  );
});

async function startRegistryProcess(args: string[]): Promise<{ child: ChildProcess; url: string; enrolmentCode: string }> {
  const child = spawn(process.execPath, [path.resolve('registry/main.ts'), ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [first] = (await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('the registry did not start'))),
  ])) as [Buffer];
  const { url, courts } = JSON.parse(first.toString()) as { url: string; courts: { code: string; enrolmentCode: string }[] };
  return { child, url, enrolmentCode: courts.find((court) => court.code === '9900')!.enrolmentCode };
}
