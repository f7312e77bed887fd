import { randomUUID } from 'node:crypto';
import net from 'node:net';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { REGISTRY_PATHS, type FeedPage } from '../../../shared/registry/index.ts';
import { enrolDesk, keepUser, sha256, signAssertion, type Desk } from '../../support/registry/desk.ts';
import { postgresPrograms } from '../../support/registry/every-database.ts';
import { submitFiling } from '../../support/registry/filer.ts';
import { startPostgresCluster, type PostgresCluster } from '../../support/registry/postgres-cluster.ts';
import { startRegistryProcess, type RegistryProcess } from '../../support/registry/registry-process.ts';
import { tempDir } from '../../support/temp-dir.ts';

const FILINGS = 12;

describe.skipIf(postgresPrograms === null)('several registries over one PostgreSQL', () => {
  let cluster: PostgresCluster;
  let database: string;
  let two: RegistryProcess[];
  beforeAll(async () => {
    cluster = await startPostgresCluster(postgresPrograms!);
  });
  afterAll(() => cluster?.stop());
  afterEach(async () => {
    for (const { child, end } of two) if (child.exitCode === null && child.signalCode === null) await end('SIGKILL');
  });

  /** Two processes that start at once on an empty database. */
  async function startTwo(...more: string[]): Promise<readonly [RegistryProcess, RegistryProcess]> {
    database = await cluster.freshDatabase();
    const args = ['--database', database, '--data', tempDir(), ...more];
    const both = await Promise.all([startRegistryProcess(args), startRegistryProcess(args)]);
    two = both;
    return both;
  }
  const query = async <R extends object>(text: string): Promise<R[]> => {
    const client = new pg.Client({ connectionString: database });
    await client.connect();
    return client.query<R>(text).then(
      ({ rows }) => client.end().then(() => rows),
      (error: unknown) => client.end().then(() => Promise.reject(error as Error)),
    );
  };
  const enrol = ({ client, ready }: RegistryProcess) =>
    enrolDesk({ client, code: ready.courts[0]!.enrolmentCode, training: true, nowMs: Date.now() });
  /** The same desk, asking another process. */
  const through =
    ({ client }: RegistryProcess, desk: Desk) =>
    (operationId: string, call: object = {}) =>
      client.call(operationId, { ...call, token: desk.token });

  it('that start at once make the tables once and are one registry', async () => {
    const [a, b] = await startTwo();
    expect(b.ready.adminToken).toBe(a.ready.adminToken);
    expect(b.ready.courts).toEqual(a.ready.courts);
    const keys = await Promise.all([a, b].map(async ({ client }) => (await client.call('readHealth')).json.historyKey as string));
    expect(keys[0]).toBe(keys[1]);
    const applied = await query<{ number: number }>('SELECT number FROM migration');
    expect(new Set(applied.map(({ number }) => number)).size).toBe(applied.length);
  });

  it('are asked in turn, one is killed, and the other goes on: no place of the feed is missing, no number is given twice', async () => {
    const both = await startTwo();
    const [a, b] = both;
    const desk = await enrol(a);
    const clerk = await keepUser(a.client, { ...b.ready, reloadTls() {}, close: () => Promise.resolve() }, '9900', ['secretary']);
    const numbers: number[] = [];
    const filings: string[] = [];
    const work = async (turn: number, registry: RegistryProcess, other: RegistryProcess) => {
      const filing = await submitFiling(registry.client, '9900', `filing ${turn}`);
      const lease = { requestId: randomUUID(), series: 'incoming', year: '26', typeIndex: '', size: 2 };
      const [block, next] = await Promise.all([
        through(registry, desk)('leaseNumbers', { json: lease }),
        through(other, desk)('leaseNumbers', { json: { ...lease, requestId: randomUUID() } }),
      ]);
      for (const { json } of [block, next]) numbers.push(json.first as number, json.last as number);
      expect((await through(other, desk)('takeLease', { json: { filingId: filing.id, holderId: clerk, keep: true } })).status).toBe(200);
      const command = {
        id: randomUUID(),
        kind: 'filing.register',
        schemaVersion: 1,
        subject: filing.id,
        actor: clerk,
        at: new Date().toISOString(),
        payload: {
          filingId: filing.id,
          incomingNumber: `9900-26-${String(block.json.first).padStart(6, '0')}`,
          caseNumber: null,
          joinsCase: null,
          registeredAt: new Date().toISOString(),
          verdict: 'valid',
          flagged: false,
          defects: [],
        },
      };
      const outcomes = [];
      for (const one of [registry, other]) outcomes.push((await through(one, desk)('sendCommand', { json: command })).json.outcome);
      expect(outcomes).toEqual(['applied', 'duplicate']);
      filings.push(filing.id);
    };
    for (let turn = 0; turn < FILINGS; turn++) await work(turn, both[turn % 2]!, both[(turn + 1) % 2]!);

    const document = Buffer.from('through one, from the other');
    await through(a, desk)('keepDocument', { path: { sha256: sha256(document) }, body: new Uint8Array(document) });
    expect((await through(b, desk)('readDocument', { path: { sha256: sha256(document) } })).bytes).toEqual(document);

    await a.end('SIGKILL');
    for (let turn = FILINGS; turn < FILINGS + 3; turn++) await work(turn, b, b);
    const { items } = (await through(b, desk)('readFeed', { query: { limit: 500 } })).json as FeedPage;
    expect(items.map((item) => item.seq)).toEqual(items.map((_, index) => index + 1));
    expect(items.filter((item) => item.kind === 'filing.submitted').map((item) => item.subject)).toEqual(filings);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('an upload that one has begun goes on through the other', async () => {
    const [a, b] = await startTwo();
    const desk = await enrol(a);
    const bytes = Buffer.alloc(200_000, 'kense');
    const tus = { 'tus-resumable': '1.0.0' };
    const metadata = `sha256 ${Buffer.from(sha256(bytes)).toString('base64')}`;
    const begun = await desk.call('beginUpload', {
      headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata },
    });
    const path = { id: begun.headers.get('location')!.slice(`${REGISTRY_PATHS.uploads}/`.length) };
    const part = (offset: number, end: number) => ({
      path,
      headers: { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
      body: new Uint8Array(bytes.subarray(offset, end)),
    });
    await desk.call('continueUpload', part(0, 120_000));
    expect((await through(b, desk)('readUpload', { path, headers: tus })).headers.get('upload-offset')).toBe('120000');
    // both at once: the same bytes come to the same places
    await Promise.all([desk.call('continueUpload', part(120_000, 200_000)), through(b, desk)('continueUpload', part(120_000, 200_000))]);
    expect((await through(b, desk)('readDocument', { path: { sha256: sha256(bytes) } })).bytes.equals(bytes)).toBe(true);
  });

  it('whoever waits at one hears of what came through the other, also after PostgreSQL has started anew', async () => {
    const [a, b] = await startTwo();
    const desk = await enrol(a);
    const heard = async () => (await (await fetch(`${a.ready.url}/metrics`)).text()).includes('\nkense_registry_feed_heard 1\n');
    for (const title of ['before', 'after']) {
      await expect.poll(heard, { timeout: 20_000 }).toBe(true);
      const after = (await desk.feed()).length;
      const waiting = desk.call('readFeed', { query: { after, wait: 25 } });
      await expect.poll(async () => (await (await fetch(`${a.ready.url}/metrics`)).text()).includes('_held_polls 1\n')).toBe(true);
      const { id } = await submitFiling(b.client, '9900', title);
      expect(((await waiting).json as FeedPage).items.map((item) => item.subject)).toEqual([id]);
      if (title === 'before') await cluster.restart();
    }
  });

  it('a registry that is told to stop is no longer ready, ends those who wait, finishes what is under way, and exits with 0', async () => {
    const [a, b] = await startTwo('--drain', '2');
    const desk = await enrol(a);
    const status = async (path: string) => (await fetch(a.ready.url + path)).status;
    expect(await status('/v1/ready')).toBe(200);
    const waiting = desk.call('readFeed', { query: { after: (await desk.feed()).length, wait: 25 } });
    await expect.poll(async () => (await (await fetch(`${a.ready.url}/metrics`)).text()).includes('_held_polls 1\n')).toBe(true);
    const document = Buffer.alloc(50_000, 'under way');
    const socket = net.connect(Number(new URL(a.ready.url).port), '127.0.0.1');
    const answered = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
    });
    socket.write(
      `PUT /v1/documents/${sha256(document)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${desk.token}\r\nContent-Length: ${document.length}\r\n\r\n`,
    );
    socket.write(document.subarray(0, 10_000));
    const ended = a.end('SIGTERM');
    expect((await waiting).json).toMatchObject({ items: [] });
    await expect.poll(() => status('/v1/ready')).toBe(503);
    expect(await status('/v1/health')).toBe(200);
    socket.write(document.subarray(10_000));
    expect(await answered).toMatch(/^HTTP\/1\.1 200 /);
    expect(await ended).toBe(0);
    expect((await through(b, desk)('readDocument', { path: { sha256: sha256(document) } })).bytes.equals(document)).toBe(true);
    await expect(fetch(`${a.ready.url}/v1/ready`)).rejects.toThrow('fetch failed');
    const assertion = await signAssertion(desk.key, desk.id, Date.now());
    expect((await b.client.call('takeToken', { json: { assertion } })).status).toBe(200);
    expect(await b.end('SIGTERM')).toBe(0);
  });
});
