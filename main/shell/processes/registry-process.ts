import type { UtilityProcess } from 'electron';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { fork } from './fork.ts';
import { RestartBudget } from './restart-budget.ts';

/** What the registry prints once it serves. */
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
    const child = fork('registry', ['--port', String(this.port), '--host', '127.0.0.1', '--data', this.dataDir, '--json']);
    this.child = child;
    child.on('exit', () => {
      if (this.child !== child) return;
      this.child = null;
      if (this.port !== 0 && this.budget.take(performance.now())) void this.start();
    });
    return new Promise((resolve) => {
      let printed = '';
      child.stdout?.on('data', (text: Buffer) => {
        printed += text.toString('utf8');
        const address = addressIn(printed);
        if (!address) return;
        this.port = Number(new URL(address.url).port);
        resolve(ok(address));
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

/** The answer may be one line or many; it is complete when it reads as JSON. */
function addressIn(printed: string): RegistryAddress | null {
  try {
    const ready = readySchema.parse(JSON.parse(printed));
    const court = ready.courts.find(({ code }) => code === TRAINING_COURT);
    return court ? { url: ready.url, enrolmentCode: court.enrolmentCode } : null;
  } catch {
    return null;
  }
}
