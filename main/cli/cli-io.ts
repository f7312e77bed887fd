import fs from 'node:fs';
import path from 'node:path';
import type { Failure } from '../../shared/result.ts';

/** What a command may touch of the world outside. */
export type CliIo = {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** The first line of standard input, for a PIN. */
  readonly readLine: () => Promise<string>;
  readonly cwd: string;
  readonly resourcesDir: string;
  readonly clock: () => string;
  readonly newId: () => string;
  /** Kense's folder of this user: trust for talons of training, and the trust list. */
  readonly userDataDir: string;
  /** File of the thread that verifies. */
  readonly verificationWorker: string;
  /** File of the thread that reads documents; absent: the one of the source. */
  readonly documentWorker?: string;
  /** False in an installed Kense, where `--now` counts in training profiles only. */
  readonly unpackaged: boolean;
  /** Resolves when the process is asked to stop. */
  readonly stopped: Promise<void>;
};

/** Exit codes after sysexits.h: usage 64, unreadable input 65, failure 1. */
export const EXIT = { ok: 0, failed: 1, usage: 64, unreadable: 65 } as const;

/** One JSON document on standard output and nothing else. */
export function printJson(io: CliIo, value: unknown): void {
  io.stdout(`${JSON.stringify(value, null, 1)}\n`);
}

/** A failure as JSON or as one line; answers the exit code. */
export function printFailure(io: CliIo, failure: Failure, json: boolean): number {
  if (json) printJson(io, { error: { code: failure.code, ...(failure.params ? { params: failure.params } : {}), next: failure.next } });
  else io.stderr(`kense: ${failure.code}${failure.params ? ` ${JSON.stringify(failure.params)}` : ''}\n`);
  return EXIT.failed;
}

/** Thrown for a command line that cannot be understood; printed with the usage, exit 64. */
export class UsageError extends Error {}

/** A secret that lies in a file of its own, such as a passphrase: its text without the last line end. */
export function readSecret(io: Pick<CliIo, 'cwd'>, file: string): string {
  try {
    return fs.readFileSync(path.resolve(io.cwd, file), 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new UsageError(`cannot read ${file}`);
  }
}
