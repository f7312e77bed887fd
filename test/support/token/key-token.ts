import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** SoftHSM as Debian installs it. */
export const SOFTHSM = '/usr/lib/softhsm/libsofthsm2.so';
const LABEL = 'ҮЛГІ ТОКЕН';

export type KeyToken = {
  readonly label: string;
  /** One more token, before anything has looked at them. */
  put(label: string, keyFile: string): void;
  /** Takes every token out of its slot, which SoftHSM calls an error of the device; `insert` puts them back. */
  pull(): void;
  insert(): void;
};

/** A token of SoftHSM with the key of a key file under the same PIN, found by everything that this process starts. */
export function makeKeyToken(dir: string, keyFile: string, pin: string): KeyToken {
  const folder = path.join(dir, 'softhsm');
  const file = (name: string) => path.join(folder, name);
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'ignore' });
  fs.mkdirSync(file('tokens'), { recursive: true });
  fs.writeFileSync(file('softhsm2.conf'), `directories.tokendir = ${file('tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  process.env['SOFTHSM2_CONF'] = file('softhsm2.conf');
  const put = (label: string, from: string) => {
    const pkcs12 = ['pkcs12', '-in', from, '-passin', `pass:${pin}`, '-nodes', '-legacy'];
    run('openssl', ...pkcs12, '-nocerts', '-out', file('key.pem'));
    run('openssl', ...pkcs12, '-clcerts', '-nokeys', '-out', file('certificate.pem'));
    run('openssl', 'pkcs8', '-topk8', '-nocrypt', '-in', file('key.pem'), '-out', file('key.p8'));
    run('openssl', 'x509', '-in', file('certificate.pem'), '-outform', 'DER', '-out', file('certificate.der'));
    run('softhsm2-util', '--init-token', '--free', '--label', label, '--so-pin', '12345678', '--pin', pin);
    run('softhsm2-util', '--import', file('key.p8'), '--token', label, '--label', 'key', '--id', '01', '--pin', pin);
    const at = ['--module', SOFTHSM, '--token-label', label, '--login', '--pin', pin];
    run('pkcs11-tool', ...at, '--write-object', file('certificate.der'), '--type', 'cert', '--id', '01');
  };
  put(LABEL, keyFile);
  return {
    label: LABEL,
    put,
    pull: () => fs.renameSync(file('tokens'), file('aside')),
    insert: () => fs.renameSync(file('aside'), file('tokens')),
  };
}
