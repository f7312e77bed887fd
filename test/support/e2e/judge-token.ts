import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { TRAINING_PIN } from './person.ts';

const SOFTHSM = '/usr/lib/softhsm/libsofthsm2.so';
const LABEL = 'ҮЛГІ ТОКЕН';

export type JudgeToken = { readonly label: string; pull(): void; insert(): void };

/** A token of SoftHSM with the key of the training judge, found by everything that this process starts. */
export function makeJudgeToken(desk: string): JudgeToken {
  const folder = path.join(desk, 'softhsm');
  const file = (name: string) => path.join(folder, name);
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'ignore' });
  fs.mkdirSync(file('tokens'), { recursive: true });
  fs.writeFileSync(file('softhsm2.conf'), `directories.tokendir = ${file('tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  process.env['SOFTHSM2_CONF'] = file('softhsm2.conf');
  const keyFile = path.join(desk, 'training', 'training', 'keys', 'judge.p12');
  const pkcs12 = ['pkcs12', '-in', keyFile, '-passin', `pass:${TRAINING_PIN}`, '-nodes', '-legacy'];
  run('openssl', ...pkcs12, '-nocerts', '-out', file('key.pem'));
  run('openssl', ...pkcs12, '-clcerts', '-nokeys', '-out', file('certificate.pem'));
  run('openssl', 'pkcs8', '-topk8', '-nocrypt', '-in', file('key.pem'), '-out', file('key.p8'));
  run('openssl', 'x509', '-in', file('certificate.pem'), '-outform', 'DER', '-out', file('certificate.der'));
  run('softhsm2-util', '--init-token', '--free', '--label', LABEL, '--so-pin', '12345678', '--pin', TRAINING_PIN);
  run('softhsm2-util', '--import', file('key.p8'), '--token', LABEL, '--label', 'judge', '--id', '01', '--pin', TRAINING_PIN);
  const at = ['--module', SOFTHSM, '--token-label', LABEL, '--login', '--pin', TRAINING_PIN];
  run('pkcs11-tool', ...at, '--write-object', file('certificate.der'), '--type', 'cert', '--id', '01');
  return {
    label: LABEL,
    pull: () => fs.renameSync(file('tokens'), file('aside')),
    insert: () => fs.renameSync(file('aside'), file('tokens')),
  };
}
