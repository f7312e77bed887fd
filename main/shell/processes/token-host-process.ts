import { MessageChannelMain, type MessagePortMain, type UtilityProcess } from 'electron';
import { servePinPrompt, type PinPrompt } from '../../token/index.ts';
import { fork } from './fork.ts';
import { RestartBudget } from './restart-budget.ts';

/**
 * The process that holds keys. A driver may make it fall; then the core hears `driver-stopped` through its closed port and gets a
 * new host, as long as hosts do not fall one after the other.
 */
export class TokenHostProcess {
  private child: UtilityProcess | null = null;
  private readonly budget = new RestartBudget();
  private readonly prompt: PinPrompt;
  private readonly events: { stopped(): void; restarted(): void };

  constructor(prompt: PinPrompt, events: { stopped(): void; restarted(): void }) {
    this.prompt = prompt;
    this.events = events;
  }

  start(): void {
    const child = fork('token-host');
    this.child = child;
    const { port1, port2 } = new MessageChannelMain();
    servePinPrompt(port1, this.prompt);
    child.postMessage('prompt', [port2]);
    child.on('exit', () => {
      if (this.child !== child) return;
      this.child = null;
      this.events.stopped();
      if (!this.budget.take(performance.now())) return;
      this.start();
      this.events.restarted();
    });
  }

  /** A port for the core; one that is closed already when there is no host. */
  connectCore(): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    if (this.child) this.child.postMessage('core', [port1]);
    else port1.close();
    return port2;
  }

  stop(): void {
    const child = this.child;
    this.child = null;
    child?.kill();
  }
}
