import module from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { v7 as newId } from 'uuid';
import { documentWorkerEntry } from '../documents/worker-entry.ts';
import { workerEntry } from '../signature/worker-entry.ts';
import type { CliIo } from './cli-io.ts';
import { runCli } from './run-cli.ts';

/** Where Kense keeps what belongs to this user and to no profile. */
export function userDataDir(): string {
  if (process.platform === 'win32') return path.join(process.env['APPDATA'] ?? os.homedir(), 'Kense');
  return path.join(process.env['XDG_DATA_HOME'] ?? path.join(os.homedir(), '.local', 'share'), 'kense');
}

async function readLine(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    if (chunk.includes(0x0a)) break;
  }
  return Buffer.concat(chunks).toString('utf8').split(/\r?\n/, 1)[0] ?? '';
}

// commands load their rooms when they are called; compiled code of the last call makes that quick (absent before Node 22.8)
(module.enableCompileCache as typeof module.enableCompileCache | undefined)?.();

/** Run by the installed program, whose resources lie beside its archive. */
const installed = process.versions['electron'] !== undefined && !process.defaultApp;

const io: CliIo = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  readLine,
  cwd: process.cwd(),
  resourcesDir: installed ? path.join(process.resourcesPath, 'kense') : fileURLToPath(new URL('../../resources', import.meta.url)),
  clock: () => new Date().toISOString(),
  newId,
  userDataDir: userDataDir(),
  verificationWorker: workerEntry(import.meta.url),
  documentWorker: documentWorkerEntry(import.meta.url),
  unpackaged: !installed,
  /** From the first look on, the command ends by itself; one that never looks is ended by the signal. */
  get stopped() {
    return new Promise<void>((resolve) => {
      process.once('SIGTERM', () => resolve());
      process.once('SIGINT', () => resolve());
    });
  },
};

// whoever reads us has read enough, as `head` does
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runCli(process.argv.slice(2), io);
// a PIN read from a pipe that stays open must not keep the command alive
process.stdin.destroy();
// nor a name that is still being looked up, which cannot be called off
if (process.stdout.writableLength === 0) setTimeout(() => process.exit(), 1_000).unref();
