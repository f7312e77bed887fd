import type { MessagePortMain } from 'electron';
import { fail, type Result } from '../../../shared/result.ts';
import type { CoreStart, TrainingStart } from '../../core/process-messages.ts';
import type { PinPrompt } from '../../token/index.ts';
import { CoreProcess, type CoreEvents } from './core-process.ts';
import { RegistryProcess, type RegistryAddress } from './registry-process.ts';
import { RestartBudget } from './restart-budget.ts';
import { TokenHostProcess } from './token-host-process.ts';

export type ProcessesEvents = Omit<CoreEvents, 'stopped'> & {
  coreStarted(): void;
  tokenHostStopped(): void;
  /** `restarting` is false when it fell too often: the person has to start the program anew. */
  coreStopped(restarting: boolean): void;
};

/** Everything that runs beside the window: the core, the token host and, in training, a registry. */
export class Processes {
  private readonly events: ProcessesEvents;
  private readonly tokenHost: TokenHostProcess;
  private readonly coreRestarts = new RestartBudget();
  private core: CoreProcess;
  private registry: RegistryProcess | null = null;
  private config: CoreStart | null = null;
  private stopping = false;

  constructor(prompt: PinPrompt, events: ProcessesEvents) {
    this.events = events;
    this.tokenHost = new TokenHostProcess(prompt, {
      stopped: () => events.tokenHostStopped(),
      replaced: () => this.core.connectTokenHost(this.tokenHost.connectCore()),
    });
    this.tokenHost.start();
    this.core = this.forkCore();
  }

  startRegistry(dataDir: string): Promise<Result<RegistryAddress>> {
    this.registry = new RegistryProcess(dataDir);
    return this.registry.start();
  }

  createTrainingProfile(input: TrainingStart): Promise<Result<null>> {
    return this.core.createTrainingProfile(input);
  }

  async startCore(config: CoreStart): Promise<Result<null>> {
    this.config = config;
    const started = await this.core.start(config, this.tokenHost.connectCore());
    if (started.ok) this.events.coreStarted();
    return started;
  }

  connectWindow(port: MessagePortMain): void {
    this.core.connectWindow(port);
  }

  connectDocumentWindow(port: MessagePortMain): void {
    this.core.connectDocumentWindow(port);
  }

  lock(): void {
    this.core.lock();
  }

  /** The core first, so that it can finish; then those it uses. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.core.close();
    this.tokenHost.stop();
    await this.registry?.stop();
  }

  private forkCore(): CoreProcess {
    return new CoreProcess({ ...this.events, stopped: () => void this.restartCore() });
  }

  private async restartCore(): Promise<Result<null>> {
    // a core that never started has said why; it is not tried again
    if (this.stopping || !this.config) return fail('core-stopped');
    if (!this.coreRestarts.take(performance.now())) {
      this.events.coreStopped(false);
      return fail('core-stopped');
    }
    this.events.coreStopped(true);
    this.core = this.forkCore();
    const started = await this.startCore(this.config);
    if (!started.ok) this.events.coreStopped(false);
    return started;
  }
}
