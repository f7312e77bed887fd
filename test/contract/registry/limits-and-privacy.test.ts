import { afterEach, describe, expect, it } from 'vitest';
import { createRateLimit } from '../../../registry/http/rate-limit.ts';
import { isStorable } from '../../../registry/http/storable.ts';
import { keepUser } from '../../support/registry/desk.ts';
import { makeSubmission, submitFiling } from '../../support/registry/filer.ts';
import { CABINET_TOKEN, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

const memory = () => Promise.resolve({ database: 'embedded', dataDir: null } as const);
let open: OpenRegistry | null = null;
afterEach(async () => {
  await open?.registry.close();
  open = null;
});

describe('the rate limit', () => {
  it('lets a burst through, then so many a second, for each asker alone', () => {
    let nowMs = 0;
    const allowed = createRateLimit(10, () => nowMs);
    const count = (asker: string, times: number) => Array.from({ length: times }, () => allowed(asker)).filter(Boolean).length;
    expect(count('desk', 100)).toBe(50);
    expect(count('another desk', 1)).toBe(1);
    nowMs += 1000;
    expect(count('desk', 100)).toBe(10);
    nowMs += 3_600_000;
    expect(count('desk', 100)).toBe(50);
  });

  it('answers 429 with Retry-After, counts a desk apart from its address, and goes on', async () => {
    open = await openRegistry(memory, { requestsPerSecond: 4 });
    const desk = await open.desk();
    const health = () => fetch(`${open!.registry.url}/v1/health`);
    const flood = <T>(ask: () => Promise<T>) => Promise.all(Array.from({ length: 60 }, ask));

    const refused = (await flood(health)).find((answer) => answer.status !== 200);
    expect(refused?.status).toBe(429);
    expect(refused?.headers.get('retry-after')).toBe('1');
    expect(await refused?.json()).toEqual({ code: 'too-many-requests', message: expect.any(String) });
    expect((await desk.call('readFeed')).status).toBe(200);
    await expect.poll(async () => (await health()).status, { timeout: 10_000 }).toBe(200);
  });

  it('does not count the cabinet with its token', async () => {
    open = await openRegistry(memory, { requestsPerSecond: 1 });
    const ask = () => open!.client.call('readFilingStatus', { path: { number: '261100000001' }, token: CABINET_TOKEN });
    const answers = await Promise.all(Array.from({ length: 60 }, ask));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([404]));
  });
});

describe('what comes in', () => {
  it('is kept only as far as the database can hold it', () => {
    expect(isStorable({ name: 'Өмірбекова 𝒳 "quoted" \\ \u0001', list: [1, null, true, {}] })).toBe(true);
    for (const bad of ['a\u0000', '\ud800', 'x\udc00y', { '\u0000': 1 }, [{ deep: ['\u0000'] }]]) expect(isStorable(bad)).toBe(false);
    const nest = (depth: number): unknown => (depth === 0 ? 'x' : [nest(depth - 1)]);
    expect(isStorable(nest(31))).toBe(true);
    expect(isStorable(nest(33))).toBe(false);
  });

  it('prototype tricks and repeated queries are refused or mean nothing', async () => {
    open = await openRegistry(memory);
    const desk = await open.desk();
    const raw = (body: string) => desk.call('sendCommand', { body, headers: { 'content-type': 'application/json' } });
    expect((await raw('{"__proto__":{"admin":true}}')).status).toBe(400);
    expect((await raw('{"constructor":{"prototype":{"admin":true}}}')).status).toBe(400);
    expect((await raw('')).status).toBe(400);
    const twice = await fetch(`${open.registry.url}/v1/feed?after=1&after=2`, { headers: { authorization: `Bearer ${desk.token}` } });
    expect(twice.status).toBe(400);
  });
});

describe('what goes out', () => {
  it('every answer carries the security headers', async () => {
    open = await openRegistry(memory);
    for (const path of ['/v1/health', '/metrics', '/v1/feed', '/nowhere', '/v1/cabinet/filings/261100000001']) {
      const { headers } = await fetch(open.registry.url + path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('logs say who asked what and how it ended, and hold nothing personal and no secret', async () => {
    const lines: object[] = [];
    open = await openRegistry(memory, { log: (line) => lines.push(line) });
    const { client, registry } = open;
    const desk = await open.desk();
    await keepUser(client, registry, '9900', ['judge']);
    const { submission } = makeSubmission('9900', 'Құпия талап');
    const filing = await submitFiling(client, '9900', 'Құпия талап');
    await desk.call('readFeed');
    await client.call('readFilingStatus', { path: { number: filing.cabinetNumber } });
    await client.call('submitFiling', { json: { ...submission, parties: 'Өмірбекова' } });
    await client.call('submitFiling', { body: '{"name":"Өмірбекова', headers: { 'content-type': 'application/json' } });
    const text = JSON.stringify(lines);
    expect(lines).toContainEqual({
      at: expect.any(String),
      request: expect.any(String),
      method: 'GET',
      route: '/v1/feed',
      status: 200,
      ms: expect.any(Number),
      workstation: desk.id,
      court: '9900',
    });
    const secrets = [registry.adminToken, desk.token, registry.courts[0]!.enrolmentCode];
    const personal = ['Өмірбекова', 'Әбдірахманова', '870131400012', 'Құпия', filing.cabinetNumber];
    for (const word of [...secrets, ...personal]) expect(text).not.toContain(word);
  });

  it('a failure inside is told to nobody but the log, and there without its message', async () => {
    const lines: object[] = [];
    let broken = false;
    open = await openRegistry(memory, {
      log: (line) => lines.push(line),
      newId: () => (broken ? 'no UUID: Өмірбекова' : crypto.randomUUID()),
    });
    await submitFiling(open.client, '9900', 'fine');
    broken = true;
    const { submission } = makeSubmission('9900', 'fine');
    const answer = await fetch(`${open.registry.url}/v1/cabinet/filings`, {
      method: 'POST',
      body: JSON.stringify(submission),
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.status, await answer.json()]).toEqual([500, { code: 'unexpected', message: 'The registry failed.' }]);
    const failure = lines.find((line) => 'where' in line);
    expect(failure).toMatchObject({
      code: '22P02',
      route: '/v1/cabinet/filings',
      statement: expect.stringContaining('INSERT INTO filing'),
    });
    expect(JSON.stringify({ ...failure, request: '' })).not.toContain('Өмірбекова');
    broken = false;
    expect((await open.desk()).court).toBe('9900');
  });
});
