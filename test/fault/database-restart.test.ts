import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishWork, pull, push, syncOnce } from '../../main/core/index.ts';
import { openPostgres } from '../../registry/store/postgres.ts';
import { readFiling } from '../../main/intake/index.ts';
import { watchFeed } from '../../main/sync/index.ts';
import { expectWhole } from '../support/desk/expect-whole.ts';
import { summon } from '../support/desk/summon.ts';
import { must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy.ts';
import { findPostgres, startPostgresCluster, type PostgresCluster } from '../support/registry/postgres-cluster.ts';
import { tempDir } from '../support/temp-dir.ts';

const programs = findPostgres();

describe.skipIf(programs === null)('PostgreSQL that starts anew behind the registry', () => {
  let cluster: PostgresCluster;
  let office: TrainingOffice;
  let line: FaultProxy;
  let secretary: string;
  let submitted = 0;
  beforeAll(async () => {
    cluster = await startPostgresCluster(programs!);
    office = await trainingOffice({
      registry: { database: await cluster.freshDatabase(), dataDir: tempDir() },
      line: async (url) => (line = await startFaultProxy(url)).url,
    });
    must(await syncOnce(office.desk));
    secretary = await signInAs(office, 'secretary');
  });
  afterAll(async () => {
    await office?.close();
    await line?.close();
    await cluster?.stop();
  });
  const submit = async () => (submitted++, (await office.submit(sampleOf(office, 'good', 'claim'))).id);

  it('between two statements of a change is a failure of that change alone', async () => {
    const db = openPostgres(await cluster.freshDatabase());
    const change = db.transaction(async (sql) => {
      await sql.query('SELECT 1');
      await cluster.restart();
      await sql.query('SELECT 1');
    });
    await expect(change).rejects.toThrow();
    expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await db.close();
  });

  it.each([
    'GET /v1/feed',
    'POST /v1/leases/keep',
    'PUT /v1/documents/{sha256}',
    'POST /v1/sign-in/sessions',
    'POST /v1/commands',
    'POST /v1/uploads',
    'PATCH /v1/uploads/{id}',
  ])('in the middle of %s', async (point) => {
    const restarts: Promise<void>[] = [];
    const id = await submit();
    line.onRequest = () => {
      if (line.asked.at(-1) === point && restarts.length === 0) restarts.push(cluster.restart());
    };
    await pull(office.desk);
    await Promise.all(restarts);
    must(await pull(office.desk));
    office.desk.sessions.end(secretary);
    await signInAs(office, 'secretary');
    must(register(office, id, secretary));
    await summon(office.desk, id, secretary);
    must(await finishWork(office.desk));
    await push(office.desk);
    line.onRequest = null;
    expect(restarts).toHaveLength(1);
    await Promise.all(restarts);
    must(await syncOnce(office.desk));
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, submitted);
  });

  it('while a desk waits for the feed to go on: it hears of the next filing', async () => {
    const { store, client } = office.desk;
    const held = async () => /_held_polls 1\n/.test(await (await fetch(`${office.registry.url}/metrics`)).text());
    const stop = watchFeed({ store, client, random: () => 0 }, async () => {
      await pull(office.desk);
    });
    await expect.poll(held, { timeout: 20_000 }).toBe(true);
    await cluster.restart();
    const id = await submit();
    await expect.poll(() => readFiling(store.read, id)?.intake, { timeout: 20_000 }).toBe('ready');
    await stop();
    must(register(office, id, secretary));
    must(await syncOnce(office.desk));
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, submitted);
  });
});
