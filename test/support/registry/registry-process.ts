import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { RunningRegistry } from '../../../registry/index.ts';
import { createDocumentedClient, type DocumentedClient } from './documented-client.ts';

/** A registry as a process of its own. */
export type RegistryProcess = {
  readonly child: ChildProcess;
  readonly ready: Pick<RunningRegistry, 'url' | 'adminToken' | 'courts'>;
  readonly client: DocumentedClient;
  /** Everything it has logged so far. */
  readonly log: () => string;
  /** Sends a signal and answers the exit code, null when the signal ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
};

export async function startRegistryProcess(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<RegistryProcess> {
  const child = spawn(process.execPath, [path.resolve('registry/main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const logged: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => logged.push(chunk));
  const log = () => Buffer.concat(logged).toString();
  const [first] = (await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error(`the registry did not start: ${log()}`))),
  ])) as [Buffer];
  const ready = JSON.parse(first.toString()) as RegistryProcess['ready'];
  return {
    child,
    ready,
    client: createDocumentedClient(ready.url),
    log,
    async end(signal) {
      const ended = once(child, 'exit');
      child.kill(signal);
      return ((await ended) as [number | null])[0];
    },
  };
}
