import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { createRateLimit } from '../../../registry/http/rate-limit.ts';
import { isStorable } from '../../../registry/http/storable.ts';
import { keepUser, makeDeskKey, sha256 } from '../../support/registry/desk.ts';
import { makeSubmission, submitFiling } from '../../support/registry/filer.ts';
import { ALMATY, CABINET_TOKEN, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

type Sample = { readonly labels: Record<string, string>; readonly value: number };
/** What the parser of Prometheus's own Python client makes of it, by name of the sample. */
function parsedByPrometheus(text: string): Record<string, Sample[]> {
  const program = [
    'import json, sys',
    'from prometheus_client.parser import text_string_to_metric_families as parse',
    'found = {}',
    'for family in parse(sys.stdin.read()):',
    '  assert family.type != "unknown" and family.documentation, family.name',
    '  for s in family.samples: found.setdefault(s.name, []).append({"labels": s.labels, "value": s.value})',
    'print(json.dumps(found))',
  ].join('\n');
  return JSON.parse(execFileSync('/usr/bin/python3', ['-c', program], { input: text, encoding: 'utf8' })) as Record<string, Sample[]>;
}

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

  const { publicKey } = makeDeskKey();
  const guess = (headers: Record<string, string> = {}) =>
    fetch(`${open!.registry.url}/v1/workstations/enrol`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ code: 'AAAA-AAAA-AAAA-AAAA', name: 'Guess', training: false, publicKey }),
    }).then(({ status }) => status);

  it('lets nobody guess an enrolment code, an assertion or a signature: a real registry takes five attempts a second from an address', async () => {
    open = await openRegistry(memory, { mode: 'real', courts: [ALMATY] });
    const desk = await open.desk(ALMATY.code);
    const { client } = open;
    const began = performance.now();
    const statuses = await Promise.all(Array.from({ length: 60 }, () => guess()));
    const tokens = await Promise.allSettled(Array.from({ length: 60 }, () => client.call('takeToken', { json: { assertion: 'x' } })));
    const refused = tokens.filter((answer) => answer.status === 'rejected' && /takeToken 429/.test(String(answer.reason))).length;
    const seconds = (performance.now() - began) / 1000;
    expect(new Set(statuses)).toEqual(new Set([403, 429]));
    // five seconds' worth at first, then five for each second that this took
    const answered = statuses.filter((status) => status === 403).length + tokens.length - refused;
    expect(answered).toBeLessThanOrEqual(25 + 5 * seconds);
    expect(refused).toBeGreaterThan(0);
    expect((await desk.call('readFeed')).status).toBe(200); // whoever is in goes on
  });

  it('believes X-Forwarded-For from a proxy that it was told of, and from nobody else', async () => {
    const strangers = (trusted: boolean) =>
      Promise.all(Array.from({ length: 40 }, (_, i) => guess(trusted ? { 'x-forwarded-for': `10.0.0.${i}` } : {})));
    open = await openRegistry(memory, { mode: 'real', courts: [ALMATY], attemptsPerSecond: 1 });
    expect(new Set(await strangers(true))).toEqual(new Set([403, 429]));
    await open.registry.close();
    open = await openRegistry(memory, { mode: 'real', courts: [ALMATY], attemptsPerSecond: 1, trustedProxies: ['127.0.0.1'] });
    expect(new Set(await strangers(true))).toEqual(new Set([403]));
    expect(await strangers(false)).toContain(429);
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

  it('metrics are what Prometheus reads, tell how the registry fares, and hold nothing personal', async () => {
    open = await openRegistry(memory);
    const { client, registry } = open;
    const desk = await open.desk();
    await keepUser(client, registry, '9900', ['judge']);
    const filing = await submitFiling(client, '9900', 'Құпия талап');
    const bytes = Buffer.from('in two parts');
    const tus = { 'tus-resumable': '1.0.0' };
    const metadata = `sha256 ${Buffer.from(sha256(bytes)).toString('base64')}`;
    await desk.call('beginUpload', { headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata } });
    await client.call('readFilingStatus', { path: { number: filing.cabinetNumber } });
    await fetch(`${registry.url}/v1/cabinet/filings/${encodeURIComponent('Өмірбекова"\n870131400012')}`);
    const after = (await desk.feed()).length;
    const held = desk.call('readFeed', { query: { after, wait: 25 } });
    const read = async () => (await client.call('readMetrics')).bytes.toString();
    await expect.poll(read).toContain('\nkense_registry_held_polls 1\n');
    const text = await read();
    for (const word of ['Өмірбекова', 'Әбдірахманова', '870131400012', 'Құпия', filing.cabinetNumber, filing.id, desk.id])
      expect(text).not.toContain(word);

    const families = parsedByPrometheus(text);
    const valueOf = (name: string, labels: object = {}) =>
      families[name]?.find((sample) => Object.entries(labels).every(([key, value]) => sample.labels[key] === value))?.value;
    expect(valueOf('kense_registry_held_polls')).toBe(1);
    expect(valueOf('kense_registry_uploads_unfinished')).toBe(1);
    expect(valueOf('kense_registry_feed_heard')).toBe(1);
    expect(valueOf('kense_registry_feed_items', { court: '9900' })).toBe(after);
    const feed = { method: 'GET', route: '/v1/feed' };
    const count = valueOf('kense_registry_request_duration_seconds_count', feed);
    expect(count).toBe(valueOf('kense_registry_requests_total', { ...feed, status: '200' }));
    expect(valueOf('kense_registry_request_duration_seconds_bucket', { ...feed, le: '+Inf' })).toBe(count);
    await registry.close();
    expect((await held).status).toBe(200);
    open = null;
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
