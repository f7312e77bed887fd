import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CliIo } from '../../../main/cli/cli-io.ts';
import { runCli } from '../../../main/cli/run-cli.ts';
import { createTrustReader } from '../../../main/core/trust-reader.ts';
import { loadTrustList, readCertificate } from '../../../main/signature/index.ts';
import { profilePaths, writeProfile } from '../../../main/store/index.ts';
import { trainingOffice } from '../../support/desk/training-office.ts';
import { AT, CA_EXTENSIONS, daysFromNow, issue, keyOf, signCms, standardHierarchy } from '../../support/openssl-pki.ts';
import { tempDir } from '../../support/temp-dir.ts';

const { root, authority, person, crls } = standardHierarchy();
const expired = issue({
  subject: '/CN=OLD ROOT',
  key: keyOf('old-root'),
  extensions: CA_EXTENSIONS,
  from: daysFromNow(-900),
  to: daysFromNow(-300),
});
const stranger = issue({ subject: '/CN=STRANGER', key: keyOf('stranger'), extensions: CA_EXTENSIONS });
const sha256 = (der: Uint8Array) => createHash('sha256').update(der).digest('hex');

/** Resources whose list names a root, an old root and an issuing authority of the tests. */
const resourcesDir = tempDir();
cpSync(path.resolve('resources/policy'), path.join(resourcesDir, 'policy'), { recursive: true });
mkdirSync(path.join(resourcesDir, 'trust'));
const listed = (der: Uint8Array, role: 'root' | 'issuing') => ({
  sha256: sha256(der),
  role,
  subject: 'CN=X',
  key: 'RSA-2048',
  validFrom: '2020-01-01T00:00:00Z',
  validTo: '2040-01-01T00:00:00Z',
  source: null,
});
const list = { version: '2026-1', certificates: [listed(root.der, 'root'), listed(expired.der, 'root'), listed(authority.der, 'issuing')] };
writeFileSync(path.join(resourcesDir, 'trust/nca-certificates.json'), JSON.stringify(list));

let home: string;
const cwd = tempDir();
const write = (name: string, bytes: Uint8Array | string) => writeFileSync(path.join(cwd, name), bytes);
write('root.cer', root.der);
copyFileSync(root.pem, path.join(cwd, 'root.pem'));
write('old.cer', expired.der);
write('authority.cer', authority.der);
write('stranger.cer', stranger.der);
write('both.pem', readFileSync(root.pem, 'utf8') + readFileSync(stranger.pem, 'utf8'));
write('nothing.cer', 'hello');
write('content.txt', 'x');
write('signature.p7s', signCms({ content: Buffer.from('x'), signers: [person], chain: [authority] }));

beforeEach(() => {
  home = tempDir();
});

async function run(...argv: string[]) {
  let stdout = '';
  let stderr = '';
  const io: CliIo = {
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    readLine: () => Promise.resolve(''),
    cwd,
    resourcesDir,
    clock: () => AT,
    newId: () => 'id',
    userDataDir: home,
    unpackaged: true,
    stopped: Promise.resolve(),
    verificationWorker: path.resolve('main/signature/worker/process.ts'),
  };
  const code = await runCli(argv, io);
  return { code, stderr, json: stdout === '' ? null : JSON.parse(stdout) };
}
const trust = (...argv: string[]) => run('trust', ...argv, '--json');
const installedFiles = () =>
  ['anchors', 'certs'].flatMap((kind) => (existsSync(path.join(home, 'trust', kind)) ? readdirSync(path.join(home, 'trust', kind)) : []));

describe('kense trust install', () => {
  it('lays a listed root among the anchors and a listed authority beside them', async () => {
    const { code, json } = await trust('install', 'root.cer', 'authority.cer');
    expect([code, json.installed]).toMatchObject([
      0,
      [
        { sha256: sha256(root.der), role: 'root', warnings: [] },
        { sha256: sha256(authority.der), role: 'issuing', warnings: [] },
      ],
    ]);
    expect(readdirSync(path.join(home, 'trust/anchors'))).toEqual([`${sha256(root.der)}.cer`]);
    expect(readdirSync(path.join(home, 'trust/certs'))).toEqual([`${sha256(authority.der)}.cer`]);
    expect((await trust('install', 'root.pem')).code, 'again, as PEM').toBe(0);
    expect(installedFiles()).toHaveLength(2);
  });

  it.each([
    ['a certificate that is not on the list', ['stranger.cer'], 'certificate-not-listed'],
    ['one among others in one file', ['both.pem'], 'certificate-not-listed'],
    ['one after a good one', ['root.cer', 'stranger.cer'], 'certificate-not-listed'],
    ['what is no certificate', ['nothing.cer'], 'format-unsupported'],
    ['what is not there', ['missing.cer'], 'file-unreadable'],
  ])('refuses %s, and then installs nothing', async (_, files, code) => {
    expect(await trust('install', ...files)).toMatchObject({ code: 65, json: { error: { code } } });
    expect(installedFiles()).toEqual([]);
  });

  it('warns of an expired one, which still serves the signatures of its time', async () => {
    const { code, json, stderr } = await trust('install', 'old.cer');
    expect([code, json.installed[0].warnings]).toEqual([0, ['EXPIRED']]);
    expect(stderr).toContain('expired on');
  });

  it('is listed, and removed by its fingerprint', async () => {
    await trust('install', 'root.cer', 'authority.cer');
    const { json } = await trust('list');
    expect(
      json.certificates.map((item: { sha256: string; listed: boolean; folder: string }) => [item.sha256, item.folder, item.listed]),
    ).toEqual([
      [sha256(root.der), 'anchors', true],
      [sha256(authority.der), 'certs', true],
    ]);
    expect((await trust('remove', sha256(root.der).toUpperCase())).code).toBe(0);
    expect((await trust('list')).json.certificates).toHaveLength(1);
    expect(await trust('remove', sha256(root.der))).toMatchObject({ code: 1, json: { error: { code: 'not-found' } } });
  });

  it('wrong usage', async () => {
    for (const argv of [[], ['install'], ['list', 'x'], ['remove'], ['remove', 'a', 'b'], ['burn', 'x'], ['list', '--profile', 'nowhere']])
      expect((await run('trust', ...argv)).code, argv.join(' ')).toBe(64);
  });
});

describe('what counts as an anchor', () => {
  const chain = async () => {
    const { json } = await run('verify', 'signature.p7s', '--content', 'content.txt', '--json');
    return json.signatures[0].checks.find((check: { id: string }) => check.id === 'path.found').result as string;
  };
  const layByHand = (kind: string, name: string, bytes: Uint8Array | string) => {
    mkdirSync(path.join(home, 'trust', kind), { recursive: true });
    writeFileSync(path.join(home, 'trust', kind, name), bytes);
  };

  it('a root that was installed', async () => {
    expect(await chain()).toBe('fail');
    await trust('install', 'root.cer');
    expect(await chain()).toBe('ok');
  });

  it('a listed root laid there by hand too, but no other, not an authority, and none out of a file with a stranger', async () => {
    layByHand('anchors', 'a.cer', root.der);
    expect(await chain()).toBe('ok');
    home = tempDir();
    layByHand('anchors', 'a.cer', authority.der);
    expect(await chain()).toBe('fail');
    home = tempDir();
    layByHand('anchors', 'a.pem', readFileSync(root.pem, 'utf8') + readFileSync(stranger.pem, 'utf8'));
    expect(await chain()).toBe('fail');
    expect((await trust('list')).json.certificates.map(({ listed }: { listed: boolean }) => listed)).toEqual([true, false]);
  });
});

describe('training and real profiles', async () => {
  const pinned = await loadTrustList(resourcesDir);
  if (!pinned.ok) throw new Error('list');
  const anchorsOf = async (reader: ReturnType<typeof createTrustReader>) =>
    (await reader()).anchors.map((der) => readCertificate(der)?.sha256);
  const lay = (dir: string, kind: string, name: string, bytes: Uint8Array) => {
    mkdirSync(path.join(dir, kind), { recursive: true });
    writeFileSync(path.join(dir, kind, name), bytes);
  };

  it('a training anchor in the folder of a real profile is none', async () => {
    const dir = tempDir();
    lay(dir, 'anchors', 'training.cer', stranger.der);
    lay(dir, 'anchors', 'root.cer', root.der);
    lay(dir, 'crls', 'root.crl', crls[0]!);
    const reader = createTrustReader(dir, pinned.value);
    expect(await anchorsOf(reader)).toEqual([sha256(root.der)]);
    expect((await reader()).crls).toHaveLength(1);
  });

  it('training trusts what its own folder holds, and is not given the real roots', async () => {
    const dir = tempDir();
    lay(dir, 'anchors', 'training.cer', stranger.der);
    expect(await anchorsOf(createTrustReader(dir, null))).toEqual([sha256(stranger.der)]);
    await trust('install', 'root.cer');
    expect(await anchorsOf(createTrustReader(dir, null))).toEqual([sha256(stranger.der)]);
  });

  const profile = (mode: 'training' | 'real'): string => {
    const dir = tempDir();
    const court = { code: '9900', nameKk: 'Сот', nameRu: 'Суд', city: 'Астана' };
    writeProfile(dir, {
      format: 1,
      mode,
      court: court,
      workstationId: '0198c1d0-0000-7000-8000-000000000000',
      registryUrl: 'http://127.0.0.1:1',
      createdAt: AT,
    });
    return dir;
  };

  it('are installed into a real profile alone', async () => {
    const [real, training] = [profile('real'), profile('training')];
    expect(await run('trust', 'install', 'root.cer', '--profile', real, '--json')).toMatchObject({ code: 0 });
    expect(await anchorsOf(createTrustReader(path.join(real, 'trust'), pinned.value))).toEqual([sha256(root.der)]);
    expect((await run('trust', 'install', 'root.cer', '--profile', training)).code).toBe(64);
    expect(existsSync(path.join(training, 'trust'))).toBe(false);
  });

  it('a desk is opened with the trust of its mode', async () => {
    const office = await trainingOffice({ samples: 0 });
    const training = (await office.desk.trust()).anchors.map(sha256);
    expect(training).toHaveLength(1);
    // The same profile, called real, with the training root where real anchors lie.
    const paths = profilePaths(office.profileDir);
    cpSync(path.join(paths.training, 'trust'), paths.trust, { recursive: true });
    writeFileSync(paths.profile, JSON.stringify({ ...JSON.parse(readFileSync(paths.profile, 'utf8')), mode: 'real' }));
    const real = await (await office.reopen()).trust();
    expect(real.certs.length).toBeGreaterThan(0);
    expect(real.anchors).toEqual([]);
    await office.close();
  });
});
