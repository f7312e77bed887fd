import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { selfSigned } from '../self-signed.ts';

/** What a mail server took, as Python's e-mail parser reads it. */
export type Mail = {
  readonly to: string[];
  readonly from: string;
  readonly tls: boolean;
  readonly headers: [name: string, value: string][];
  readonly body: string;
  readonly defects: string[];
  readonly attachments: number;
};

export type MailServer = {
  readonly port: number;
  /** PEM of the certificate for `localhost`. */
  readonly ca: string;
  /** The next message that nobody has asked for yet. */
  next(): Promise<Mail>;
  /** All messages so far, asked for or not. */
  readonly taken: readonly Mail[];
  stop(): Promise<void>;
};

/** Debian's own, for which its packages are. */
const PYTHON = '/usr/bin/python3';
/** Whether Debian's python3-aiosmtpd is installed. */
export const hasMailServer = spawnSync(PYTHON, ['-c', 'import aiosmtpd']).status === 0;

/** A real SMTP server; with `starttls` it takes nothing before STARTTLS. */
export async function startMailServer({ starttls }: { starttls: boolean }): Promise<MailServer> {
  const { key, cert } = selfSigned('localhost');
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kense-mail-'));
  const files = [path.join(dir, 'cert.pem'), path.join(dir, 'key.pem')] as const;
  fs.writeFileSync(files[0], cert);
  fs.writeFileSync(files[1], key);
  const child = spawn(PYTHON, [path.resolve('test/support/smtp/mail-server.py'), ...(starttls ? files : [])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const taken: Mail[] = [];
  const waiting: ((mail: Mail) => void)[] = [];
  let asked = 0;
  const lines = createInterface({ input: child.stdout });
  const [port] = (await once(lines, 'line')) as [string];
  lines.on('line', (line) => {
    const mail = JSON.parse(line) as Mail;
    taken.push(mail);
    waiting.shift()?.(mail);
  });
  return {
    port: Number(port),
    ca: cert,
    taken,
    next() {
      const mail = taken[asked++];
      return mail ? Promise.resolve(mail) : new Promise((resolve) => waiting.push(resolve));
    },
    async stop() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}
