import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTimestampClient, loadAllowedHosts, loadTimestampAuthority } from '../../../main/evidence/index.ts';
import { checkTimestamp, loadPolicy, type Policy } from '../../../main/signature/index.ts';
import { deadPort, startEvidenceServer, startRawServer, type EvidenceServer } from '../../support/evidence-server.ts';
import { standardHierarchy } from '../../support/openssl-pki.ts';
import { answerTimestampRequest } from '../../support/openssl-tsa.ts';

const RESOURCES = path.resolve(import.meta.dirname, '../../../resources');
const { root, authority, crls } = standardHierarchy();
const trust = { anchors: [root.der], certs: [authority.der], crls, ocsp: [] };
const clock = () => new Date().toISOString();
const digest = createHash('sha256').update('signature value').digest();

let server: EvidenceServer;
let policy: Policy;
beforeAll(async () => {
  server = await startEvidenceServer();
  const loaded = await loadPolicy(RESOURCES, 'kz-incoming');
  if (!loaded.ok) throw new Error('no policy');
  policy = loaded.value;
});

type Options = { url?: string; port?: number; tokenPolicy?: string | null; timeoutMs?: number; mayBePrivate?: boolean; at?: () => string };
function client(options: Options = {}) {
  const port = options.port ?? server.port;
  return createTimestampClient({
    url: options.url ?? `http://127.0.0.1:${port}/tsa`,
    tokenPolicy: options.tokenPolicy ?? null,
    hosts: [{ host: '127.0.0.1', port, mayBePrivate: true }],
    clock: options.at ?? clock,
    random: randomBytes,
    trust: () => Promise.resolve(trust),
    policy,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  });
}
const genuine = () =>
  server.answer('/tsa', (asked, response) => void response.writeHead(200).end(answerTimestampRequest(asked.body, { policy: POLICY })));
const POLICY = '1.2.398.3.3.2.6.2';

describe('asking a timestamp authority', () => {
  it('gets a token over the digest that the verifier trusts, and tells the authority nothing but digest and number', async () => {
    genuine();
    const stamped = await client({ tokenPolicy: POLICY }).stamp(digest);
    if (!stamped.ok) throw new Error(stamped.fault);
    const report = await checkTimestamp({ token: stamped.token, sha256: digest, trust, policy, at: clock() });
    expect(report).toMatchObject({ verdict: 'valid', policy: POLICY });
    const { body } = server.asked.at(-1)!;
    expect(body.includes(digest)).toBe(true);
    expect(body.length).toBeLessThan(90);
  });

  it('asks with another number each time', async () => {
    genuine();
    const asking = client();
    await asking.stamp(digest);
    await asking.stamp(digest);
    const [first, second] = server.asked.slice(-2);
    expect(first!.body.equals(second!.body)).toBe(false);
  });

  it('refuses a token under another policy than the one it wants', async () => {
    genuine();
    // OpenSSL gives no token at all under a policy it does not have; an authority that ignores the wish gives its own
    expect(await client({ tokenPolicy: '1.2.398.3.3.2.6.4' }).stamp(digest)).toEqual({ ok: false, fault: 'refused' });
    const request = (body: Buffer) => Buffer.from(body.toString('hex').replace(WISH, OWN), 'hex');
    server.answer(
      '/tsa',
      (asked, response) => void response.writeHead(200).end(answerTimestampRequest(request(asked.body), { policy: POLICY })),
    );
    expect(await client({ tokenPolicy: '1.2.398.3.3.2.6.4' }).stamp(digest)).toEqual({ ok: false, fault: 'policy-differs' });
  });
  const [WISH, OWN] = ['06082a830e0303020604', '06082a830e0303020602'];

  it('gives up on an authority that is slow, and leaves one that did not answer alone for a while', async () => {
    const silent = await startRawServer(() => undefined);
    const slow = client({ port: silent, timeoutMs: 50 });
    expect(await slow.stamp(digest)).toEqual({ ok: false, fault: 'timeout' });
    const dead = client({ port: await deadPort() });
    expect(await dead.stamp(digest)).toEqual({ ok: false, fault: 'unreachable' });
    genuine();
    const before = server.asked.length;
    const resting = client({ port: silent, timeoutMs: 50 });
    await resting.stamp(digest);
    expect(await resting.stamp(digest)).toEqual({ ok: false, fault: 'timeout' });
    expect(server.asked.length).toBe(before);
  });

  it('asks again at once when the line is back', async () => {
    const connections: unknown[] = [];
    const silent = await startRawServer((socket) => void connections.push(socket));
    const asking = client({ port: silent, timeoutMs: 50 });
    await asking.stamp(digest);
    await asking.stamp(digest);
    expect(connections).toHaveLength(1);
    asking.lineReturned();
    await asking.stamp(digest);
    expect(connections).toHaveLength(2);
  });

  it('asks no other host than those it may, and no address that is none', async () => {
    const before = server.asked.length;
    const other = createTimestampClient({
      ...{ url: server.url('/tsa'), tokenPolicy: null, hosts: [], clock, random: randomBytes },
      ...{ trust: () => Promise.resolve(trust), policy },
    });
    expect(await other.stamp(digest)).toEqual({ ok: false, fault: 'host-not-allowed' });
    expect(await client({ url: 'file:///etc/passwd' }).stamp(digest)).toEqual({ ok: false, fault: 'address-unusable' });
    expect(server.asked.length).toBe(before);
  });

  it('follows no redirect and trusts no token from the future of its clock', async () => {
    server.answer('/tsa', (_, response) => void response.writeHead(302, { location: server.url('/elsewhere') }).end());
    expect(await client().stamp(digest)).toEqual({ ok: false, fault: 'redirect-refused' });
    genuine();
    const dayAgo = () => new Date(Date.now() - 86_400_000).toISOString();
    expect(await client({ at: dayAgo }).stamp(digest)).toEqual({ ok: false, fault: 'not-trusted' });
  });
});

describe('the authority of the product', () => {
  it('may be asked in a real profile, and training has none', async () => {
    const [real, training] = [await loadTimestampAuthority(RESOURCES, 'real'), await loadTimestampAuthority(RESOURCES, 'training')];
    const hosts = await loadAllowedHosts(RESOURCES, 'real');
    if (!real.ok || !hosts.ok || real.value === null) throw new Error('no authority');
    const { hostname } = new URL(real.value.url);
    expect(hosts.value.some(({ host, port }) => host === hostname && port === 80)).toBe(true);
    expect(training).toEqual({ ok: true, value: null });
  });
});
