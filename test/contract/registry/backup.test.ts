import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { acceptHistoryOf, finishWork, syncOnce } from '../../../main/core/index.ts';
import { examineRegistry, markRestored, startRegistry, type RegistryOptions, type RunningRegistry } from '../../../registry/index.ts';
import { runKense } from '../../support/cli/run-kense.ts';
import { expectWhole } from '../../support/desk/expect-whole.ts';
import { arrive, must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';
import { postgresPrograms } from '../../support/registry/every-database.ts';
import { startPostgresCluster, type PostgresCluster } from '../../support/registry/postgres-cluster.ts';
import { tempDir } from '../../support/temp-dir.ts';

const sound = { missing: [], damaged: [], brokenFeeds: [] };
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function work(office: TrainingOffice, filings: number): Promise<void> {
  const secretary = await signInAs(office, 'secretary');
  for (let i = 0; i < filings; i++) {
    must(register(office, await arrive(office, sampleOf(office, 'good', 'claim')), secretary));
    must(await finishWork(office.desk));
    must(await syncOnce(office.desk));
  }
}

describe.skipIf(postgresPrograms === null)('a registry over PostgreSQL', () => {
  let cluster: PostgresCluster;
  let office: TrainingOffice;
  let running: RunningRegistry;
  let options: RegistryOptions;
  beforeAll(async () => {
    cluster = await startPostgresCluster(postgresPrograms!);
  });
  afterAll(() => cluster?.stop());

  async function open(): Promise<void> {
    const kept = { database: await cluster.freshDatabase(), dataDir: tempDir() };
    office = await trainingOffice({ registry: kept });
    running = office.registry;
    const port = Number(new URL(running.url).port);
    options = { ...kept, port, mode: 'training', clock: () => new Date().toISOString() };
    closing.push(async () => {
      office.desk.close();
      await running.close();
    });
    must(await syncOnce(office.desk));
  }
  const program = (name: string, ...args: string[]) => execFileSync(path.join(postgresPrograms!, name), args, { stdio: 'ignore' });
  /** First the database, then the documents: whatever the dump names was on the disk before. */
  function backUp(): string {
    const dir = tempDir();
    program('pg_dump', '--format=custom', '--file', path.join(dir, 'database'), '--dbname', options.database);
    fs.cpSync(path.join(options.dataDir!, 'documents'), path.join(dir, 'documents'), { recursive: true });
    return dir;
  }
  /** The machine is lost: another database and another folder at the same address. */
  async function restore(backup: string, beforeStart: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    await running.close();
    const admin = new pg.Client({ connectionString: new URL('/postgres', options.database).href.replace('postgres:///', 'postgres://') });
    await admin.connect();
    await admin.query(`DROP DATABASE ${options.database.slice(options.database.lastIndexOf('/') + 1)}`);
    await admin.end();
    fs.rmSync(options.dataDir!, { recursive: true });
    options = { ...options, database: await cluster.freshDatabase(), dataDir: tempDir() };
    fs.cpSync(path.join(backup, 'documents'), path.join(options.dataDir!, 'documents'), { recursive: true });
    program('pg_restore', '--exit-on-error', '--dbname', options.database, path.join(backup, 'database'));
    await beforeStart();
    running = await startRegistry(options);
  }

  it('is dumped while it runs, lost, and restored: everything is there, and desks go on', async () => {
    await open();
    await work(office, 2);
    const head = await signInAs(office, 'office-head');
    await restore(backUp(), () => markRestored({ ...options, again: false }));
    expect(await examineRegistry(options)).toMatchObject({ ...sound, documents: expect.any(Number) });
    expect(await syncOnce(office.desk)).toMatchObject({ ok: false, error: { code: 'registry-restored' } });
    must(await acceptHistoryOf(office.desk, { actor: head, reason: 'another machine' }));
    must(await syncOnce(office.desk));
    await work(office, 1);
    await expectWhole(office.desk, 3);
  });

  it('that is put back to an earlier day is found by the desks, which then send nothing by themselves', async () => {
    await open();
    await work(office, 1);
    const backup = backUp();
    await work(office, 1);
    await restore(backup);
    expect(await syncOnce(office.desk)).toMatchObject({ ok: false, error: { code: 'registry-history-shorter' } });
    expect(await examineRegistry(options)).toMatchObject(sound);
  });

  it('whose feed was changed behind its back is found by check', async () => {
    await open();
    expect(await examineRegistry(options)).toMatchObject(sound);
    const somebody = new pg.Client({ connectionString: options.database });
    await somebody.connect();
    await somebody.query('ALTER TABLE feed DISABLE TRIGGER USER');
    await somebody.query(`UPDATE feed SET data = '{}' WHERE seq = 2`);
    await somebody.end();
    expect(await examineRegistry(options)).toMatchObject({ feedItems: 1, brokenFeeds: [{ court: '9900', seq: 2 }] });
  });

  it('whose documents were copied before the database names one that is not there, and check tells which', async () => {
    await open();
    const early = tempDir();
    fs.cpSync(path.join(options.dataDir!, 'documents'), early, { recursive: true });
    await work(office, 1);
    const backup = backUp();
    fs.rmSync(path.join(backup, 'documents'), { recursive: true });
    fs.cpSync(early, path.join(backup, 'documents'), { recursive: true });
    await restore(backup);
    const found = await runKense(['registry', 'check', '--database', options.database, '--data', options.dataDir!], { home: tempDir() });
    expect(found.code).toBe(1);
    const { documents, missing, damaged } = JSON.parse(found.stdout) as { documents: number; missing: string[]; damaged: string[] };
    expect(missing).toHaveLength(documents);
    expect([missing.every((hash) => /^[0-9a-f]{64}$/.test(hash)), damaged]).toEqual([true, []]);
  });
});

describe('an embedded registry', () => {
  it('is copied while it is stopped; check finds a changed document and a lost one', async () => {
    const dataDir = tempDir();
    const office = await trainingOffice({ registry: { database: 'embedded', dataDir } });
    must(await syncOnce(office.desk));
    await work(office, 1);
    await office.close();
    const copy = path.join(tempDir(), 'copy');
    fs.cpSync(dataDir, copy, { recursive: true });
    const held = { database: 'embedded', dataDir: copy } as const;
    const { documents, feedItems, ...rest } = await examineRegistry(held);
    expect([documents > 0, feedItems > 0, rest]).toEqual([true, true, sound]);

    const files = fs
      .readdirSync(path.join(copy, 'documents'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /[0-9a-f]{64}$/.test(name));
    const [changed, lost] = files as [string, string];
    fs.appendFileSync(path.join(copy, 'documents', changed), 'x');
    fs.rmSync(path.join(copy, 'documents', lost));
    expect(await examineRegistry(held)).toMatchObject({
      missing: [path.basename(lost)],
      damaged: [path.basename(changed)],
      brokenFeeds: [],
    });
    const again = await startRegistry({ ...held, mode: 'training', clock: () => new Date().toISOString() });
    await again.close();
  });
});
