import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { ROOT } from './launch.ts';

type Ready = { readonly url: string; readonly courts: readonly { readonly code: string; readonly enrolmentCode: string }[] };

/** A registry of the test's own: its cable can be pulled. */
export class TestRegistry {
  private child: ChildProcess | null = null;
  private readonly dataDir: string;
  private port = 0;
  url = '';
  /** Lets another desk into the training court. */
  enrolmentCode = '';

  constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  /** Serves the data of the folder; on the same port as before when it was running. */
  async start(more: readonly string[] = []): Promise<void> {
    const args = [path.join(ROOT, 'registry/main.ts'), '--port', String(this.port), '--data', this.dataDir, ...more];
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
    this.child = child;
    for await (const line of createInterface({ input: child.stdout })) {
      const ready = JSON.parse(line) as Ready;
      this.url = ready.url;
      this.enrolmentCode = ready.courts.find((court) => court.code === '9900')?.enrolmentCode ?? '';
      this.port = Number(new URL(ready.url).port);
      return;
    }
    throw new Error('the registry ended before it served');
  }

  /** The cable is out: nothing answers any more. */
  async stop(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}
