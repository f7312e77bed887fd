import type { UtilityProcess } from 'electron';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { fork } from './fork.ts';
import { RestartBudget } from './restart-budget.ts';

/** What the registry tells whoever forked it once it serves. */
const readySchema = z.object({ url: z.url(), courts: z.array(z.object({ code: z.string(), enrolmentCode: z.string() })) });
export type RegistryAddress = { readonly url: string; readonly enrolmentCode: string };

const TRAINING_COURT = '9900';

/** The embedded registry of a training desk. It keeps its address when it is restarted. */
export class RegistryProcess {
  private child: UtilityProcess | null = null;
  private port = 0;
  private readonly dataDir: string;
  private readonly budget = new RestartBudget();

  constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  /** Waits until it serves. Errors: `registry-unreachable` when it ends before. */
  start(): Promise<Result<RegistryAddress>> {
    const child = fork('registry', ['--port', String(this.port), '--host', '127.0.0.1', '--data', this.dataDir]);
    this.child = child;
    child.on('exit', () => {
      if (this.child !== child) return;
      this.child = null;
      if (this.port !== 0 && this.budget.take(performance.now())) void this.start();
    });
    return new Promise((resolve) => {
      child.on('message', (message: unknown) => {
        const ready = readySchema.safeParse(message);
        const court = ready.data?.courts.find(({ code }) => code === TRAINING_COURT);
        if (!ready.success || !court) return resolve(fail('registry-unreachable'));
        this.port = Number(new URL(ready.data.url).port);
        resolve(ok({ url: ready.data.url, enrolmentCode: court.enrolmentCode }));
      });
      child.on('exit', () => resolve(fail('registry-unreachable')));
    });
  }

  stop(): Promise<void> {
    const child = this.child;
    this.child = null;
    return new Promise((resolve) => {
      if (!child) return resolve();
      child.on('exit', () => resolve());
      child.kill();
    });
  }
}
