import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runVerify } from '../../../main/cli/verify.ts';
import { AT, issue, issueCrl, keyOf, PERSON, signCms, standardHierarchy, daysFromNow } from '../../support/openssl-pki.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { PAGE, signPdfByOpenssl, writePdf } from '../../support/raw-pdf.ts';

const folder = tempDir();
const { root, authority, person, crls } = standardHierarchy();
const content = Buffer.from('Талап арыз');
const write = (name: string, bytes: Uint8Array | string): string => {
  writeFileSync(path.join(folder, name), bytes);
  return name;
};
mkdirSync(path.join(folder, 'crls'));
mkdirSync(path.join(folder, 'installed'));
write('claim.txt', content);
write('claim.txt.p7s', signCms({ content, signers: [person] }));
write('attached.p7s', signCms({ content, signers: [person], attached: true }));
write('claim.pdf', signPdfByOpenssl(writePdf(PAGE), { signer: person, field: 7 }));
write('plain.pdf', writePdf(PAGE));
write('signed.xml', '<a><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></a>');
write('root.pem', `-----BEGIN CERTIFICATE-----\n${Buffer.from(root.der).toString('base64')}\n-----END CERTIFICATE-----\n`);
write('authority', authority.der);
write('crls/root.bin', crls[0]!);
write('crls/authority.txt', Buffer.from(crls[1]!).toString('base64'));
write('crls/note.md', 'not a list');
write('installed/root.cer', root.der);

const TRUST = ['--anchor', 'root.pem', '--cert', 'authority', '--crl', 'crls'];

async function run(...argv: string[]) {
  let stdout = '';
  let stderr = '';
  const exit = await runVerify(argv, {
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    cwd: folder,
    resourcesDir: path.resolve(import.meta.dirname, '../../../resources'),
    clock: () => AT,
    trustDirs: {
      anchors: [path.join(folder, 'installed')],
      certs: [path.join(folder, 'authority')],
      crls: [path.join(folder, 'crls')],
      ocsp: [],
    },
  });
  return { exit, stdout, stderr, json: () => JSON.parse(stdout) };
}

describe('kense verify', () => {
  it('prints one report as JSON and nothing else', async () => {
    const { exit, json, stderr } = await run('claim.txt.p7s', '--content', 'claim.txt', ...TRUST, '--at', AT, '--offline', '--json');
    expect([exit, stderr]).toEqual([0, '']);
    expect(json()).toMatchObject({
      file: 'claim.txt.p7s',
      format: 'cms',
      at: AT,
      policy: { id: 'kz-incoming', version: '2026-1' },
      flags: [],
      overall: 'valid',
    });
    expect(Object.keys(json().signatures[0])).toEqual(
      expect.arrayContaining([
        'id',
        'verdict',
        'indication',
        'subIndication',
        'signer',
        'algorithm',
        'level',
        'claimedTime',
        'bestTime',
        'timeSource',
        'covers',
        'checks',
        'warnings',
      ]),
    );
  });

  it('counts the installed trust list when no anchor is named, and the clock when no time is', async () => {
    expect((await run('claim.txt.p7s', '--content', 'claim.txt', '--json')).exit).toBe(0);
    expect((await run('claim.txt.p7s', '--content', 'claim.txt', '--anchor', 'root.pem', '--json')).exit).toBe(2);
  });

  it.each([
    ['valid', 0, ['claim.pdf']],
    ['invalid', 1, ['claim.txt.p7s', '--content', 'plain.pdf']],
    ['undecided', 2, ['claim.txt.p7s']],
    ['unsigned', 3, ['plain.pdf']],
    ['invalid', 1, ['signed.xml']],
  ])('exits for %s with %i', async (overall, code, argv) => {
    const { exit, json } = await run(...argv, '--json');
    expect([exit, json().overall]).toEqual([code, overall]);
  });

  it.each([
    ['a missing file', ['no-such.p7s'], 'file-unreadable'],
    ['a folder', ['crls'], 'file-unreadable'],
    ['missing content', ['claim.txt.p7s', '--content', 'no-such.txt'], 'file-unreadable'],
  ])('exits with 65 for %s', async (_, argv, code) => {
    const { exit, json } = await run(...argv, '--json');
    expect([exit, json()]).toEqual([65, { file: argv[0], error: { code } }]);
  });

  it.each([
    ['no file', []],
    ['an option nobody knows', ['claim.pdf', '--fast']],
    ['a time that is none', ['claim.pdf', '--at', 'yesterday']],
    ['a policy that is none', ['claim.pdf', '--policy', 'lenient']],
    ['trust that is not there', ['claim.pdf', '--crl', 'no-such']],
    ['one content for two files', ['claim.pdf', 'plain.pdf', '--content', 'claim.txt']],
    ['a batch with files', ['claim.pdf', '--batch', 'x.json']],
  ])('refuses %s as wrong usage', async (_, argv) => {
    await expect(run(...argv)).rejects.toThrow();
  });

  it('answers several files in an array, the gravest decides the exit code', async () => {
    const { exit, json } = await run('claim.pdf', 'attached.p7s', 'plain.pdf', 'claim.txt.p7s', '--json');
    expect(json().map(({ file, overall }: { file: string; overall: string }) => [file, overall])).toEqual([
      ['claim.pdf', 'valid'],
      ['attached.p7s', 'valid'],
      ['plain.pdf', 'unsigned'],
      ['claim.txt.p7s', 'undecided'],
    ]);
    expect(exit).toBe(2);
  });

  it('takes a policy by name or from a file', async () => {
    expect((await run('claim.pdf', '--policy', 'ades-strict', '--json')).json().policy.id).toBe('ades-strict');
    const own = path.resolve(import.meta.dirname, '../../../resources/policy/court-default.json');
    expect((await run('claim.pdf', '--policy', own, '--json')).json().policy.id).toBe('court-default');
  });

  it('says the same to a person in a few lines', async () => {
    const { exit, stdout } = await run('claim.txt.p7s', '--content', 'plain.pdf');
    expect(exit).toBe(1);
    expect(stdout).toContain('claim.txt.p7s: invalid');
    expect(stdout).toContain('TOTAL-FAILED/HASH_FAILURE');
    expect(stdout).toContain('ТЕСТОВ ТЕСТ');
    expect(stdout).toContain('failed cryptography.digest: content-changed');
  });
});

describe('kense verify --batch', () => {
  const batch = (requests: unknown) => run('--batch', write('requests.json', JSON.stringify(requests)), '--json');
  const material = { anchors: ['root.pem'], certs: ['authority'], crls: ['crls'], ocsp: [], at: AT, policy: 'court-default' };

  it('answers every request in its order, and one bad request never stops the rest', async () => {
    const { exit, json } = await batch([
      { id: 'good', file: 'claim.txt.p7s', content: 'claim.txt', ...material },
      { id: 'gone', file: 'no-such.p7s', ...material },
      { id: 'odd' },
      { id: 'policy', file: 'claim.pdf', ...material, policy: 'no-such' },
      { id: 'time', file: 'claim.pdf', ...material, at: 'now' },
      { id: 'changed', file: 'claim.txt.p7s', content: 'plain.pdf', ...material },
      { id: 'pdf', file: 'claim.pdf', ...material },
    ]);
    expect(exit).toBe(0);
    expect(
      json().map((answer: { id: string; overall?: string; error?: { code: string } }) => [answer.id, answer.overall ?? answer.error?.code]),
    ).toEqual([
      ['good', 'valid'],
      ['gone', 'file-unreadable'],
      ['odd', 'input-invalid'],
      ['policy', 'file-unreadable'],
      ['time', 'input-invalid'],
      ['changed', 'invalid'],
      ['pdf', 'valid'],
    ]);
    for (const { ms } of json()) expect(ms).toEqual(expect.any(Number));
  });

  it('reads trust anew for each set of paths', async () => {
    const revoking = write(
      'revoking.crl',
      issueCrl(authority, { revoked: [{ certificate: person }], from: daysFromNow(-0.1), to: daysFromNow(0.5) }),
    );
    const { json } = await batch([
      { id: '1', file: 'claim.pdf', ...material },
      { id: '2', file: 'claim.pdf', ...material, crls: ['crls', revoking] },
      { id: '3', file: 'claim.pdf', ...material },
    ]);
    expect(json().map(({ overall }: { overall: string }) => overall)).toEqual(['valid', 'undecided', 'valid']);
  });

  it('refuses what it would pass over: files, trust, time and policy come from the requests', async () => {
    const list = write('empty.json', '[]');
    expect((await run('--batch', list, '--offline', '--json')).exit).toBe(0);
    for (const more of [['claim.pdf'], ['--anchor', 'root.pem'], ['--at', AT], ['--policy', 'kz-incoming'], ['--content', 'claim.txt']])
      await expect(run('--batch', list, ...more), more.join(' ')).rejects.toThrow(/from the requests/);
  });

  it('exits with 65 when the list itself cannot be read', async () => {
    expect((await run('--batch', 'no-such.json', '--json')).exit).toBe(65);
    expect((await batch({ id: 'not a list' })).exit).toBe(65);
    expect((await run('--batch', write('broken.json', '['), '--json')).exit).toBe(65);
  });
});

describe('trust material', () => {
  it('of several certificates in one PEM file is read whole', async () => {
    const second = issue({ subject: PERSON, key: keyOf('second') });
    const bundle = [second.der, root.der]
      .map((der) => `Some text\n-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`)
      .join('');
    expect((await run('claim.pdf', '--anchor', write('bundle', bundle), '--cert', 'authority', '--crl', 'crls', '--json')).exit).toBe(0);
  });
});
