import fs from 'node:fs';
import path from 'node:path';
import tls from 'node:tls';
import { v7 as newId } from 'uuid';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createProfile, openDesk, syncOnce } from '../../../main/core/index.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import { RegistryStartError, startRegistry, type RegistryOptions, type RunningRegistry } from '../../../registry/index.ts';
import { readServing } from '../../../registry/serving-options.ts';
import { runKense } from '../../support/cli/run-kense.ts';
import { must, RESOURCES } from '../../support/desk/training-office.ts';
import { startRegistryProcess } from '../../support/registry/registry-process.ts';
import { tlsAuthority, type PemFiles, type TlsAuthority } from '../../support/registry/tls-authority.ts';
import { tempDir } from '../../support/temp-dir.ts';

let court: TlsAuthority;
let stranger: TlsAuthority;
let server: PemFiles;
beforeAll(() => {
  court = tlsAuthority('Court network');
  stranger = tlsAuthority('Another network');
  server = court.issue('registry');
});
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const clock = () => new Date().toISOString();
async function start(given: Partial<NonNullable<RegistryOptions['tls']>> = {}): Promise<RunningRegistry> {
  const files = { ...server, clientCa: null, minVersion: 'TLSv1.2' as const, ...given };
  const registry = await startRegistry({ database: 'embedded', dataDir: null, mode: 'training', clock, tls: files });
  closing.push(() => registry.close());
  return registry;
}
/** Greets the registry as OpenSSL does; the peer's certificate, or the code of what went wrong. */
function greet(registry: Pick<RunningRegistry, 'url'>, options: tls.ConnectionOptions = {}): Promise<tls.TLSSocket | string> {
  return new Promise((resolve) => {
    const socket = tls.connect({ host: '127.0.0.1', port: Number(new URL(registry.url).port), ca: fs.readFileSync(court.ca), ...options });
    closing.push(() => socket.destroy());
    socket.once('error', (error) => resolve((error as { code?: string }).code ?? 'error'));
    socket.once('close', () => resolve('closed'));
    socket.once('secureConnect', () => socket.write('GET /v1/ready HTTP/1.1\r\nHost: localhost\r\n\r\n'));
    socket.once('data', () => resolve(socket));
  });
}
const serialOf = (socket: tls.TLSSocket | string) => (typeof socket === 'string' ? socket : socket.getPeerCertificate().fingerprint256);
const read = ({ cert, key }: PemFiles) => ({ cert: fs.readFileSync(cert), key: fs.readFileSync(key) });

async function deskOf(registry: RunningRegistry, registryTls: { ca?: string; cert?: string; key?: string }) {
  const profileDir = path.join(tempDir(), 'desk');
  const input = { profileDir, registryUrl: registry.url, enrolmentCode: registry.courts[0]!.enrolmentCode, training: true, clock, newId };
  const created = await createProfile({ ...input, registryTls, protector: { kind: 'open' } });
  if (!created.ok) return created;
  const dataKey = must(openDataKey(profileDir, { kind: 'open' }));
  const tokenHost = createTokenHost(() => Promise.resolve(null));
  const opened = await openDesk({ profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: null, clock, newId }, { tokenHost });
  if (opened.ok) closing.push(() => opened.value.close());
  return opened;
}

describe('TLS', () => {
  it('a desk that trusts the authority of the registry works; one that trusts another says so and sends nothing', async () => {
    const registry = await start();
    expect(registry.url).toMatch(/^https:/);
    must(await syncOnce(must(await deskOf(registry, { ca: court.ca }))));
    expect(await deskOf(registry, { ca: stranger.ca })).toMatchObject({ ok: false, error: { code: 'registry-certificate-untrusted' } });
    expect(await deskOf(registry, { ca: '/nowhere.pem' })).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
  });

  it('speaks nothing older than it is told to', async () => {
    const [old, young] = [await start(), await start({ minVersion: 'TLSv1.3' })];
    const versions = { maxVersion: 'TLSv1.2' as const };
    expect((await greet(old, versions)) as tls.TLSSocket).toHaveProperty('encrypted', true);
    expect(await greet(young, versions)).toMatch(/ALERT_PROTOCOL_VERSION/);
    expect(((await greet(young)) as tls.TLSSocket).getProtocol()).toBe('TLSv1.3');
    expect(await greet(old, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' })).toMatch(/ALERT_PROTOCOL_VERSION/);
  });

  it('with an authority for desks, who shows no certificate of it stays out', async () => {
    const registry = await start({ clientCa: court.ca });
    const known = court.issue('desk 1');
    must(await syncOnce(must(await deskOf(registry, { ca: court.ca, ...known }))));
    expect((await greet(registry, read(known))) as tls.TLSSocket).toHaveProperty('authorized', true);
    expect(await greet(registry)).toMatch(/CERTIFICATE_REQUIRED|ECONNRESET|closed/);
    expect(await greet(registry, read(stranger.issue('desk 1')))).toMatch(/UNKNOWN_CA|ECONNRESET|closed/);
    const outside = { ok: false, error: { code: 'registry-unreachable' } };
    expect(await deskOf(registry, { ca: court.ca })).toMatchObject(outside);
    expect(await deskOf(registry, { ca: court.ca, ...stranger.issue('desk 1') })).toMatchObject(outside);
  });

  it('kense office enrol names the files in the profile, and the desk goes on with them', async () => {
    const registry = await start({ clientCa: court.ca });
    const dir = tempDir();
    const known = court.issue('desk 2');
    fs.copyFileSync(court.ca, path.join(dir, 'ca.pem'));
    const line = [
      'office',
      'enrol',
      '--profile',
      'desk',
      '--registry',
      registry.url,
      '--code',
      registry.courts[0]!.enrolmentCode,
      '--training',
    ];
    const lone = await runKense([...line, '--client-cert', known.cert], { home: dir, cwd: dir });
    expect([lone.code, lone.stderr]).toEqual([64, expect.stringContaining('belong together')]);
    const files = ['--registry-ca', 'ca.pem', '--client-cert', known.cert, '--client-key', known.key];
    expect((await runKense([...line, ...files], { home: dir, cwd: dir })).code).toBe(0);
    expect((await runKense(['office', 'pull', '--profile', 'desk', '--json'], { home: dir, cwd: dir })).code).toBe(0);
    expect(JSON.parse(fs.readFileSync(path.join(dir, 'desk', 'profile.json'), 'utf8'))).toMatchObject({
      registryTls: { ca: path.join(dir, 'ca.pem'), ...known },
    });
  });

  it('a renewed certificate is taken up on SIGHUP, connections stay, and a broken one changes nothing', async () => {
    const dir = tempDir();
    const [cert, key] = [path.join(dir, 'cert.pem'), path.join(dir, 'key.pem')];
    const lay = (files: PemFiles) => (fs.copyFileSync(files.cert, cert), fs.copyFileSync(files.key, key));
    lay(server);
    const registry = await startRegistryProcess(['--tls-cert', cert, '--tls-key', key]);
    closing.push(() => registry.end('SIGTERM'));
    const before = (await greet(registry.ready)) as tls.TLSSocket;
    lay(court.issue('registry'));
    registry.child.kill('SIGHUP');
    await expect.poll(async () => serialOf(await greet(registry.ready))).not.toBe(serialOf(before));
    const renewed = serialOf(await greet(registry.ready));
    const again = new Promise((resolve) => before.once('data', (chunk: Buffer) => resolve(chunk.toString())));
    before.write('GET /v1/ready HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await again).toContain('200 OK');
    fs.writeFileSync(cert, 'no certificate');
    registry.child.kill('SIGHUP');
    await expect.poll(() => registry.log()).toContain('The ones before stay.');
    expect(serialOf(await greet(registry.ready))).toBe(renewed);
  });

  it('files that fit no server are told at the start', async () => {
    const other = court.issue('registry');
    for (const wrong of [{ cert: '/nowhere' }, { key: other.key }, { clientCa: server.key }]) {
      const failure = await start(wrong).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(RegistryStartError);
      expect(failure).toMatchObject({ code: 'input-invalid' });
    }
    expect(readServing({}, '/etc')).toEqual({});
    expect(readServing({ 'tls-cert': 'a', 'tls-key': '/b', 'min-tls': '1.3', drain: '3', 'behind-proxy': ['10.0.0.1'] }, '/etc')).toEqual({
      tls: { cert: '/etc/a', key: '/b', clientCa: null, minVersion: 'TLSv1.3' },
      drainSeconds: 3,
      trustedProxies: ['10.0.0.1'],
    });
    for (const wrong of [{ 'tls-cert': 'a' }, { 'tls-client-ca': 'a' }, { 'min-tls': '1.1' }, { rate: 'x' }, { rate: '0' }, { drain: '' }])
      expect(() => readServing(wrong, '/')).toThrow('--');
  });
});
