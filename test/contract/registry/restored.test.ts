import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  acceptHistoryOf,
  compareWithRegistry,
  finishWork,
  holdToRegister,
  outboxOf,
  pull,
  push,
  syncOnce,
  takeOverRegistry,
  type Desk,
} from '../../../main/core/index.ts';
import { readDocuments, readFiling } from '../../../main/intake/index.ts';
import { flagFiling, registerFiling } from '../../../main/registration/index.ts';
import { abandonNumbers } from '../../../main/sync/history-finding.ts';
import { submitFiling } from '../../../main/sync/index.ts';
import { markRestored, startRegistry, type Restored, type RunningRegistry } from '../../../registry/index.ts';
import type { NumberAccount } from '../../../shared/registry/index.ts';
import { runKense } from '../../support/cli/run-kense.ts';
import { expectWhole } from '../../support/desk/expect-whole.ts';
import { sharedCourt, type CourtDesk, type SharedCourt } from '../../support/desk/shared-court.ts';
import * as training from '../../support/desk/training-office.ts';
import { must } from '../../support/desk/training-office.ts';
import { postgresPrograms } from '../../support/registry/every-database.ts';
import { startPostgresCluster, type PostgresCluster } from '../../support/registry/postgres-cluster.ts';
import { tempDir } from '../../support/temp-dir.ts';

const clock = () => new Date().toISOString();
const alone = { clockOff: 0, sharesQueue: false };
const reason = 'the registry was put back from a copy';

describe.skipIf(postgresPrograms === null)('a registry that is put back to an earlier day', () => {
  let cluster: PostgresCluster;
  let court: SharedCourt;
  let [a, b]: [CourtDesk, CourtDesk] = [] as never;
  let secretary: string;
  let head: string;
  let database: string;
  let port: number;
  let running: RunningRegistry;
  const closing: (() => unknown)[] = [];

  beforeAll(async () => {
    cluster = await startPostgresCluster(postgresPrograms!);
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  afterAll(() => cluster?.stop());

  const program = (name: string, ...args: string[]) => execFileSync(path.join(postgresPrograms!, name), args, { stdio: 'ignore' });
  function backUp(): string {
    const dump = path.join(tempDir(), 'database');
    program('pg_dump', '--format=custom', '--file', dump, '--dbname', database);
    return dump;
  }
  async function restore(dump: string, where: 'elsewhere' | 'in its place'): Promise<void> {
    await running.close();
    if (where === 'elsewhere') database = await cluster.freshDatabase();
    program('pg_restore', '--exit-on-error', ...(where === 'elsewhere' ? [] : ['--clean', '--if-exists']), '--dbname', database, dump);
  }
  async function start(): Promise<void> {
    running = await startRegistry({ database, dataDir: null, port, mode: 'training', clock });
    closing.push(() => running.close());
  }
  async function sayRestored(...more: string[]): Promise<Restored & { code: number | null }> {
    const { code, stdout } = await runKense(['registry', 'restored', '--database', database, ...more], { home: tempDir() });
    return { code, ...(JSON.parse(stdout) as Restored) };
  }

  async function openCourt(): Promise<void> {
    database = await cluster.freshDatabase();
    court = await sharedCourt([alone, alone], { database, dataDir: null });
    closing.push(() => court.close());
    [a, b] = court.desks as [CourtDesk, CourtDesk];
    [secretary, head] = [court.userOf('secretary'), court.userOf('office-head')];
    running = court.registry;
    port = Number(new URL(running.url).port);
  }
  async function arrive(holder: Desk): Promise<string> {
    const id = await court.submit();
    for (const { desk } of court.desks) must(await pull(desk));
    must(await holdToRegister(holder, id, secretary));
    return id;
  }
  function register(desk: Desk, id: string): string {
    const seen = () => ({ id, revision: readFiling(desk.store.read, id)!.revision, actor: secretary });
    must(flagFiling(desk.registration, seen(), [{ code: 'signature', note: null }]));
    return must(registerFiling(desk.registration, seen(), { joinsCase: null })).incomingNumber;
  }
  /** The desk has used up what it had and gets other blocks, without five hundred filings. */
  async function leaseAnew({ desk }: CourtDesk): Promise<void> {
    desk.store.write((tx) => abandonNumbers(tx, clock()));
    must(await pull(desk));
  }
  const accept = async (desk: Desk) => must(await acceptHistoryOf(desk, { actor: head, reason }));
  const codeOf = async (work: Promise<{ ok: true } | { ok: false; error: { code: string } }>) => {
    const done = await work;
    return done.ok ? null : done.error.code;
  };
  const lease = (desk: Desk, requestId: string) =>
    codeOf(desk.client.leaseNumbers({ requestId, series: 'incoming', year: clock().slice(2, 4), typeIndex: '', size: 1 }));
  const accounts = async (desk: Desk) => must(await desk.client.numberAccounts('incoming', clock().slice(2, 4)));
  const used = (blocks: readonly NumberAccount[]) => blocks.flatMap((block) => block.used);
  const sequence = (number: string) => Number(number.slice(8));
  const apart = (blocks: readonly NumberAccount[]) =>
    blocks.every((one) => blocks.every((other) => one === other || one.last < other.first || other.last < one.first));
  const numberOf = (desk: Desk, id: string) => readFiling(desk.store.read, id)!.incomingNumber;
  async function expectAgreed(filings: number): Promise<void> {
    for (const { desk } of [a, b, a, b]) must(await syncOnce(desk));
    for (const { desk } of [a, b]) {
      expect(outboxOf(desk)).toMatchObject({ waiting: 0, parked: [] });
      expect(must(await compareWithRegistry(desk))).toEqual({ filings, differences: [] });
    }
    const blocks = await accounts(a.desk);
    expect(apart(blocks)).toBe(true);
    expect(new Set(used(blocks)).size).toBe(used(blocks).length);
    for (const block of blocks) {
      const rest = block.returned === null ? 0 : block.last - block.returned.first + 1;
      expect(block.used.length + block.void.length + block.open + rest).toBe(block.last - block.first + 1);
    }
  }

  /** Blocks and registrations that the copy knows nothing of: one confirmed, one made while the line was down, under a lease that is forgotten too. */
  async function workAndLose(bIsOut = false): Promise<{ dump: string; ids: string[]; numbers: string[]; free: string }> {
    await openCourt();
    const ids = [await arrive(a.desk), await arrive(a.desk)];
    const free = await court.submit();
    const late = await court.submit();
    for (const { desk } of court.desks) must(await pull(desk));
    const dump = backUp();
    await leaseAnew(a);
    if (!bIsOut) await leaseAnew(b);
    ids.push(late);
    must(await holdToRegister(a.desk, late, secretary));
    const numbers = [register(a.desk, ids[0]!)];
    must(await syncOnce(a.desk));
    must(await pull(a.desk));
    if (!bIsOut) must(await pull(b.desk));
    a.cable.out = true;
    numbers.push(register(a.desk, ids[1]!), register(a.desk, late));
    must(await finishWork(a.desk));
    return { dump, ids, numbers, free };
  }

  it('and said to be so leaves out what may have been leased: what was bound keeps its numbers, and nobody gets them again', async () => {
    const { dump, ids, numbers, free } = await workAndLose();
    await restore(dump, 'elsewhere');
    const said = await sayRestored();
    const incoming = said.courts.find(({ court: code }) => code === '9900')!.moved.find(({ series }) => series === 'incoming')!;
    expect(said).toMatchObject({ code: 0, marked: true, days: 1, lastTrace: expect.any(String) });
    expect(said.courts.find(({ court: code }) => code === '9900')).toMatchObject({ workstations: 2, margin: incoming.now - incoming.was });
    const again = await sayRestored();
    expect(again).toMatchObject({ code: 1, marked: false, at: said.at, courts: [] });
    await start();

    expect(await codeOf(syncOnce(b.desk))).toBe('registry-restored');
    await accept(b.desk);
    must(await syncOnce(b.desk));
    must(await syncOnce(b.desk));
    must(await holdToRegister(b.desk, free, secretary));
    const fresh = register(b.desk, free);
    must(await finishWork(b.desk));
    must(await push(b.desk));
    expect(sequence(fresh)).toBeGreaterThanOrEqual(incoming.now);
    expect(Math.max(...numbers.map(sequence))).toBeLessThan(incoming.now);

    await a.plugIn();
    expect(await codeOf(syncOnce(a.desk))).toBe('registry-restored');
    expect(outboxOf(a.desk).parked).toEqual([]);
    await accept(a.desk);
    await expectAgreed(4);
    expect(ids.map((id) => numberOf(a.desk, id))).toEqual(numbers);
    expect(ids.map((id) => numberOf(b.desk, id))).toEqual(numbers);
    expect(used(await accounts(a.desk)).sort((x, y) => x - y)).toEqual([...numbers, fresh].map(sequence));
    for (const { desk } of [a, b]) await expectWhole(desk, 4);
    const [claimed] = (await accounts(a.desk)).filter((block) => block.first === sequence(numbers[0]!));
    expect(claimed, 'only what was bound').toMatchObject({
      used: numbers.map(sequence),
      open: 0,
      workstationId: a.desk.profile.workstationId,
    });

    // a desk whose feed was longer once has spoken of this restoration
    expect(await lease(a.desk, '01990000-0000-7000-8000-000000000001')).toBeNull();
    expect(await sayRestored('--again')).toMatchObject({ code: 0, marked: true });
  });

  it('and not said to be so gives no number to anybody until it is; all else goes on', async () => {
    const { dump, ids, numbers, free } = await workAndLose();
    await restore(dump, 'elsewhere');
    await start();
    expect(await lease(b.desk, '01990000-0000-7000-8000-000000000002')).toBe('numbers-held');
    const folder = {
      court: '9900',
      kind: 'claim',
      language: 'kk',
      parties: [{ side: 'claimant', type: 'person', name: 'Әлия' }],
      documents: [],
    };
    const submit = () =>
      submitFiling({ registryUrl: running.url, folder, read: () => Promise.resolve(null), idempotencyKey: 'the same filing' });
    expect(await codeOf(submit())).toBe('numbers-held');

    await a.plugIn();
    for (const { desk } of [a, b]) {
      // the second finds what the first has sent again
      expect(await codeOf(syncOnce(desk))).toBe(desk === a.desk ? 'registry-history-shorter' : 'registry-history-changed');
      await accept(desk);
      await syncOnce(desk);
      expect(await codeOf(syncOnce(desk)), 'the round says why there are no numbers').toBe('numbers-held');
      expect(outboxOf(desk)).toMatchObject({ waiting: 0, parked: [] });
    }
    expect(ids.map((id) => numberOf(a.desk, id))).toEqual(numbers);
    must(await holdToRegister(b.desk, free, secretary));
    expect(() => register(b.desk, free)).toThrow('numbers-exhausted');

    expect(await sayRestored()).toMatchObject({ code: 0, marked: true });
    for (const { desk } of [a, b]) {
      expect(await codeOf(syncOnce(desk))).toBe('registry-restored');
      await accept(desk);
      must(await syncOnce(desk));
      must(await syncOnce(desk));
    }
    const fresh = register(b.desk, free);
    must(await finishWork(b.desk));
    expect(sequence(fresh)).toBeGreaterThan(Math.max(...numbers.map(sequence)));
    await expectAgreed(4);
    expect(must(await submit()).cabinetNumber).not.toBe(readFiling(a.desk.store.read, free)!.cabinetNumber);
  });

  it('and cannot see it by itself stops at the first desk that shows it; a number that was given twice goes to one filing', async () => {
    const { dump, ids, numbers, free } = await workAndLose(true);
    b.desk.store.write((tx) => abandonNumbers(tx, clock()));
    await restore(dump, 'in its place');
    await start();
    must(await pull(b.desk));
    must(await holdToRegister(b.desk, free, secretary));
    expect(register(b.desk, free), 'nobody can know yet').toBe(numbers[0]);

    await a.plugIn();
    expect(await codeOf(syncOnce(a.desk))).toBe('registry-history-shorter');
    expect(await lease(b.desk, '01990000-0000-7000-8000-000000000003')).toBe('numbers-held');
    must(await push(b.desk));
    await accept(a.desk);
    await syncOnce(a.desk);
    const parked = outboxOf(a.desk).parked;
    expect(parked.filter(({ kind }) => kind === 'filing.register').map(({ subject }) => subject)).toEqual(ids);
    expect(parked.find(({ kind }) => kind === 'number.claim')).toMatchObject({ code: 'number-taken' });
    expect(used(await accounts(a.desk))).toEqual([sequence(numbers[0]!)]);

    expect(await sayRestored()).toMatchObject({ code: 0, marked: true });
    for (const { desk } of [b, a]) {
      expect(await codeOf(syncOnce(desk))).toBe('registry-restored');
      await accept(desk);
      await syncOnce(desk);
    }
    expect(outboxOf(a.desk).parked).toHaveLength(parked.length);
    for (const { id } of parked) must(await takeOverRegistry(a.desk, id, { actor: head, reason, isHead: true }));
    must(await syncOnce(a.desk));
    for (const id of ids) {
      must(await holdToRegister(a.desk, id, secretary));
      expect(numbers).not.toContain(register(a.desk, id));
    }
    must(await finishWork(a.desk));
    await expectAgreed(4);
  });

  it('and does not know a filing at all: the desk keeps it with its documents and says so, and the rest goes on', async () => {
    database = await cluster.freshDatabase();
    const office = await training.trainingOffice({ registry: { database, dataDir: null } });
    closing.push(() => office.close());
    running = office.registry;
    port = Number(new URL(running.url).port);
    must(await syncOnce(office.desk));
    const clerk = await training.signInAs(office, 'secretary');
    const chief = await training.signInAs(office, 'office-head');
    const sample = training.sampleOf(office, 'good', 'claim');
    const kept = await training.arrive(office, sample);
    const dump = backUp();
    const lost = await training.arrive(office, sample);
    must(training.register(office, lost, clerk));
    must(training.register(office, kept, clerk));
    must(await finishWork(office.desk));
    must(await syncOnce(office.desk));
    await restore(dump, 'elsewhere');
    await markRestored({ database, dataDir: null, clock, again: false });
    await start();

    expect(await codeOf(syncOnce(office.desk))).toBe('registry-restored');
    must(await acceptHistoryOf(office.desk, { actor: chief, reason }));
    must(await syncOnce(office.desk));
    const [item, ...more] = outboxOf(office.desk).parked;
    expect([item, more]).toMatchObject([{ kind: 'filing.register', subject: lost, code: 'not-found' }, []]);
    expect(readFiling(office.desk.store.read, kept)!.confirmedAt).not.toBeNull();
    const documents = readDocuments(office.desk.store.read, lost);
    expect(documents.length).toBeGreaterThan(0);
    for (const { sha256, size } of documents) expect((await office.desk.blobs.readAll(sha256, size))?.length).toBe(size);
    expect(numberOf(office.desk, lost)).not.toBeNull();
    expect(office.desk.store.read.get('SELECT 1 FROM talon WHERE filing_id = ? AND sha256 IS NOT NULL', lost)).toBeDefined();

    const next = await training.arrive(office, sample);
    expect(readFiling(office.desk.store.read, next)!.cabinetNumber).not.toBe(readFiling(office.desk.store.read, lost)!.cabinetNumber);
    must(training.register(office, next, clerk));
    must(await finishWork(office.desk));
    must(await syncOnce(office.desk));
    expect(outboxOf(office.desk).parked).toHaveLength(1);
    expect(must(await compareWithRegistry(office.desk)).differences).toEqual([{ filing: lost, fact: 'not-in-the-registry' }]);
  });
});
