import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSignedData, type CmsSigner } from '../../../main/signature/cms/build-signed-data.ts';

const content = Buffer.from('Талап қою арызы\r\nҚұрметті сот!\n');
const sha256 = createHash('sha256').update(content).digest();
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kense-cms-'));
  writeFileSync(join(dir, 'content'), content);
  const subject = [
    '-subj',
    '/C=KZ/CN=ÜЛГІ Әділ',
    '-utf8',
    '-addext',
    'keyUsage=critical,digitalSignature,nonRepudiation',
    '-days',
    '30',
    '-nodes',
    '-x509',
  ];
  execFileSync('openssl', ['req', '-newkey', 'rsa:2048', ...subject, '-keyout', join(dir, 'rsa.key'), '-out', join(dir, 'rsa.crt')], {
    stdio: 'ignore',
  });
  execFileSync(
    'openssl',
    [
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      ...subject,
      '-keyout',
      join(dir, 'ec.key'),
      '-out',
      join(dir, 'ec.crt'),
    ],
    { stdio: 'ignore' },
  );
});
afterAll(() => rmSync(dir, { recursive: true }));

function signer(name: 'rsa' | 'ec'): CmsSigner {
  const key = createPrivateKey(readFileSync(join(dir, `${name}.key`)));
  return {
    certificate: new X509Certificate(readFileSync(join(dir, `${name}.crt`))).raw,
    chain: [],
    algorithm: name === 'rsa' ? 'RSA-SHA256' : 'ECDSA-P256-SHA256',
    sign: async (tbs) => sign('sha256', tbs, key),
  };
}

function judge(name: 'rsa' | 'ec', cms: Uint8Array, ...options: string[]) {
  writeFileSync(join(dir, 'message'), cms);
  return spawnSync('openssl', [
    'cms',
    '-verify',
    '-binary',
    '-inform',
    'DER',
    '-in',
    join(dir, 'message'),
    '-CAfile',
    join(dir, `${name}.crt`),
    '-purpose',
    'any',
    ...options,
  ]);
}
const print = (cms: Uint8Array) =>
  execFileSync('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER'], { input: cms, encoding: 'utf8' });

describe.each(['rsa', 'ec'] as const)('a CMS signed by an %s key', (name) => {
  it('is verified by OpenSSL with its content inside, and gives the content back', async () => {
    const cms = await buildSignedData({ signer: signer(name), contentDigest: sha256, attachedContent: content, signingTime: null });
    const judged = judge(name, cms, '-cades');
    expect(judged.stderr.toString()).toContain('Verification successful');
    expect(judged.stdout).toEqual(content);
  });

  it('is verified by OpenSSL beside its content, and by no other content', async () => {
    const cms = await buildSignedData({
      signer: signer(name),
      contentDigest: sha256,
      attachedContent: null,
      signingTime: '2026-11-21T10:00:00Z',
    });
    expect(judge(name, cms, '-cades', '-content', join(dir, 'content')).stderr.toString()).toContain('Verification successful');
    writeFileSync(join(dir, 'other'), `${content.toString()} `);
    expect(judge(name, cms, '-cades', '-content', join(dir, 'other')).status).not.toBe(0);
  });

  it('carries the signed attributes in the order OpenSSL itself would write them', async () => {
    const cms = await buildSignedData({
      signer: signer(name),
      contentDigest: sha256,
      attachedContent: null,
      signingTime: '2026-11-21T10:00:00Z',
    });
    expect(execFileSync('openssl', ['cms', '-cmsout', '-outform', 'DER', '-inform', 'DER'], { input: cms })).toEqual(Buffer.from(cms));
  });
});

describe('the signing time', () => {
  it('is claimed only when given', async () => {
    const input = { signer: signer('ec'), contentDigest: sha256, attachedContent: null };
    expect(print(await buildSignedData({ ...input, signingTime: '2026-11-21T10:00:00Z' }))).toContain('Nov 21 10:00:00 2026 GMT');
    expect(print(await buildSignedData({ ...input, signingTime: null }))).not.toContain('signingTime');
  });
});

describe('what cannot be signed', () => {
  it('is content whose hash is another', async () => {
    const input = { signer: signer('ec'), contentDigest: sha256, attachedContent: Buffer.from('басқа'), signingTime: null };
    await expect(buildSignedData(input)).rejects.toThrow('another hash');
  });

  it('is anything by a certificate that is none', async () => {
    for (const certificate of [new Uint8Array(0), Buffer.from('garbage'), signer('ec').certificate.subarray(0, 60)]) {
      const input = { signer: { ...signer('ec'), certificate }, contentDigest: sha256, attachedContent: null, signingTime: null };
      await expect(buildSignedData(input)).rejects.toThrow('no readable certificate');
    }
  });
});
