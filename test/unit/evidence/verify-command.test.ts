import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../main/cli/cli-io.ts';
import { runVerify } from '../../../main/cli/verify.ts';
import { CONTENT, signerNaming } from '../../support/asking.ts';
import { opensslResponder, respondWith, startEvidenceServer, startRawServer } from '../../support/evidence-server.ts';
import { AT, issueCrl, PERSON, signCms, standardHierarchy, issue, keyOf } from '../../support/openssl-pki.ts';
import { tempDir } from '../../support/temp-dir.ts';

const folder = tempDir();
const write = (name: string, bytes: Uint8Array | string) => (writeFileSync(path.join(folder, name), bytes), name);
const { root, authority, person, crls } = standardHierarchy();
const server = await startEvidenceServer();
const here = `127.0.0.1:${server.port}`;
const signer = signerNaming({ ocsp: server.url('/ocsp'), crl: server.url('/base.crl') });
write('claim', CONTENT);
write('claim.p7s', signCms({ content: CONTENT, signers: [signer] }));
write('root.cer', root.der);
write('authority.cer', authority.der);
write('root.crl', crls[0]!);
const TRUST = ['--anchor', 'root.cer', '--cert', 'authority.cer', '--crl', 'root.crl'];
const CLAIM = ['claim.p7s', '--content', 'claim', ...TRUST, '--at', AT, '--json'];

async function run(argv: readonly string[], options: { mayAllowHosts?: boolean; cacheDir?: string } = {}) {
  let stdout = '';
  const exit = await runVerify([...argv], {
    stdout: (text) => (stdout += text),
    stderr: () => undefined,
    cwd: folder,
    resourcesDir: path.resolve(import.meta.dirname, '../../../resources'),
    clock: () => AT,
    trustDirs: {
      anchors: [path.join(folder, 'root.cer')],
      certs: [path.join(folder, 'authority.cer')],
      crls: [path.join(folder, 'root.crl')],
      ocsp: [],
    },
    asking: { cacheDir: options.cacheDir ?? tempDir(), mayAllowHosts: options.mayAllowHosts ?? true },
  });
  return { exit, json: stdout === '' ? null : JSON.parse(stdout) };
}

describe('kense verify', () => {
  it('asks the hosts that are allowed for what is missing, and says what it asked', async () => {
    server.answer('/ocsp', respondWith(opensslResponder({ issuer: authority, known: [signer] })));
    const { exit, json } = await run([...CLAIM, '--allow-host', here]);
    expect([exit, json.overall, json.signatures[0].revocation.kind]).toEqual([0, 'valid', 'ocsp']);
    expect(json.asked).toEqual([{ kind: 'ocsp', certificate: expect.any(String), address: server.url('/ocsp'), outcome: 'fetched' }]);
  });

  it('asks nobody who is not on the list, nobody with --offline, and then says nothing was asked', async () => {
    const before = server.asked.length;
    const unlisted = await run(CLAIM);
    expect([unlisted.exit, unlisted.json.overall]).toEqual([2, 'undecided']);
    expect(unlisted.json.asked.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['host-not-allowed', 'host-not-allowed']);
    const offline = await run([...CLAIM, '--offline', '--allow-host', here]);
    expect([offline.exit, offline.json.asked]).toEqual([2, []]);
    expect(server.asked).toHaveLength(before);
  });

  it('keeps fetched lists for the next command', async () => {
    const cacheDir = tempDir();
    server.answer('/ocsp', (_, response) => response.writeHead(500).end());
    server.answer('/base.crl', issueCrl(authority));
    expect((await run([...CLAIM, '--allow-host', here], { cacheDir })).exit).toBe(0);
    expect(readdirSync(cacheDir)).toHaveLength(1);
    const lists = () => server.asked.filter(({ path: asked }) => asked === '/base.crl').length;
    const before = lists();
    expect((await run([...CLAIM, '--allow-host', here], { cacheDir })).exit).toBe(0);
    expect(lists()).toBe(before);
  });

  it('without an anchor named uses the installed trust list', async () => {
    server.answer('/ocsp', respondWith(opensslResponder({ issuer: authority, known: [signer] })));
    const { exit } = await run(['claim.p7s', '--content', 'claim', '--at', AT, '--allow-host', here, '--json']);
    expect(exit).toBe(0);
  });

  it('takes no further host in an installed Kense, and none that is not one', async () => {
    await expect(run([...CLAIM, '--allow-host', here], { mayAllowHosts: false })).rejects.toThrow(UsageError);
    await expect(run([...CLAIM, '--allow-host', 'http://x'])).rejects.toThrow(UsageError);
  });
});

describe('kense verify --batch', () => {
  it('asks for each request in its order, and one that gets no answer never stops the rest', async () => {
    server.answer('/ocsp', respondWith(opensslResponder({ issuer: authority, known: [signer] })));
    const deaf = await startRawServer((socket) => socket.destroy());
    const unheard = issue({
      subject: PERSON,
      key: keyOf('person'),
      issuer: authority,
      extensions: [
        'keyUsage=critical,nonRepudiation',
        'extendedKeyUsage=emailProtection,1.2.398.3.3.4.1.1',
        `authorityInfoAccess=OCSP;URI:http://127.0.0.1:${deaf}/`,
      ],
    });
    write('unheard.p7s', signCms({ content: CONTENT, signers: [unheard] }));
    write('silent.p7s', signCms({ content: CONTENT, signers: [person] }));
    const material = { content: 'claim', anchors: ['root.cer'], certs: ['authority.cer'], crls: ['root.crl'], at: AT };
    const requests = ['unheard', 'claim', 'silent', 'gone'].map((id) => ({ id, file: `${id}.p7s`, ...material }));
    write('requests.json', JSON.stringify(requests));
    const { exit, json } = await run(['--batch', 'requests.json', '--json', '--allow-host', here, '--allow-host', `127.0.0.1:${deaf}`]);
    expect(exit).toBe(0);
    type Answer = { id: string; overall?: string; error?: { code: string }; asked?: { outcome: string }[] };
    expect(json.map(({ id, overall, error, asked }: Answer) => [id, overall ?? error?.code, asked?.map(({ outcome }) => outcome)])).toEqual(
      [
        ['unheard', 'undecided', ['unreachable']],
        ['claim', 'valid', ['fetched']],
        ['silent', 'undecided', []],
        ['gone', 'file-unreadable', undefined],
      ],
    );
  });
});
