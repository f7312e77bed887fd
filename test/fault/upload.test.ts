import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createProfile, openDesk, syncOnce, type Desk } from '../../main/core/index.ts';
import { openDataKey, readSetting } from '../../main/store/index.ts';
import { submitFiling, uploadDocument } from '../../main/sync/index.ts';
import { createTokenHost } from '../../main/token/index.ts';
import { must, RESOURCES, trainingOffice, type TrainingOffice } from '../support/desk/training-office.ts';
import { startFaultProxy, type FaultProxy, type LineFault } from '../support/fault-proxy.ts';
import { findPostgres, startPostgresCluster, type PostgresCluster } from '../support/registry/postgres-cluster.ts';
import { fillDisk, smallDisk } from '../support/small-disk.ts';
import { tempDir } from '../support/temp-dir.ts';

const SIZE = 3_000_000;
const HALF = SIZE / 2;
const PATCH = 'PATCH /v1/uploads/{id}';

/** The bodies of the requests of one kind since the line was followed. */
const bodiesOf = (line: FaultProxy, from: number, request: string) =>
  line.bodies.slice(from).filter((_, i) => line.asked[from + i] === request);
const kept = async (desk: Desk, sha256: string): Promise<number> => {
  let bytes = 0;
  for await (const chunk of desk.client.document(sha256, 0)) bytes += chunk.length;
  return bytes;
};
const newDocument = async (desk: Desk) => must(await desk.blobs.putBytes(randomBytes(SIZE))).sha256;

describe('a large document on its way to the registry', () => {
  let office: TrainingOffice;
  let line: FaultProxy;
  let ahead = 0;
  beforeAll(async () => {
    office = await trainingOffice({
      registry: { clock: () => new Date(Date.now() + ahead).toISOString(), dataDir: tempDir() },
      line: async (url) => (line = await startFaultProxy(url)).url,
      desk: { registrySilenceMs: 1_000 },
    });
    must(await syncOnce(office.desk));
  });
  afterEach(() => line.follow(null));
  afterAll(async () => {
    await office?.close();
    await line?.close();
  });
  const first = (point: string, fault: LineFault) =>
    line.follow(({ method, route, n }) => (`${method} ${route}` === point && n === 1 ? fault : null));

  it('a line that breaks in the middle: the first half is not sent again', async () => {
    const sha256 = await newDocument(office.desk);
    const from = line.asked.length;
    first(PATCH, { kind: 'cut-request' });
    must(await uploadDocument(office.desk, sha256));
    const [whole, rest, ...more] = bodiesOf(line, from, PATCH);
    expect([whole, more]).toEqual([SIZE, []]);
    expect(rest).toBeLessThan(SIZE - HALF / 2);
    expect(await kept(office.desk, sha256)).toBe(SIZE);
  });

  it.each<[string, LineFault]>([
    ['whose answer is lost', { kind: 'lose-answer' }],
    ['whose answer never comes', { kind: 'silent' }],
    ['whose request is lost', { kind: 'lose-request' }],
    ['that arrives twice', { kind: 'duplicate' }],
  ])('a part %s: the document arrives, and no byte is sent that is there already', async (_, fault) => {
    const sha256 = await newDocument(office.desk);
    const from = line.asked.length;
    first(PATCH, fault);
    must(await uploadDocument(office.desk, sha256));
    const arrived = fault.kind === 'lose-answer' || fault.kind === 'duplicate';
    expect(bodiesOf(line, from, PATCH)).toHaveLength(arrived ? 1 : 2);
    expect(await kept(office.desk, sha256)).toBe(SIZE);
  });

  it.each(['POST /v1/uploads', 'HEAD /v1/uploads/{id}'])('an answer lost at %s ends the round, and the next one goes on', async (point) => {
    const sha256 = await newDocument(office.desk);
    line.follow(({ method, route, n }) => {
      if (`${method} ${route}` === PATCH && n === 1) return { kind: 'cut-request' };
      return `${method} ${route}` === point && n === 1 ? { kind: 'lose-answer' } : null;
    });
    expect(await uploadDocument(office.desk, sha256)).toMatchObject({ ok: false, error: { code: 'registry-unreachable' } });
    must(await uploadDocument(office.desk, sha256));
    expect(await kept(office.desk, sha256)).toBe(SIZE);
  });

  it('a token that runs out in the middle is renewed, and the upload goes on', async () => {
    const sha256 = await newDocument(office.desk);
    const from = line.asked.length;
    line.follow(({ method, route, n }) => {
      if (method === 'HEAD' && n === 1) ahead += 20 * 60_000;
      return `${method} ${route}` === PATCH && n === 1 ? { kind: 'cut-request' } : null;
    });
    must(await uploadDocument(office.desk, sha256));
    expect(line.asked.slice(from)).toContain('POST /v1/token');
    expect(bodiesOf(line, from, PATCH)[1]).toBeLessThan(SIZE - HALF / 2);
    expect(await kept(office.desk, sha256)).toBe(SIZE);
  });

  it('goes on after a restart of the desk, and is not sent again by a command that is repeated', async () => {
    const sha256 = await newDocument(office.desk);
    line.follow(({ method, route, n }) => {
      if (`${method} ${route}` === PATCH && n === 1) return { kind: 'cut-request' };
      return method === 'HEAD' && n === 1 ? { kind: 'lose-request' } : null;
    });
    expect((await uploadDocument(office.desk, sha256)).ok).toBe(false);
    const desk = await office.reopen();
    const from = line.asked.length;
    must(await uploadDocument(desk, sha256));
    must(await uploadDocument(desk, sha256));
    const bodies = bodiesOf(line, from, PATCH);
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toBeLessThan(SIZE - HALF / 2);
    expect(line.asked.slice(from)).not.toContain('POST /v1/uploads');
  });

  it('begins anew when the registry has forgotten it, and goes whole to a registry without uploads', async () => {
    const sha256 = await newDocument(office.desk);
    line.follow(({ method, n }) => (method === 'PATCH' && n === 1 ? { kind: 'status', status: 503 } : null));
    expect((await uploadDocument(office.desk, sha256)).ok).toBe(false);
    const place = readSetting<string>(office.desk.store.read, `upload.${sha256}`)!;
    must(await office.desk.client.ask(place, () => ({ method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } })));
    line.follow(null);
    must(await uploadDocument(office.desk, sha256));
    expect(await kept(office.desk, sha256)).toBe(SIZE);

    const other = await newDocument(office.desk);
    const from = line.asked.length;
    line.follow(({ route }) => (route === '/v1/uploads' ? { kind: 'status', status: 404 } : null));
    must(await uploadDocument(office.desk, other));
    expect(line.asked.slice(from)).toEqual(['POST /v1/uploads', 'PUT /v1/documents/{sha256}']);
  });

  it('from the cabinet goes on too', async () => {
    const bytes = randomBytes(SIZE);
    const document = { role: 'claim', title: 't', file: 'f.pdf', signatures: [] };
    const folder = { court: '9900', kind: 'claim', language: 'kk', parties: [], documents: [document] };
    const from = line.asked.length;
    first('PATCH /v1/cabinet/resumable-uploads/{id}', { kind: 'cut-request' });
    must(await submitFiling({ registryUrl: line.url, folder, read: () => Promise.resolve(bytes), idempotencyKey: newId() }));
    const sent = bodiesOf(line, from, 'PATCH /v1/cabinet/resumable-uploads/{id}');
    expect(sent).toHaveLength(2);
    expect(sent[1]).toBeLessThan(SIZE - HALF / 2);
  });
});

const disk = smallDisk(16);
const programs = findPostgres();
describe.skipIf(disk === null || programs === null)('a registry without room for an upload', () => {
  let cluster: PostgresCluster;
  let office: TrainingOffice;
  let line: FaultProxy;
  beforeAll(async () => {
    cluster = await startPostgresCluster(programs!);
    office = await trainingOffice({
      registry: { dataDir: disk!, database: await cluster.freshDatabase() },
      line: async (url) => (line = await startFaultProxy(url)).url,
    });
  });
  afterAll(async () => {
    await office?.close();
    await line?.close();
    await cluster?.stop();
  });

  it('says so, and the upload goes on when there is room, at the last step too', async () => {
    const sha256 = await newDocument(office.desk);
    for (const room of [1_000_000, SIZE + 500_000]) {
      const free = fillDisk(disk!, room);
      expect(await uploadDocument(office.desk, sha256)).toMatchObject({
        ok: false,
        error: { code: 'registry-unreachable', next: 'retry-later', params: { status: 503, code: 'registry-unavailable' } },
      });
      free();
    }
    const from = line.asked.length;
    must(await uploadDocument(office.desk, sha256));
    expect(bodiesOf(line, from, PATCH)).toEqual([1]);
    expect(await kept(office.desk, sha256)).toBe(SIZE);
  });
});

describe('a registry killed in the middle of an upload', () => {
  it('goes on with it after it has started again', async () => {
    const data = tempDir();
    const started = await startProcess(data, '0');
    let { child } = started;
    const line = await startFaultProxy(started.url);
    const profileDir = path.join(tempDir(), 'desk');
    const clock = () => new Date().toISOString();
    const enrolment = { profileDir, registryUrl: line.url, enrolmentCode: started.code, training: true, clock, newId };
    must(await createProfile({ ...enrolment, protector: { kind: 'open' } }));
    const dataKey = must(openDataKey(profileDir, { kind: 'open' }));
    const tokenHost = createTokenHost(() => Promise.resolve(null));
    const desk = must(await openDesk({ profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: null, clock, newId }, { tokenHost }));
    const sha256 = await newDocument(desk);
    line.follow(({ method }) => (method === 'PATCH' ? { kind: 'cut-request' } : method === 'HEAD' ? { kind: 'lose-request' } : null));
    expect((await uploadDocument(desk, sha256)).ok).toBe(false);
    const incoming = path.join(data, 'incoming');
    const staged = path.join(
      incoming,
      fs.readdirSync(incoming).find((name) => !name.endsWith('.json'))!,
    );
    await expect.poll(() => fs.statSync(staged).size).toBeGreaterThan(HALF / 2);
    const died = once(child, 'exit');
    child.kill('SIGKILL');
    await died;

    line.follow(null);
    ({ child } = await startProcess(data, new URL(started.url).port));
    const from = line.asked.length;
    must(await uploadDocument(desk, sha256));
    expect(bodiesOf(line, from, PATCH)[0]).toBeLessThan(SIZE - HALF / 2);
    expect(await kept(desk, sha256)).toBe(SIZE);
    desk.close();
    await line.close();
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  });
});

async function startProcess(data: string, port: string): Promise<{ child: ChildProcess; url: string; code: string }> {
  const args = [path.resolve('registry/main.ts'), '--data', data, '--port', port];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  const { url, courts } = JSON.parse(first.toString()) as { url: string; courts: { enrolmentCode: string }[] };
  return { child, url, code: courts[0]!.enrolmentCode };
}
