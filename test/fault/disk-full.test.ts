import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { finishWork, outboxOf, pull, push, submitSample, syncOnce } from '../../main/core/index.ts';
import { printPaper } from '../../main/core/print-paper.ts';
import { readDocuments, readFiling } from '../../main/intake/index.ts';
import { flagFiling, registerFiling } from '../../main/registration/index.ts';
import { isDiskFull } from '../../main/store/index.ts';
import type { Session } from '../../shared/contract/index.ts';
import { ok } from '../../shared/result.ts';
import { expectWhole } from '../support/desk/expect-whole.ts';
import { summon } from '../support/desk/summon.ts';
import { must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { findPostgres, startPostgresCluster, type PostgresCluster } from '../support/registry/postgres-cluster.ts';
import { fillDisk, smallDisk } from '../support/small-disk.ts';
import { tempDir } from '../support/temp-dir.ts';

const deskDisk = smallDisk(24);
const registryDisk = smallDisk(24);
const programs = findPostgres();

describe.skipIf(deskDisk === null || registryDisk === null || programs === null)('a disk without room', () => {
  let cluster: PostgresCluster;
  let office: TrainingOffice;
  let secretary: string;
  let submitted = 0;
  let free: () => void = () => undefined;

  beforeAll(async () => {
    cluster = await startPostgresCluster(programs!);
    office = await trainingOffice({ registry: { database: await cluster.freshDatabase(), dataDir: registryDisk! }, dir: deskDisk! });
    must(await syncOnce(office.desk));
    secretary = await signInAs(office, 'secretary');
  });
  afterEach(() => free());
  afterAll(async () => {
    await office?.close();
    await cluster?.stop();
  });

  const attached = (bytes: number) => {
    const { folder, files } = sampleOf(office, 'good', 'claim');
    const name = `paper-${submitted}.txt`;
    const paper = { ...folder.documents[0]!, file: name, title: name, role: 'other', signatures: [] };
    const text = new Uint8Array(Buffer.alloc(bytes, `${name} `));
    return { folder: { ...folder, documents: [...folder.documents, paper] }, files: new Map([...files, [name, text]]) };
  };
  const submit = async (bytes = 10_000) => (submitted++, (await office.submit(attached(bytes))).id);
  const registerAndFinish = async (id: string) => {
    must(register(office, id, secretary, 'signature'));
    must(await finishWork(office.desk));
  };

  it('at the desk while documents arrive: it says so, keeps what it has, and goes on when there is room', async () => {
    const id = await submit(3_000_000);
    free = fillDisk(deskDisk!, 400_000);
    expect(await pull(office.desk)).toMatchObject({ ok: false, error: { code: 'disk-full', next: 'ask-user' } });
    expect(readFiling(office.desk.store.read, id)?.intake ?? 'arriving').toBe('arriving');
    expect(office.desk.store.checkJournal().chain).toBe('ok');
    free();
    must(await syncOnce(office.desk));
    expect(readFiling(office.desk.store.read, id)?.intake).toBe('ready');
    await registerAndFinish(id);
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, submitted);
  });

  it('at the desk while it registers and sends: nothing is half done, and no number is lost', async () => {
    const id = await submit();
    must(await pull(office.desk));
    const before = office.desk.store.read.all('SELECT id, next FROM number_block ORDER BY id');
    free = fillDisk(deskDisk!);
    let refused = 0;
    for (let tries = 0; tries < 200 && refused === 0; tries++) {
      try {
        office.desk.store.write((tx) =>
          tx.journal({
            at: office.desk.config.clock(),
            actor: null,
            action: 'settings.changed',
            subject: null,
            details: { keys: 'x'.repeat(2000) },
          }),
        );
      } catch (error) {
        expect(isDiskFull(error)).toBe(true);
        refused++;
      }
    }
    expect(refused).toBe(1);
    expect(() => register(office, id, secretary, 'signature')).toThrow(/full|disk/);
    const jobs: unknown[] = [];
    const printed = { printed: true, printer: null, savedAs: null, problem: null };
    const printing = {
      desk: office.desk,
      session: { whyLeft: () => null },
      shell: { printDocument: (job: unknown) => (jobs.push(job), Promise.resolve(ok(printed))) },
    };
    const { id: document } = readDocuments(office.desk.store.read, id).find(({ contentType }) => contentType === 'pdf')!;
    const session = { userId: secretary, name: '', activeRole: 'secretary' } as Session;
    const asked = printPaper(printing, { paper: 'document', id: document }, { session, silent: true });
    expect(isDiskFull(await asked.catch((error: unknown) => error))).toBe(true);
    expect(jobs).toEqual([]);
    expect(await syncOnce(office.desk)).toMatchObject({ ok: false, error: { code: 'disk-full' } });
    expect(readFiling(office.desk.store.read, id)?.registeredAt).toBeNull();
    expect(office.desk.store.read.all('SELECT id, next FROM number_block ORDER BY id')).toEqual(before);
    await expect(office.reopen().then((desk) => desk.store.checkJournal().chain)).resolves.toBe('ok');
    free();
    await registerAndFinish(id);
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, submitted);
  });

  it('at the registry: an upload waits, and is there once when there is room', async () => {
    const id = await submit();
    must(await pull(office.desk));
    await registerAndFinish(id);
    free = fillDisk(registryDisk!);
    await push(office.desk);
    const { waiting, parked } = outboxOf(office.desk);
    expect([waiting > 0, parked]).toEqual([true, []]);
    expect(fs.readdirSync(path.join(registryDisk!, 'documents', 'incoming'))).toEqual([]);
    free();
    must(await syncOnce(office.desk));
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, submitted);
  });

  it('at the registry, for what is on its way in parts: it goes on when there is room', async () => {
    const id = await submit();
    must(await pull(office.desk));
    must(register(office, id, secretary, 'signature'));
    await summon(office.desk, id, secretary);
    free = fillDisk(registryDisk!, 600_000);
    await push(office.desk);
    const { waiting, parked } = outboxOf(office.desk);
    expect([waiting > 0, parked]).toEqual([true, []]);
    free();
    must(await syncOnce(office.desk));
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, submitted);
  });
});

const databaseDisk = smallDisk(96);

describe.skipIf(databaseDisk === null || programs === null)('a disk of PostgreSQL without room', () => {
  const FILINGS = 4;
  let cluster: PostgresCluster;
  let office: TrainingOffice;
  let free: () => void = () => undefined;
  beforeAll(async () => {
    cluster = await startPostgresCluster(programs!, { smallDisk: databaseDisk! });
    office = await trainingOffice({ registry: { database: await cluster.freshDatabase(), dataDir: tempDir() } });
  });
  afterAll(async () => {
    free();
    await office?.close();
    await cluster?.stop();
  });

  it('refuses submissions and commands until there is room; then each is there once', async () => {
    must(await syncOnce(office.desk));
    const secretary = await signInAs(office, 'secretary');
    const sample = sampleOf(office, 'good', 'claim');
    const large = { ...sample, folder: { ...sample.folder, note: randomBytes(20_000).toString('hex') } };
    for (let i = 0; i < FILINGS; i++) await office.submit(sample);
    must(await pull(office.desk));
    const note = (i: number) => `${i} ${randomBytes(1900).toString('hex')}`;
    for (const [i, { id }] of office.desk.store.read.all<{ id: string }>('SELECT id FROM filing').entries()) {
      const seen = () => ({ id, revision: readFiling(office.desk.store.read, id)!.revision, actor: secretary });
      must(flagFiling(office.desk.registration, seen(), [{ code: 'signature', note: note(i) }]));
      must(registerFiling(office.desk.registration, seen(), { joinsCase: null }));
      await summon(office.desk, id, secretary);
    }
    must(await finishWork(office.desk));

    free = fillDisk(databaseDisk!);
    const key = newId();
    let more = 0;
    const submit = (idempotencyKey: string) => submitSample(office.registry.url, large, idempotencyKey);
    while (more < 2000 && (await submit(newId())).ok) more++;
    expect(await submit(key)).toMatchObject({ ok: false, error: { next: 'retry-later' } });
    await push(office.desk);
    const { waiting, parked } = outboxOf(office.desk);
    expect([waiting > 0, parked]).toEqual([true, []]);

    free();
    await cluster.restart(); // what a full disk may have ended is started by a person
    must(await submit(key));
    must(await submit(key));
    must(await pull(office.desk));
    must(await syncOnce(office.desk));
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, FILINGS + more + 1);
  });
});
