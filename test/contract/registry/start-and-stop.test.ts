import { fork, spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readArguments } from '../../../registry/read-arguments.ts';
import { RegistryStartError, startRegistry, type RegistryOptions, type RunningRegistry } from '../../../registry/index.ts';
import { makeDeskKey, sha256, signAssertion } from '../../support/registry/desk.ts';
import { createDocumentedClient } from '../../support/registry/documented-client.ts';
import { describeOnEveryDatabase, postgresPrograms } from '../../support/registry/every-database.ts';
import { startPostgresCluster } from '../../support/registry/postgres-cluster.ts';
import { submitFiling } from '../../support/registry/filer.ts';
import { ALMATY, ASTANA, CABINET_TOKEN, NOW, NOW_MS, openRegistry } from '../../support/registry/open-registry.ts';

const memory = { database: 'embedded', dataDir: null } as const;
const main = fileURLToPath(new URL('../../../registry/main.ts', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kense-registry-test-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const start = (options: Partial<RegistryOptions>) => startRegistry({ ...memory, mode: 'training', clock: () => NOW, ...options });
const refusedStart = (options: Partial<RegistryOptions>) =>
  start(options).then(
    (registry) => registry.close().then(() => 'started'),
    (error: unknown) => (error instanceof RegistryStartError ? error.code : error),
  );

describeOnEveryDatabase('a registry that starts again', (fresh) => {
  it('has the same tokens, codes, courts, filings and documents, and takes over a changed name', async () => {
    const { database } = await fresh();
    const options = { database, dataDir: folder, courts: [ALMATY] };
    const first = await start(options);
    const client = createDocumentedClient(first.url);
    const filing = await submitFiling(client, '9900', 'kept');
    const key = makeDeskKey();
    const code = first.courts.find((court) => court.code === '9900')!.enrolmentCode;
    const { workstationId } = (await client.call('enrol', { json: { code, name: 'd', training: true, publicKey: key.publicKey } })).json;
    await first.close();

    const second = await start({ ...options, courts: [{ ...ALMATY, nameRu: 'Новое имя' }, ASTANA] });
    expect(second.adminToken).toBe(first.adminToken);
    expect(second.courts).toEqual([
      expect.objectContaining({ code: ASTANA.code }),
      { ...first.courts.find((court) => court.code === ALMATY.code), nameRu: 'Новое имя' },
      first.courts.find((court) => court.code === '9900'),
    ]);
    const again = createDocumentedClient(second.url);
    const token = (await again.call('takeToken', { json: { assertion: await signAssertion(key, workstationId, NOW_MS) } })).json
      .accessToken;
    const feed = (await again.call('readFeed', { token })).json.items;
    expect(feed.map((item: { kind: string }) => item.kind)).toEqual(['case.known', 'case.known', 'case.known', 'filing.submitted']);
    const { documents } = feed[3].data as { documents: { sha256: string }[] };
    expect((await again.call('readDocument', { token, path: { sha256: documents[0]!.sha256 } })).bytes.toString()).toBe('%PDF-1.7 kept');
    expect((await again.call('readFilingStatus', { path: { number: filing.cabinetNumber } })).status).toBe(200);
    await second.close();
    expect(await refusedStart({ ...options, mode: 'real', courts: [] })).toBe('registry-mode-mismatch');
  });

  it('keeps the name that somebody gave a court since, whatever the list says, and does not open a revoked court', async () => {
    const options = { database: (await fresh()).database, dataDir: folder, courts: [ALMATY, ASTANA] };
    const first = await start(options);
    const client = createDocumentedClient(first.url);
    const token = first.adminToken;
    await client.call('keepCourt', { token, json: { code: ALMATY.code, nameKk: ALMATY.nameKk, nameRu: 'Новое имя' } });
    await client.call('revokeCourt', { token, path: { code: ASTANA.code } });
    await first.close();
    const second = await start({
      ...options,
      courts: [
        { ...ALMATY, nameRu: 'Имя из списка' },
        { ...ASTANA, nameRu: 'Другое имя' },
      ],
    });
    expect(second.courts.map(({ code }) => code)).toEqual([ALMATY.code, '9900']);
    const { courts } = (await createDocumentedClient(second.url).call('listCourts', { token })).json;
    expect(courts).toEqual([
      expect.objectContaining({ code: ASTANA.code, nameRu: 'Другое имя', revokedAt: NOW }),
      expect.objectContaining({ code: ALMATY.code, nameRu: 'Новое имя', revokedAt: null }),
      expect.objectContaining({ code: '9900' }),
    ]);
    await second.close();
  });
});

describe('modes', () => {
  it('a training registry has known cases of the current year to join', async () => {
    const open = await openRegistry(() => Promise.resolve(memory), { clock: () => '2027-12-31T19:30:00.000Z' });
    const desk = await open.desk();
    const cases = (await desk.feed()).map((item) => item.subject);
    expect(cases).toEqual(['9900-28-00-2/1', '9900-28-00-2/2', '9900-28-00-2/3']); // it is already the new year in UTC+5
    const block = (
      await desk.call('leaseNumbers', {
        json: { requestId: '01890a5d-ac96-774b-bcce-b302099a8057', series: 'case', year: '28', typeIndex: '2', size: 2 },
      })
    ).json;
    expect(block).toMatchObject({ first: 4, last: 5 });
    await open.registry.close();
  });

  it('a real registry has the courts it was given and never the training court', async () => {
    const registry = await start({ mode: 'real', courts: [ALMATY, ASTANA] });
    expect(registry.courts.map((court) => court.code)).toEqual([ASTANA.code, ALMATY.code]);
    await registry.close();
    const training = { code: '9900', nameKk: 'Оқу соты', nameRu: 'Учебный суд' };
    expect(await refusedStart({ mode: 'real', courts: [training] })).toBe('registry-mode-mismatch');
    expect(await refusedStart({ courts: [{ ...ALMATY, code: 'x' }] })).toBe('input-invalid');
  });

  it('a real registry refuses training profiles, changes a used code, and shows the next one to the administrator', async () => {
    const { registry, client, desk } = await openRegistry(() => Promise.resolve(memory), { mode: 'real', courts: [ALMATY, ASTANA] });
    const codes = async () =>
      new Map<string, string>(
        (await client.call('listCourts', { token: registry.adminToken })).json.courts.map(
          (court: { code: string; enrolmentCode: string }) => [court.code, court.enrolmentCode],
        ),
      );
    const before = await codes();
    const { publicKey } = makeDeskKey();
    const request = { code: before.get(ALMATY.code)!, name: 'Desk', training: false, publicKey };
    const mismatch = await client.call('enrol', { json: { ...request, training: true } });
    expect([mismatch.status, mismatch.json.code]).toEqual([409, 'registry-mode-mismatch']);
    expect(await codes()).toEqual(before);

    const first = await client.call('enrol', { json: request });
    const after = await codes();
    expect(after.get(ALMATY.code)).not.toBe(before.get(ALMATY.code));
    expect(after.get(ASTANA.code)).toBe(before.get(ASTANA.code));
    expect((await client.call('enrol', { json: request })).json).toEqual(first.json); // its first answer may have been lost
    const stranger = await client.call('enrol', { json: { ...request, publicKey: makeDeskKey().publicKey } });
    expect([stranger.status, stranger.json.code]).toEqual([403, 'enrolment-code-wrong']);
    expect((await desk(ALMATY.code)).court).toBe(ALMATY.code);
    await registry.close();
  });

  it.each(['training', 'real'] as const)(
    'a %s registry takes an assertion once; a real one compares its times with the clock',
    async (mode) => {
      const { registry, client, desk } = await openRegistry(() => Promise.resolve(memory), { mode, courts: [ALMATY] });
      const { key, id } = await desk(ALMATY.code);
      const ask = async (deskMs: number, exp?: number) => {
        const assertion = await signAssertion(key, id, deskMs, exp === undefined ? {} : { exp });
        const answers = [await client.call('takeToken', { json: { assertion } }), await client.call('takeToken', { json: { assertion } })];
        return answers.map((answer) => answer.json.code ?? answer.status);
      };
      const minute = 60_000;
      const once = [200, 'assertion-invalid'];
      const never = mode === 'real' ? ['clock-skew', 'clock-skew'] : once;
      expect(await ask(NOW_MS - 6 * minute)).toEqual(once);
      expect(await ask(NOW_MS + 4 * minute)).toEqual(once);
      expect(await ask(NOW_MS - 8 * minute)).toEqual(never);
      expect(await ask(NOW_MS + 9 * minute)).toEqual(never);
      expect(await ask(NOW_MS - 900 * 24 * 60 * minute)).toEqual(never);
      expect(await ask(NOW_MS, 1e300)).toEqual(never);
      await registry.close();
    },
  );

  it('an access token runs out after ten minutes', async () => {
    let now = NOW_MS;
    const { registry, desk } = await openRegistry(() => Promise.resolve(memory), { clock: () => new Date(now).toISOString() });
    const one = await desk();
    now += 9 * 60_000;
    expect((await one.call('readFeed')).status).toBe(200);
    now += 2 * 60_000;
    expect((await one.call('readFeed')).json.code).toBe('not-signed-in');
    await registry.close();
  });

  it('a real registry without a cabinet token keeps the cabinet out', async () => {
    const registry = await start({ mode: 'real', courts: [ALMATY] });
    const client = createDocumentedClient(registry.url);
    for (const token of [undefined, '', 'null', CABINET_TOKEN]) expect((await client.call('uploadToCabinet', { token })).status).toBe(401);
    await registry.close();
  });
});

describe('starting and stopping', () => {
  it('two registries never share one data folder', async () => {
    const first = await start({ dataDir: folder });
    expect(await refusedStart({ dataDir: folder })).toBe('profile-in-use');
    await first.close();
    expect(await refusedStart({ dataDir: folder })).toBe('started');
  });

  it('a port that is taken and a database that is not there are told', async () => {
    const taken = net.createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as net.AddressInfo;
    expect(await refusedStart({ port })).toBe('input-invalid');
    expect(await refusedStart({ database: `postgres://nobody@127.0.0.1:1/none` })).toBe('registry-unreachable');
    await new Promise((resolve) => taken.close(resolve));
  });

  it('closing lets a request under way finish and takes nothing new', async () => {
    let entered: () => void = () => undefined;
    let release: () => void = () => undefined;
    const underWay = new Promise<void>((resolve) => (entered = resolve));
    const until = new Promise<void>((resolve) => (release = resolve));
    const registry = await start({
      faults: ({ route }) => (route === '/v1/health' ? (entered(), { kind: 'hold', until }) : null),
    });
    const answer = fetch(`${registry.url}/v1/health`);
    await underWay;
    const closed = registry.close();
    release();
    expect((await answer).status).toBe(200);
    await closed;
    await expect(fetch(`${registry.url}/v1/health`)).rejects.toThrow('fetch failed');
    await registry.close();
  });

  it('a cut-off upload keeps nothing', async () => {
    const { registry, desk } = await openRegistry(() => Promise.resolve({ database: 'embedded', dataDir: folder }));
    const one = await desk();
    const bytes = Buffer.alloc(100_000, 'x');
    const { port } = new URL(registry.url);
    await new Promise<void>((resolve) => {
      const socket = net.connect(Number(port), '127.0.0.1');
      socket.write(
        `PUT /v1/documents/${sha256(bytes)} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${one.token}\r\nContent-Length: ${bytes.length}\r\n\r\n`,
      );
      socket.write(bytes.subarray(0, 50_000), () => socket.destroy());
      socket.once('close', () => resolve());
    });
    await expect.poll(() => fs.readdirSync(path.join(folder, 'documents/incoming'))).toEqual([]);
    expect((await one.call('readDocument', { path: { sha256: sha256(bytes) } })).status).toBe(404);
    expect(await one.upload(bytes)).toEqual({ sha256: sha256(bytes), size: bytes.length });
    await registry.close();
  });
});

describe.skipIf(postgresPrograms === null)('a database server that goes away', () => {
  it('is told as 503, and the registry still stops', async () => {
    const cluster = await startPostgresCluster(postgresPrograms!);
    const registry = await start({ database: await cluster.freshDatabase(), dataDir: folder });
    const health = () => fetch(`${registry.url}/v1/health`);
    expect((await health()).status).toBe(200);
    await cluster.stop();
    for (let times = 0; times < 2; times++) {
      const answer = await health();
      expect([answer.status, await answer.json()]).toEqual([503, { code: 'registry-unavailable', message: expect.any(String) }]);
    }
    await registry.close();
  });
});

describe('registry/main.ts', () => {
  type Ready = Pick<RunningRegistry, 'url' | 'adminToken' | 'courts'>;
  const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const read = async (stream: NodeJS.ReadableStream) => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks).toString();
  };
  const firstLine = (stream: NodeJS.ReadableStream) =>
    new Promise<string>((resolve) => {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes('\n')) resolve(text);
      });
    });

  it.each([
    ['SIGTERM', []],
    ['SIGINT', ['--data', 'a folder of its own']],
  ] as const)('prints one line when ready and stops gracefully on %s', async (signal, args) => {
    const child = spawn(process.execPath, [main, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    const exit = ended(child);
    const line = await firstLine(child.stdout);
    const ready = JSON.parse(line) as Ready;
    expect(line.split('\n')).toEqual([JSON.stringify(ready), '']);
    expect(Object.keys(ready)).toEqual(['url', 'adminToken', 'courts']);
    expect(ready.courts).toEqual([{ code: '9900', nameKk: 'Оқу соты', nameRu: 'Учебный суд', enrolmentCode: expect.any(String) }]);
    expect((await fetch(`${ready.url}/v1/health`)).status).toBe(200);
    child.kill(signal);
    expect(await exit).toBe(0);
  });

  it('tells the process that forked it, and goes when that one is gone', async () => {
    const child = fork(main, [], { stdio: 'ignore' });
    const exit = ended(child);
    const ready = await new Promise<Ready>((resolve) => child.once('message', (message) => resolve(message as Ready)));
    expect((await fetch(`${ready.url}/v1/health`)).status).toBe(200);
    child.disconnect();
    expect(await exit).toBe(0);
  });

  it('tells the process that forked it why it does not start', async () => {
    const registry = await start({ dataDir: folder });
    const child = fork(main, ['--data', folder], { stdio: 'ignore' });
    const exit = ended(child);
    const told = await new Promise((resolve) => child.once('message', resolve));
    expect(told).toMatchObject({ error: { code: 'profile-in-use' } });
    expect(await exit).toBe(1);
    await registry.close();
  });

  it('reads its arguments', () => {
    expect(readArguments([])).toEqual({ port: 0, host: '127.0.0.1', database: 'embedded', dataDir: null, mode: 'training', courts: [] });
    const courts = path.join(folder, 'courts.json');
    fs.writeFileSync(courts, JSON.stringify([ALMATY]));
    const real = [
      '--mode',
      'real',
      '--database',
      'postgres://db/kense',
      '--data',
      folder,
      '--courts',
      courts,
      '--port',
      '8800',
      '--host',
      '::1',
    ];
    expect(readArguments(real)).toEqual({
      port: 8800,
      host: '::1',
      database: 'postgres://db/kense',
      dataDir: folder,
      mode: 'real',
      courts: [ALMATY],
    });
    const wrong = ['--port x', '--port 70000', '--mode play', '--mode real', '--database mysql://x', '--courts /nowhere', '--what', 'file'];
    for (const line of wrong) expect([line, readArguments(line.split(' '))]).toEqual([line, null]);
  });

  it('explains itself when it does not understand', async () => {
    const child = spawn(process.execPath, [main, '--what'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [code, out, error] = await Promise.all([ended(child), read(child.stdout), read(child.stderr)]);
    expect([code, out]).toEqual([64, '']);
    expect(error).toContain('usage: registry');
  });
});
