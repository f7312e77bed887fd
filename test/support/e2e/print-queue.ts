import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export type PrintQueue = {
  /** For the environment of whoever prints here: `CUPS_SERVER`. */
  readonly address: string;
  readonly addPrinter: (name: string) => void;
  readonly removePrinter: (name: string) => void;
  /** Files that the queue has taken, the oldest first. */
  readonly printed: () => string[];
  readonly stop: () => Promise<void>;
};

/** A CUPS of its own on a socket of its own; its printers take every job as it comes and print nothing. */
export async function startPrintQueue(): Promise<PrintQueue> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kense-cups-'));
  const at = (name: string) => path.join(folder, name);
  for (const name of ['conf', 'spool', 'cache', 'state']) mkdirSync(at(name));
  // as root CUPS works as another user, who has to get in
  for (const name of ['.', 'conf', 'spool', 'cache', 'state']) chmodSync(at(name), 0o777);
  const address = at('cups.sock');
  const files = [
    'FileDevice Yes',
    `ServerRoot ${at('conf')}`,
    `RequestRoot ${at('spool')}`,
    `CacheDir ${at('cache')}`,
    `StateDir ${at('state')}`,
  ];
  for (const log of ['AccessLog', 'ErrorLog', 'PageLog']) files.push(`${log} ${at('log')}`);
  writeFileSync(at('conf/cups-files.conf'), `${files.join('\n')}\n`);
  const open = 'Order allow,deny\nAllow all\n';
  writeFileSync(
    at('conf/cupsd.conf'),
    `Listen ${address}\nBrowsing No\nDefaultAuthType None\nWebInterface No\nPreserveJobFiles Yes\n<Location />\n${open}</Location>\n<Location /admin>\n${open}</Location>\n<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n`,
  );
  const child: ChildProcess = spawn('cupsd', ['-f', '-c', at('conf/cupsd.conf'), '-s', at('conf/cups-files.conf')], { stdio: 'ignore' });
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`cupsd ended with ${code}`)));
    child.once('error', reject);
  });
  ended.catch(() => undefined);
  await Promise.race([ended, untilThere(address)]);
  const lpadmin = (...args: string[]) => execFileSync('lpadmin', args, { env: { ...process.env, CUPS_SERVER: address }, stdio: 'ignore' });
  return {
    address,
    addPrinter: (name) => lpadmin('-p', name, '-E', '-v', 'file:/dev/null', '-m', 'raw'),
    removePrinter: (name) => lpadmin('-x', name),
    printed: () =>
      readdirSync(at('spool'))
        .filter((name) => name.startsWith('d'))
        .sort()
        .map((name) => at(`spool/${name}`)),
    stop: async () => {
      child.kill();
      await ended.catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const LOOK_EVERY_MS = 50;
async function untilThere(file: string): Promise<void> {
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
