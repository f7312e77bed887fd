import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PIN = '123456';

/** Key files as a foreign program (OpenSSL) writes them. */
export function makeKeyFiles() {
  const dir = mkdtempSync(join(tmpdir(), 'kense-token-'));
  const path = (name: string) => join(dir, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
  const certificate = (name: string, key: string[], usage: string) =>
    openssl(
      ...['req', '-x509', '-newkey', ...key, '-nodes', '-utf8', '-subj', `/C=KZ/CN=ҮЛГІ ${name}`, '-days', '30'],
      ...['-addext', `keyUsage=critical,${usage}`, '-keyout', path(`${name}.key`), '-out', path(`${name}.crt`)],
    );
  const pack = (name: string, key: string, cert: string, ...options: string[]) =>
    openssl(
      'pkcs12',
      '-export',
      '-inkey',
      path(`${key}.key`),
      '-in',
      path(`${cert}.crt`),
      '-passout',
      `pass:${PIN}`,
      '-out',
      path(`${name}.p12`),
      ...options,
    );

  const rsa = ['rsa:2048'];
  certificate('signer', rsa, 'digitalSignature,nonRepudiation');
  certificate('other', rsa, 'digitalSignature,nonRepudiation');
  certificate('auth', rsa, 'digitalSignature,keyEncipherment');
  certificate('ec', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], 'digitalSignature,nonRepudiation');
  pack('signer', 'signer', 'signer', '-certfile', path('other.crt'), '-name', 'ҚОЛТАҢБА');
  pack('legacy', 'signer', 'signer', '-legacy', '-certfile', path('other.crt'));
  pack('3des', 'signer', 'signer', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1');
  pack('kazakh', 'signer', 'signer', '-passout', 'pass:құпиясөз');
  pack('slow', 'signer', 'signer', '-iter', '700000');
  pack('auth', 'auth', 'auth');
  pack('ec', 'ec', 'ec');
  openssl('pkcs12', '-export', '-nocerts', '-inkey', path('signer.key'), '-passout', `pass:${PIN}`, '-out', path('keyless.p12'));
  openssl('pkcs12', '-export', '-nokeys', '-in', path('signer.crt'), '-passout', `pass:${PIN}`, '-out', path('certonly.p12'));
  pack('nomac', 'signer', 'signer', '-nomac');
  writeFileSync(path('empty.p12'), '');
  writeFileSync(path('garbage.p12'), Buffer.from('ҚР ҰКО кілті емес'.repeat(50)));
  writeFileSync(path('nested.p12'), Buffer.alloc(500_000, Buffer.of(0x30, 0x80)));
  writeFileSync(path('big.p12'), Buffer.alloc(10 * 1024 * 1024, 0x30));
  return { dir, path };
}
