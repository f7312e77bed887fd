import { MessageChannelMain, type MessagePortMain, type UtilityProcess } from 'electron';
import { servePinPrompt, type PinPrompt } from '../../token/index.ts';
import type { FromTokenHost, ToTokenHost } from '../../token/process-messages.ts';
import { fork } from './fork.ts';
import { forkModule } from './module-processes.ts';
import { RestartBudget } from './restart-budget.ts';

/**
 * The process that holds keys, and beside it, on its word, one for each PKCS#11 module. When the host falls, the core hears
 * `driver-stopped` through its closed port and gets a new host, or, when hosts fall one after the other, a port that is closed.
 */
export class TokenHostProcess {
  private child: UtilityProcess | null = null;
  private readonly budget = new RestartBudget();
  private readonly prompt: PinPrompt;
  private readonly events: { stopped(): void; replaced(): void };

  constructor(prompt: PinPrompt, events: { stopped(): void; replaced(): void }) {
    this.prompt = prompt;
    this.events = events;
  }

  start(): void {
    const child = fork('token-host');
    this.child = child;
    const { port1, port2 } = new MessageChannelMain();
    servePinPrompt(port1, this.prompt);
    child.postMessage({ type: 'prompt' } satisfies ToTokenHost, [port2]);
    const modules = new Map<number, UtilityProcess>();
    child.on('message', (message: FromTokenHost) => {
      if (message.type === 'end-module') return void modules.get(message.id)?.kill();
      const module = forkModule(message.file);
      modules.set(message.id, module.child);
      module.child.on('exit', () => modules.delete(message.id));
      child.postMessage({ type: 'module', id: message.id } satisfies ToTokenHost, [module.port]);
    });
    child.on('exit', () => {
      // a module that hangs does not notice that its host is gone
      for (const module of modules.values()) module.kill();
      if (this.child !== child) return;
      this.child = null;
      this.events.stopped();
      if (this.budget.take(performance.now())) this.start();
      this.events.replaced();
    });
  }

  /** A port for the core; one that is closed already when there is no host. */
  connectCore(): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    if (this.child) this.child.postMessage({ type: 'core' } satisfies ToTokenHost, [port1]);
    else port1.close();
    return port2;
  }

  stop(): void {
    const child = this.child;
    this.child = null;
    child?.kill();
  }
}
