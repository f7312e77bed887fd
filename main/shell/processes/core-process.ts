import type { MessagePortMain, UtilityProcess } from 'electron';
import type { Printer, PrintOutcome } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import type {
  ChosenDocument,
  CoreStart,
  DocumentToPublish,
  DocumentToSave,
  FromCore,
  PrintJob,
  ToCore,
  TrainingStart,
} from '../../core/process-messages.ts';
import { fork } from './fork.ts';
import { forkPictures } from './picture-process.ts';

export type CoreEvents = {
  /** The process is gone though nobody asked it to go. */
  stopped(): void;
  event(message: Extract<FromCore, { type: 'event' }>): void;
  publishDocument(document: DocumentToPublish): string;
  chooseDocuments(): Promise<Result<ChosenDocument[]>>;
  chooseModule(): Promise<Result<string | null>>;
  choosePlace(fileName: string): Promise<Result<string | null>>;
  saveDocument(document: DocumentToSave): Promise<Result<null>>;
  listPrinters(): Promise<Printer[]>;
  printDocument(job: PrintJob): Promise<Result<PrintOutcome>>;
  resetTraining(): Result<null>;
};

const CLOSE_WITHIN_MS = 10_000;

/** One life of the core process. */
export class CoreProcess {
  private readonly child: UtilityProcess;
  private readonly events: CoreEvents;
  private readonly gone: Promise<void>;
  /** Processes that read pictures for this core. */
  private readonly pictures = new Map<number, UtilityProcess>();
  private closing = false;
  private alive = true;
  private answered: { type: 'training-profile' | 'started'; settle: (result: Result<null>) => void } | null = null;

  constructor(events: CoreEvents) {
    this.events = events;
    this.child = fork('core');
    this.gone = new Promise((resolve) => {
      this.child.on('exit', () => {
        this.alive = false;
        for (const child of this.pictures.values()) child.kill();
        this.answered?.settle(fail('core-stopped'));
        resolve();
        if (!this.closing) events.stopped();
      });
    });
    this.child.on('message', (message: FromCore) => void this.receive(message));
  }

  createTrainingProfile(input: TrainingStart): Promise<Result<null>> {
    return this.ask('training-profile', { type: 'create-training-profile', input });
  }

  start(config: CoreStart, tokenHost: MessagePortMain): Promise<Result<null>> {
    this.connectTokenHost(tokenHost);
    return this.ask('started', { type: 'start', config });
  }

  connectTokenHost(port: MessagePortMain): void {
    this.send({ type: 'token-host' }, [port]);
  }

  connectWindow(port: MessagePortMain): void {
    this.send({ type: 'window' }, [port]);
  }

  connectDocumentWindow(port: MessagePortMain): void {
    this.send({ type: 'document-window' }, [port]);
  }

  lock(): void {
    this.send({ type: 'lock' });
  }

  /** Lets it finish what it is writing; ends it when it does not come to an end. */
  async close(): Promise<void> {
    this.closing = true;
    if (!this.alive) return;
    this.send({ type: 'close' });
    const timer = setTimeout(() => this.child.kill(), CLOSE_WITHIN_MS);
    await this.gone;
    clearTimeout(timer);
  }

  private ask(type: 'training-profile' | 'started', message: ToCore): Promise<Result<null>> {
    if (!this.alive) return Promise.resolve(fail('core-stopped'));
    return new Promise((settle) => {
      this.answered = { type, settle };
      this.send(message);
    });
  }

  private send(message: ToCore, ports: MessagePortMain[] = []): void {
    if (this.alive) this.child.postMessage(message, ports);
  }

  private async receive(message: FromCore): Promise<void> {
    switch (message.type) {
      case 'training-profile':
      case 'started':
        if (this.answered?.type === message.type) this.answered.settle(message.result);
        return;
      case 'publish-document':
        return this.send({ type: 'service-answer', id: message.id, answer: this.events.publishDocument(message.document) });
      case 'choose-documents':
        return this.send({ type: 'service-answer', id: message.id, answer: await this.events.chooseDocuments() });
      case 'choose-module':
        return this.send({ type: 'service-answer', id: message.id, answer: await this.events.chooseModule() });
      case 'choose-place':
        return this.send({ type: 'service-answer', id: message.id, answer: await this.events.choosePlace(message.fileName) });
      case 'save-document':
        return this.send({ type: 'service-answer', id: message.id, answer: await this.events.saveDocument(message.document) });
      case 'list-printers':
        return this.send({ type: 'service-answer', id: message.id, answer: await this.events.listPrinters() });
      case 'print-document':
        return this.send({ type: 'service-answer', id: message.id, answer: await this.events.printDocument(message.job) });
      case 'reset-training':
        return this.send({ type: 'service-answer', id: message.id, answer: this.events.resetTraining() });
      case 'start-pictures': {
        const { child, port } = forkPictures();
        this.pictures.set(message.id, child);
        child.on('exit', () => this.pictures.delete(message.id));
        return this.send({ type: 'pictures', id: message.id }, [port]);
      }
      case 'end-pictures':
        return void this.pictures.get(message.id)?.kill();
      case 'event':
        return this.events.event(message);
    }
  }
}
