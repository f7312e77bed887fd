import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { X509Certificate } from 'node:crypto';
import { tempDir } from '../temp-dir.ts';
import { SOFTHSM } from './key-token.ts';

export const SOFT_PIN = '1234';

const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'ignore' });

export type KeyKind = 'rsa:2048' | 'rsa:3072' | 'P-256' | 'P-384';
export type SoftKey = {
  readonly kind: KeyKind;
  readonly id: string;
  readonly usage?: string;
};

/** SoftHSM with an empty set of tokens, for this process and all that it starts. */
export function softTokens() {
  const dir = tempDir();
  const tokens = path.join(dir, 'tokens');
  const aside = path.join(dir, 'aside');
  const configuration = path.join(dir, 'softhsm2.conf');
  fs.mkdirSync(tokens);
  fs.writeFileSync(configuration, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  process.env['SOFTHSM2_CONF'] = configuration;

  /** Makes a token with keys and their certificates; answers the certificates by id. */
  function token(label: string, keys: readonly SoftKey[]): ReadonlyMap<string, X509Certificate> {
    run('softhsm2-util', '--init-token', '--free', '--label', label, '--so-pin', '12345678', '--pin', SOFT_PIN);
    return new Map(keys.map((key) => [key.id, keep(label, key)]));
  }

  function keep(label: string, { kind, id, usage = 'digitalSignature,nonRepudiation' }: SoftKey): X509Certificate {
    const file = (name: string) => path.join(dir, `${label}-${id}.${name}`);
    const key = kind.startsWith('rsa') ? [kind] : ['ec', '-pkeyopt', `ec_paramgen_curve:${kind}`];
    run(
      ...(['openssl', 'req', '-x509', '-newkey', ...key, '-nodes', '-utf8', '-subj', `/C=KZ/CN=ҮЛГІ ${label}`, '-days', '30'] as const),
      ...['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', `keyUsage=critical,${usage}`],
      ...['-keyout', file('pem'), '-out', file('crt')],
    );
    run('openssl', 'pkcs8', '-topk8', '-nocrypt', '-in', file('pem'), '-out', file('p8'));
    run('softhsm2-util', '--import', file('p8'), '--token', label, '--label', label, '--id', id, '--pin', SOFT_PIN);
    putCertificate(label, id, fs.readFileSync(file('crt')));
    return new X509Certificate(fs.readFileSync(file('crt')));
  }

  function putCertificate(label: string, id: string, pem: Buffer): void {
    const der = path.join(dir, 'certificate.der');
    fs.writeFileSync(der, new X509Certificate(pem).raw);
    const at = ['--module', SOFTHSM, '--token-label', label, '--login', '--pin', SOFT_PIN];
    run('pkcs11-tool', ...at, '--write-object', der, '--type', 'cert', '--id', id, '--label', label);
  }

  return {
    dir,
    token,
    putCertificate,
    /** Takes every token out of its slot; `insert` puts them back. */
    pull: () => fs.renameSync(tokens, aside),
    insert: () => fs.renameSync(aside, tokens),
  };
}
