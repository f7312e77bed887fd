import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runVerifyCert } from '../../../main/cli/verify-cert.ts';
import { runKense } from '../../support/cli/run-kense.ts';
import { answerOcsp } from '../../support/openssl-ocsp.ts';
import { AT, daysFromNow, issueCrl, standardHierarchy } from '../../support/openssl-pki.ts';
import { tempDir } from '../../support/temp-dir.ts';

const folder = tempDir();
const home = tempDir();
const { root, authority, person, crls } = standardHierarchy();
mkdirSync(path.join(folder, 'certs'));
mkdirSync(path.join(folder, 'crls'));
const write = (name: string, bytes: Uint8Array | string) => writeFileSync(path.join(folder, name), bytes);
const pem = (der: Uint8Array) => `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;
write('root.pem', pem(root.der));
write('certs/authority.der', authority.der);
write('certs/note.txt', 'nothing');
crls.forEach((crl, i) => write(`crls/${i}.crl`, crl));
write('person.cer', person.der);
write('person.pem', pem(person.der));
write('revoked.crl', issueCrl(authority, { revoked: [{ certificate: person, reason: 'keyCompromise' }] }));
write('nothing.cer', 'hello');

const TRUST = ['--anchor', 'root.pem', '--cert', 'certs', '--at', AT];
const request = { leaf: 'person.cer', anchors: ['root.pem'], certs: ['certs'], crls: ['crls'], at: AT };

async function run(...argv: string[]) {
  const { code, stdout, stderr } = await runKense(['verify-cert', ...argv], { home, cwd: folder });
  return { code, stderr, json: stdout.startsWith('{') || stdout.startsWith('[') ? JSON.parse(stdout) : stdout };
}

async function batch(requests: unknown) {
  write('requests.json', JSON.stringify(requests));
  return run('--batch', 'requests.json', '--json');
}

describe('kense verify-cert', () => {
  it.each(['person.cer', 'person.pem'])('%s leads to the anchor', async (leaf) => {
    const { code, json, stderr } = await run(leaf, ...TRUST, '--crl', 'crls', '--json');
    expect([code, stderr]).toEqual([0, '']);
    expect(json).toMatchObject({
      file: leaf,
      valid: true,
      reason: null,
      path: [expect.stringMatching(/^[0-9a-f]{64}$/), expect.any(String), expect.any(String)],
    });
  });

  it('says why it does not', async () => {
    const revoked = await run('person.cer', ...TRUST, '--crl', 'crls/0.crl', '--crl', 'revoked.crl', '--json');
    expect(revoked).toMatchObject({
      code: 1,
      json: { valid: false, reason: 'revoked', detail: 'key-compromise', check: 'revocation.not-revoked' },
    });
    const alone = await run('person.cer', '--anchor', 'root.pem', '--at', AT, '--json');
    expect(alone).toMatchObject({ code: 1, json: { valid: false, reason: 'issuer-not-found', path: [] } });
    const early = await run('person.cer', '--anchor', 'root.pem', '--cert', 'certs', '--crl', 'crls', '--at', daysFromNow(-1000), '--json');
    expect(early).toMatchObject({ code: 1, json: { valid: false, reason: 'not-yet-valid' } });
  });

  it('without a word on revocation decides nothing, unless none is asked for', async () => {
    expect(await run('person.cer', ...TRUST, '--json')).toMatchObject({
      code: 2,
      json: { valid: false, reason: 'revocation-unavailable' },
    });
    expect(await run('person.cer', ...TRUST, '--no-revocation', '--json')).toMatchObject({ code: 0, json: { valid: true } });
    expect(await run('person.cer', ...TRUST, '--no-revocation', '--crl', 'crls', '--crl', 'revoked.crl', '--json')).toMatchObject({
      code: 1,
    });
  });

  it('asks for no purpose of a key: an authority is as good as a person', async () => {
    expect(await run('certs/authority.der', ...TRUST, '--crl', 'crls', '--json')).toMatchObject({ code: 0, json: { valid: true } });
    expect(await run('root.pem', ...TRUST, '--json')).toMatchObject({ code: 0, json: { valid: true } });
  });

  it('what cannot be read, and wrong usage', async () => {
    expect(await run('nothing.cer', ...TRUST, '--json')).toMatchObject({
      code: 65,
      json: { error: { code: 'format-unsupported' }, valid: false },
    });
    expect(await run('missing.cer', ...TRUST, '--json')).toMatchObject({
      code: 65,
      json: { file: 'missing.cer', error: { code: 'file-unreadable' } },
    });
    for (const argv of [
      [],
      ['a', 'b'],
      ['person.cer', '--at', 'soon'],
      ['person.cer', '--anchor', 'nowhere'],
      ['person.cer', '--what'],
      ['person.cer', '--initial-policy', 'x'],
      ['person.cer', '--batch', 'requests.json'],
      ['--batch', 'requests.json', '--anchor', 'root.pem'],
      ['--batch', 'requests.json', '--no-revocation'],
    ])
      expect((await run(...argv)).code, argv.join(' ')).toBe(64);
  });

  it('for people in a few lines', async () => {
    const { json } = await run('person.cer', ...TRUST);
    expect(json).toMatch(/^person\.cer: not valid: revocation-unavailable \(revocation\.known\)\n/);
  });

  it('OCSP answers count', async () => {
    write('good.ocsp', answerOcsp({ issuer: authority, certificate: person, minutes: 60 }));
    write(
      'bad.ocsp',
      answerOcsp({ issuer: authority, certificate: person, minutes: 60, revoked: [{ certificate: person, reason: 'keyCompromise' }] }),
    );
    const ask = (file: string) => run('person.cer', ...TRUST, '--crl', 'crls/0.crl', '--ocsp', file, '--json');
    expect(await ask('good.ocsp')).toMatchObject({ code: 0, json: { valid: true } });
    expect(await ask('bad.ocsp')).toMatchObject({ code: 1, json: { reason: 'revoked', detail: 'key-compromise' } });
    expect(await ask('nothing.cer')).toMatchObject({ code: 2, json: { reason: 'revocation-unavailable' } });
  });
});

describe('a batch', () => {
  it('answers each request in its order, and one bad request never stops the rest', async () => {
    const { code, json } = await batch([
      { ...request, id: 'good' },
      { ...request, id: 'no-leaf', leaf: 'missing.cer' },
      { id: 'no-fields' },
      'not a request',
      { ...request, id: 'no-list', crls: ['nowhere'] },
      { ...request, id: 'no-certificate', leaf: 'nothing.cer' },
      { ...request, id: 'bad-policy', initialPolicies: ['P1'] },
      { ...request, id: 'bad-time', at: 'yesterday' },
      { ...request, id: 'no-crl', crls: [] },
      { ...request, id: 'no-crl-asked', crls: [], requireRevocation: false },
      { ...request, id: 'policy', requireExplicitPolicy: true },
      { ...request, id: 'untrusted', anchors: [] },
      { ...request, id: 'again', leaf: 'person.pem', initialPolicies: ['anyPolicy'], inhibitPolicyMapping: true, inhibitAnyPolicy: true },
    ]);
    expect(code).toBe(0);
    expect(
      json.map((answer: { id: string; valid?: boolean; reason?: string | null; error?: { code: string } }) => [
        answer.id,
        answer.valid ?? answer.error?.code,
        answer.reason,
      ]),
    ).toEqual([
      ['good', true, null],
      ['no-leaf', 'file-unreadable', undefined],
      ['no-fields', 'input-invalid', undefined],
      ['', 'input-invalid', undefined],
      ['no-list', 'file-unreadable', undefined],
      ['no-certificate', false, 'certificate-malformed'],
      ['bad-policy', 'input-invalid', undefined],
      ['bad-time', 'input-invalid', undefined],
      ['no-crl', false, 'revocation-unavailable'],
      ['no-crl-asked', true, null],
      ['policy', false, 'policy-required'],
      ['untrusted', false, 'issuer-not-found'],
      ['again', true, null],
    ]);
  });

  it('counts the installed trust list where a request names no anchor, as a single certificate does', async () => {
    const at = (name: string) => path.join(folder, name);
    const trustDirs = { anchors: [at('root.pem')], certs: [at('certs')], crls: [at('crls')], ocsp: [] };
    const bare = { leaf: 'person.cer', certs: ['certs'], crls: ['crls'], at: AT };
    write(
      'bare.json',
      JSON.stringify([
        { id: 'installed', ...bare },
        { id: 'own', ...bare, anchors: ['person.pem'], leaf: 'certs/authority.der' },
      ]),
    );
    let stdout = '';
    const io = {
      stdout: (text: string) => (stdout += text),
      stderr: () => undefined,
      cwd: folder,
      resourcesDir: path.resolve(import.meta.dirname, '../../../resources'),
      clock: () => AT,
      trustDirs,
    };
    expect(await runVerifyCert(['--batch', 'bare.json'], io)).toBe(0);
    expect((JSON.parse(stdout) as { id: string; valid: boolean }[]).map(({ id, valid }) => [id, valid])).toEqual([
      ['installed', true],
      ['own', false],
    ]);
  });

  it('names the certificates of the path from the leaf to the anchor', async () => {
    const { json } = await batch([{ ...request, id: 'a' }]);
    const fingerprints = [person, authority, root].map(({ der }) => createHash('sha256').update(der).digest('hex'));
    expect(json[0].path).toEqual(fingerprints);
  });

  it('that is none is unreadable', async () => {
    expect(await batch({ id: 'alone' })).toMatchObject({ code: 65, json: { error: { code: 'file-unreadable' } } });
    expect((await run('--batch', 'requests.json', 'person.cer')).code).toBe(64);
  });
});
