import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { finishWork, outboxOf, pull, push, syncOnce } from '../../main/core/index.ts';
import { readFiling } from '../../main/intake/index.ts';
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy.ts';
import { LINE_FAULTS } from '../support/line-faults.ts';
import { uploadDocument } from '../../main/sync/index.ts';
import type { SampleFiling } from '../../main/training/index.ts';
import { expectWhole } from '../support/desk/expect-whole.ts';
import { must, register, sampleOf, signInAs, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';

let office: TrainingOffice;
let line: FaultProxy;
let secretary: string;
let submitted = 0;
const SILENCE_MS_OF_A_DESK = 30_000;
/** Instead of that, so that a broken line is noticed soon. */
const SILENCE_MS = 1_000;

beforeAll(async () => {
  office = await trainingOffice({
    line: async (url) => (line = await startFaultProxy(url)).url,
    desk: { registrySilenceMs: SILENCE_MS, random: () => 0 },
  });
  must(await syncOnce(office.desk));
  secretary = await signInAs(office, 'secretary');
});
afterEach(() => line.follow(null));
afterAll(async () => {
  await office?.close();
  await line?.close();
});

/** Each filing has a paper of its own, so that it has to be fetched. */
function filing(): Pick<SampleFiling, 'folder' | 'files'> {
  const { folder, files } = sampleOf(office, 'good', 'claim');
  const [main] = folder.documents;
  const name = `attachment-${submitted}.txt`;
  const paper = { ...main!, file: name, title: name, role: 'other', signatures: [] };
  return {
    folder: { ...folder, documents: [...folder.documents, paper] },
    files: new Map([...files, [name, new Uint8Array(Buffer.from(`${name}\n`.repeat(4000)))]]),
  };
}
async function submit(sent = filing()): Promise<string> {
  submitted++;
  return (await office.submit(sent)).id;
}
/** Everything a desk does in a day, through a line that may fail at any of it; what fails is left for the next round. */
async function work(ids: readonly string[]): Promise<void> {
  await pull(office.desk);
  for (const id of ids) {
    const filing = readFiling(office.desk.store.read, id);
    if (filing?.intake === 'ready' && filing.registeredAt === null) register(office, id, secretary, 'signature');
  }
  await finishWork(office.desk);
  await push(office.desk);
}

const POINTS = ['GET /v1/feed', 'GET /v1/documents/{sha256}', 'PUT /v1/documents/{sha256}', 'POST /v1/number-blocks', 'POST /v1/commands'];
/** Where a desk begins; it is opened anew for these. */
const BEGINNINGS = ['GET /v1/health', 'POST /v1/token', 'GET /v1/journal-anchors', 'POST /v1/leases/keep'];

describe.each(Object.entries(LINE_FAULTS))('%s', (_, fault) => {
  const telling = ['lose-answer', 'garbage', 'silent'].includes(fault.kind);
  it.each([...POINTS, ...(telling ? BEGINNINGS : [])])('at %s loses nothing and doubles nothing', async (point) => {
    const id = await submit();
    if (BEGINNINGS.includes(point)) await office.reopen();
    office.desk.store.write((tx) => tx.run("UPDATE number_block SET next = last + 1 WHERE series = 'incoming'"));
    let hits = 0;
    line.follow(({ method, route, n }) => (`${method} ${route}` === point && n === 1 ? (hits++, fault) : null));
    for (let round = 0; round < 2; round++) await work([id]);
    expect(hits).toBe(1);
    line.follow(null);
    await work([id]);
    must(await syncOnce(office.desk));
    must(await syncOnce(office.desk));
    expect(readFiling(office.desk.store.read, id)).toMatchObject({ registeredAt: expect.any(String), confirmedAt: expect.any(String) });
    await expectWhole(office.desk, submitted);
  });
});

describe('a line that changes the order', () => {
  it('commands of two filings that overtake each other are both done once', async () => {
    const ids = [await submit(), await submit()];
    must(await pull(office.desk));
    for (const id of ids) must(register(office, id, secretary, 'signature'));
    must(await finishWork(office.desk));
    line.follow(({ route, n }) => (route === '/v1/commands' && n === 1 ? { kind: 'overtaken' } : null));
    must(await push(office.desk));
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, submitted);
  });
});

describe('a registry that asks for patience', () => {
  it('is not asked again about an entry before the time it named, nor held up by it', async () => {
    const id = await submit();
    must(await pull(office.desk));
    must(register(office, id, secretary, 'signature'));
    must(await finishWork(office.desk));
    line.follow(({ route }) => (route === '/v1/commands' ? { kind: 'status', status: 429, headers: { 'retry-after': '90' } } : null));
    await push(office.desk);
    const sent = line.asked.length;
    const { next } = office.desk.store.read.get<{ next: string }>(
      "SELECT min(next_attempt_at) AS next FROM outbox WHERE state = 'waiting' AND attempts > 0",
    )!;
    expect(Date.parse(next) - Date.now()).toBeGreaterThan(60_000);
    line.follow(null);
    must(await syncOnce(office.desk, undefined, 'patient'));
    expect(line.asked.slice(sent).filter((request) => request === 'POST /v1/commands')).toHaveLength(1); // the journal's anchor alone
    expect(outboxOf(office.desk).waiting).toBeGreaterThan(0);
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, submitted);
  });

  it('a document that is not there is asked for again later, and at once by a person', async () => {
    const ids = [await submit(), await submit()];
    line.follow(({ method, route }) => (method === 'GET' && route.startsWith('/v1/documents') ? { kind: 'status', status: 500 } : null));
    const requests = () => line.asked.filter((request) => request === 'GET /v1/documents/{sha256}').length;
    const before = requests();
    must(await pull(office.desk));
    const first = requests() - before;
    expect(first).toBe(2); // one that cannot be had never holds up the others
    must(await pull(office.desk, undefined, 'patient'));
    expect(requests() - before).toBe(first);
    expect(ids.map((id) => readFiling(office.desk.store.read, id)?.intake)).toEqual(['arriving', 'arriving']);
    line.follow(null);
    await work(ids);
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, submitted);
  });
});

describe('a slow line', () => {
  // 2 KB a second and 2 s of latency, played twenty times faster
  const SLOW = { kind: 'slow', latencyMs: 100, bytesPerSecond: 40_000 } as const;

  it('is never taken for a dead one while anything moves', async () => {
    const { folder, files } = filing();
    const note = 'x'.repeat(100_000);
    expect((note.length / SLOW.bytesPerSecond) * 1000).toBeGreaterThan(SILENCE_MS * 2);
    const id = await submit({ folder: { ...folder, note }, files });
    line.follow(() => SLOW);
    await work([id]);
    line.follow(null);
    expect(readFiling(office.desk.store.read, id)?.intake).toBe('ready');
    must(await syncOnce(office.desk));
    await expectWhole(office.desk, submitted);
  });

  it('brings a paper up in one go, also when most of it waits in this machine for the line', async () => {
    const faster = SILENCE_MS_OF_A_DESK / SILENCE_MS;
    const bytes = randomBytes(90_000);
    const atOnce = { kind: 'slow', latencyMs: 2000 / faster, bytesPerSecond: 2000 * faster } as const;
    expect((bytes.length / atOnce.bytesPerSecond) * 1000).toBeGreaterThan(SILENCE_MS);
    const { sha256 } = must(await office.desk.blobs.putBytes(bytes));
    const before = line.asked.length;
    line.follow(() => atOnce);
    must(await uploadDocument(office.desk, sha256));
    expect(line.asked.slice(before)).toEqual(['PUT /v1/documents/{sha256}']);
  });
});
