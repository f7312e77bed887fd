import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault, FaultScript } from '../../../registry/index.ts';
import { REGISTRY_PATHS, type FeedPage } from '../../../shared/registry/index.ts';
import { sha256, type Desk } from '../../support/registry/desk.ts';
import { submitFiling } from '../../support/registry/filer.ts';
import { openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

let open: OpenRegistry;
let script: FaultScript | null = null;
beforeAll(async () => {
  const faults: FaultScript = (request) => script?.(request) ?? null;
  open = await openRegistry(() => Promise.resolve({ database: 'embedded', dataDir: null }), { faults });
  await submitFiling(open.client, '9900', 'first');
  await submitFiling(open.client, '9900', 'second');
});
afterAll(() => open?.registry.close());
afterEach(() => {
  script = null;
});

/** Makes the registry misbehave at one request of one route from now on, and gives a desk that asks it without a safety net. */
async function misbehaving(fault: Fault, at: { method: string; route: string; n: number }) {
  const desk = await open.desk();
  const asked: string[] = [];
  let count = 0;
  script = ({ method, route }) => {
    asked.push(`${method} ${route}`);
    return method === at.method && route === at.route && ++count === at.n ? fault : null;
  };
  const ask = (path: string, init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {}) =>
    fetch(open.registry.url + path, { ...init, headers: { ...init.headers, authorization: `Bearer ${desk.token}` } });
  return { desk, ask, asked };
}

const anchors = { method: 'POST', route: '/v1/commands', n: 1 };
function anchor(desk: Desk, id: string) {
  return desk.send('journal.anchor', { entries: 1, head: sha256('journal') }, null, { id });
}

describe('a registry with scripted faults', () => {
  it('drops a request without handling it', async () => {
    const { desk } = await misbehaving({ kind: 'drop' }, anchors);
    const id = randomUUID();
    await expect(anchor(desk, id)).rejects.toThrow('fetch failed');
    expect((await anchor(desk, id)).outcome).toBe('applied');
  });

  it('handles a request and loses the answer', async () => {
    const { desk } = await misbehaving({ kind: 'drop-answer' }, anchors);
    const id = randomUUID();
    await expect(anchor(desk, id)).rejects.toThrow('fetch failed');
    expect((await anchor(desk, id)).outcome).toBe('duplicate');
  });

  it.each([
    [false, 'applied'],
    [true, 'duplicate'],
  ] as const)('answers 500, having handled the request: %s', async (handled, second) => {
    const { desk, ask } = await misbehaving({ kind: 'error', handled }, anchors);
    const id = randomUUID();
    const json = {
      id,
      kind: 'journal.anchor',
      schemaVersion: 1,
      subject: 'journal',
      actor: null,
      at: '2026-11-21T10:00:00.000Z',
      payload: { entries: 1, head: sha256('journal') },
    };
    const first = await ask(REGISTRY_PATHS.commands, {
      method: 'POST',
      body: JSON.stringify(json),
      headers: { 'content-type': 'application/json' },
    });
    expect([first.status, await first.json()]).toEqual([500, { code: 'unexpected', message: 'The registry failed.' }]);
    expect((await anchor(desk, id)).outcome).toBe(second);
  });

  it('answers garbage', async () => {
    const { ask } = await misbehaving({ kind: 'garbage' }, { method: 'GET', route: '/v1/feed', n: 1 });
    const answer = await ask(REGISTRY_PATHS.feed);
    expect(answer.status).toBe(200);
    await expect(answer.json()).rejects.toThrow();
    expect((await ask(REGISTRY_PATHS.feed)).status).toBe(200);
  });

  it('breaks an answer off in the middle', async () => {
    const { ask } = await misbehaving({ kind: 'truncate' }, { method: 'GET', route: '/v1/feed', n: 1 });
    const answer = await ask(REGISTRY_PATHS.feed);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    expect(((await (await ask(REGISTRY_PATHS.feed)).json()) as FeedPage).items).toHaveLength(5);
  });

  it('breaks a document off in the middle, so that the rest can be asked for', async () => {
    const { desk, ask } = await misbehaving({ kind: 'truncate' }, { method: 'GET', route: '/v1/documents/{sha256}', n: 1 });
    const bytes = Buffer.alloc(300_000, 'kense');
    const { sha256: hash } = await desk.upload(bytes);
    const received: Uint8Array[] = [];
    const answer = await ask(REGISTRY_PATHS.document(hash));
    await expect(
      (async () => {
        for await (const chunk of answer.body!) received.push(chunk);
      })(),
    ).rejects.toThrow();
    const first = Buffer.concat(received);
    expect(first.length).toBeLessThan(bytes.length);
    const rest = await ask(REGISTRY_PATHS.document(hash), { headers: { range: `bytes=${first.length}-` } });
    expect(rest.status).toBe(206);
    expect(Buffer.concat([first, Buffer.from(await rest.arrayBuffer())]).equals(bytes)).toBe(true);
  });

  it('holds a request until told to go on', async () => {
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    const { ask } = await misbehaving({ kind: 'hold', until }, { method: 'GET', route: '/v1/feed', n: 1 });
    const order: string[] = [];
    const held = ask(REGISTRY_PATHS.feed).then(() => order.push('held'));
    await ask(REGISTRY_PATHS.feed).then(() => order.push('free'));
    release();
    await held;
    expect(order).toEqual(['free', 'held']);
  });

  it('answers late', async () => {
    const { ask } = await misbehaving({ kind: 'delay', ms: 5 }, { method: 'GET', route: '/v1/feed', n: 1 });
    expect((await ask(REGISTRY_PATHS.feed)).status).toBe(200);
  });

  it('serves other bytes of the same length, then the right ones', async () => {
    const { desk, ask } = await misbehaving({ kind: 'other-bytes' }, { method: 'GET', route: '/v1/documents/{sha256}', n: 1 });
    const bytes = Buffer.from('the right bytes');
    const { sha256: hash } = await desk.upload(bytes);
    const read = async () => Buffer.from(await (await ask(REGISTRY_PATHS.document(hash))).arrayBuffer());
    const wrong = await read();
    expect(wrong).toHaveLength(bytes.length);
    expect(sha256(wrong)).not.toBe(hash);
    expect(await read()).toEqual(bytes);
  });

  it('pretends that a document is not there', async () => {
    const { desk, ask } = await misbehaving({ kind: 'not-found' }, { method: 'GET', route: '/v1/documents/{sha256}', n: 1 });
    const { sha256: hash } = await desk.upload(Buffer.from('bytes'));
    const statuses = [await ask(REGISTRY_PATHS.document(hash)), await ask(REGISTRY_PATHS.document(hash))].map((answer) => answer.status);
    expect(statuses).toEqual([404, 200]);
  });

  it.each([
    ['repeat-item', [1, 1, 2, 3, 4, 5]],
    ['skip-item', [2, 3, 4, 5]],
  ] as const)('feed: %s', async (kind, seqs) => {
    const { ask } = await misbehaving({ kind }, { method: 'GET', route: '/v1/feed', n: 2 });
    const page = async () => ((await (await ask(REGISTRY_PATHS.feed)).json()) as FeedPage).items.map((item) => item.seq);
    expect(await page()).toEqual([1, 2, 3, 4, 5]);
    expect(await page()).toEqual(seqs);
    expect(await page()).toEqual([1, 2, 3, 4, 5]);
  });

  it('tells the script the method and the path as the document writes them', async () => {
    const { ask, asked } = await misbehaving({ kind: 'delay', ms: 0 }, { method: 'GET', route: '/v1/feed', n: 99 });
    await ask(REGISTRY_PATHS.document(sha256('x')));
    await ask(REGISTRY_PATHS.cabinetAct('261100000001', randomUUID()));
    await ask('/nowhere');
    expect(asked).toEqual(['GET /v1/documents/{sha256}', 'GET /v1/cabinet/filings/{number}/acts/{actId}', 'GET none']);
  });
});
