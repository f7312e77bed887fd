import { execFileSync } from 'node:child_process';
import { createPrivateKey, createSign, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { CmsSigner } from '../../../main/signature/cms/build-signed-data.ts';

/** A certification authority that lives for one test file, made by OpenSSL, with signers of both algorithms. */
export type ThrowawayPki = {
  readonly dir: string;
  readonly caPem: string;
  signer(name: string, kind: 'rsa' | 'ec', extra?: string[]): TestSigner;
};
export type TestSigner = CmsSigner & { readonly keyPem: string; readonly certificatePem: string };

const run = (command: string, args: string[]): string =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

export function throwawayPki(): ThrowawayPki {
  const dir = mkdtempSync(join(tmpdir(), 'kense-pki-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const file = (name: string): string => join(dir, name);
  run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    file('ca.key'),
    '-out',
    file('ca.pem'),
    '-days',
    '3650',
    '-subj',
    '/C=KZ/CN=Throwaway CA',
    '-addext',
    'basicConstraints=critical,CA:TRUE',
    '-addext',
    'keyUsage=critical,keyCertSign,cRLSign',
  ]);
  const caDer = new X509Certificate(readFileSync(file('ca.pem'))).raw;
  let made = 0;
  const signer = (name: string, kind: 'rsa' | 'ec', extra: string[] = []): TestSigner => {
    const newKey = kind === 'rsa' ? ['-newkey', 'rsa:2048'] : ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    const base = `${kind}-${made++}`;
    run('openssl', [
      'req',
      ...newKey,
      '-nodes',
      '-utf8',
      '-keyout',
      file(`${base}.key`),
      '-out',
      file(`${base}.csr`),
      '-subj',
      `/C=KZ/CN=${name}`,
    ]);
    // Without a CRL address poppler 22.12 reports a leftover NSS error instead of the trust it has found.
    const extensions = [
      'keyUsage=critical,digitalSignature,nonRepudiation',
      'extendedKeyUsage=emailProtection',
      'crlDistributionPoints=URI:http://crl.example.invalid/ca.crl',
    ];
    writeFileSync(file(`${base}.ext`), extensions.join('\n'));
    run('openssl', [
      'x509',
      '-req',
      '-in',
      file(`${base}.csr`),
      '-CA',
      file('ca.pem'),
      '-CAkey',
      file('ca.key'),
      '-CAcreateserial',
      '-out',
      file(`${base}.pem`),
      '-days',
      '3000',
      '-extfile',
      file(`${base}.ext`),
      ...extra,
    ]);
    const keyPem = readFileSync(file(`${base}.key`), 'utf8');
    const certificatePem = readFileSync(file(`${base}.pem`), 'utf8');
    const key = createPrivateKey(keyPem);
    return {
      certificate: new X509Certificate(certificatePem).raw,
      chain: [caDer],
      algorithm: kind === 'rsa' ? 'RSA-SHA256' : 'ECDSA-P256-SHA256',
      sign: (tbs) => Promise.resolve(createSign('sha256').update(tbs).sign(key)),
      keyPem,
      certificatePem,
    };
  };
  return { dir, caPem: file('ca.pem'), signer };
}
