import path from 'node:path';
import { app, nativeTheme, powerMonitor, session } from 'electron';
import type { EventPayload, Settings } from '../../shared/contract/index.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import { askTrainingReset, createBlobStore, finishTrainingReset, profileExists, profilePaths, type BlobStore } from '../store/index.ts';
import { readDeskMemory, writeDeskMemory } from './desk-memory.ts';
import { PinPrompts } from './dialogs/pin-prompts.ts';
import { dialogSession, type DialogLook } from './dialogs/open-dialog.ts';
import { showFailure, showNotice } from './dialogs/show-notice.ts';
import { hardenSession } from './hardening/harden-session.ts';
import { DIALOG_HOST, WINDOW_HOST } from './hardening/origin.ts';
import { openProfile, type OpenedProfile } from './open-profile.ts';
import { anewInTraining, type ShellOptions } from './read-options.ts';
import { builtFile, dataFolders, resourcesFolder } from './places.ts';
import { Processes } from './processes/processes.ts';
import { policyOfDialog, policyOfPage } from './serving/content-policy.ts';
import { DocumentTickets } from './serving/document-tickets.ts';
import { serveDocument } from './serving/serve-document.ts';
import { serveFolder } from './serving/serve-folder.ts';
import { serveHost } from './serving/serve-host.ts';
import { readShellTexts, type ShellTexts } from './shell-texts.ts';
import { listPrinters, printDocument } from './printing/print-document.ts';
import { servePrinting, type PrintHost } from './printing/print-host.ts';
import { DocumentWindow } from './windows/document-window.ts';
import { MainWindow } from './windows/main-window.ts';
import { chooseDocuments } from './windows/choose-documents.ts';
import { chooseModule } from './windows/choose-module.ts';
import { choosePlace, saveDocument } from './windows/save-document.ts';

/** The program with its window, from the first decision to the clean end. */
export class WindowProgram {
  private readonly options: ShellOptions;
  private readonly memoryFile = path.join(app.getPath('userData'), 'desk.json');
  private readonly tickets = new DocumentTickets();
  private readonly prompts = new PinPrompts(
    () => this.main?.window ?? null,
    () => this.look(),
  );
  private texts: ShellTexts;
  private sight: Pick<Settings, 'contrast' | 'textSizePercent'>;
  private training: boolean;
  private blobs: BlobStore | null = null;
  private main: MainWindow | null = null;
  private torn: DocumentWindow | null = null;
  private printHost: PrintHost | null = null;
  private processes: Processes | null = null;
  private stopped: Promise<void> | null = null;
  /** A registry that other desks may use is not for this desk to empty. */
  private ownRegistry = false;

  constructor(options: ShellOptions) {
    this.options = options;
    this.training = options.training;
    const { language, contrast, textSizePercent } = readDeskMemory(this.memoryFile);
    this.texts = readShellTexts(resourcesFolder(), language);
    this.sight = { contrast, textSizePercent };
  }

  /** Opens the window, or a notice that says why not; ends the program when there is nothing to show. */
  async run(): Promise<void> {
    this.serve();
    if (!(await this.chooseMode())) return app.quit();
    const processes = this.startProcesses();
    const opened = await this.open(processes);
    const started = opened.ok ? await this.startCore(processes, opened.value.profile, opened.value.registryUrl) : opened;
    if (!started.ok) await this.giveUp(started.error);
  }

  /** Between two windows of a start there may be none for a moment. */
  windowsClosed(): void {
    if (this.main) app.quit();
  }

  focus(): void {
    this.main?.focus();
  }

  /** Safe to call twice; the second caller waits for the same end. */
  stop(): Promise<void> {
    this.stopped ??= (async () => {
      this.prompts.dismiss();
      await this.processes?.stop();
      this.blobs = null;
    })();
    return this.stopped;
  }

  private get profileDir(): string {
    return this.options.profileDir ?? dataFolders(this.training ? 'training' : 'real').profile;
  }

  private serve(): void {
    const documents = serveDocument(this.tickets, () => this.blobs);
    const pages = serveFolder(builtFile('renderer'), policyOfPage);
    hardenSession(session.defaultSession, app.isPackaged);
    hardenSession(dialogSession(), app.isPackaged);
    serveHost(session.defaultSession, WINDOW_HOST, (request) =>
      new URL(request.url).pathname.startsWith('/document/') ? documents(request) : pages(request),
    );
    this.printHost = servePrinting(() => this.blobs, app.isPackaged);
    serveHost(dialogSession(), DIALOG_HOST, serveFolder(builtFile('dialogs'), policyOfDialog));
  }

  /** Without a profile a person can only train here: real desks are enrolled on the command line. */
  private async chooseMode(): Promise<boolean> {
    if (this.training || profileExists(this.profileDir)) return true;
    const { text } = this.texts;
    const choice = await showNotice(this.look(), {
      heading: text('shell.noProfile.title'),
      body: [text('shell.noProfile.body')],
      actions: [
        { id: 'training', label: text('shell.noProfile.training') },
        { id: 'quit', label: text('shell.quit') },
      ],
    });
    this.training = choice === 'training';
    return this.training;
  }

  private startProcesses(): Processes {
    const processes = new Processes(this.prompts.ask, {
      tokenHostStopped: () => this.prompts.dismiss(),
      coreStarted: () => this.main?.coreStarted(),
      coreStopped: (restarting) => {
        this.tickets.clear();
        this.prompts.dismiss();
        this.torn?.close();
        this.main?.coreStopped(restarting);
      },
      event: ({ event, payload }) => {
        if (event === 'settings.changed') this.useSettings(payload as Settings);
        if (event === 'session.changed') {
          this.prompts.sessionChanged(payload as EventPayload<'session.changed'>);
          if (payload === null) this.tickets.clear();
        }
        if (event === 'torn.changed') this.showTorn(payload as EventPayload<'torn.changed'>);
      },
      publishDocument: (document) => this.tickets.publish(document),
      chooseDocuments: async () => (this.main && this.blobs ? chooseDocuments(this.main.window, this.blobs) : ok([])),
      chooseModule: async () => ok(this.main ? await chooseModule(this.main.window) : null),
      choosePlace: async (fileName) => ok(this.main ? await choosePlace(this.main.window, app.getPath('documents'), fileName) : null),
      saveDocument: async (document) => (this.blobs ? saveDocument(this.blobs, document) : fail('document-missing')),
      listPrinters: async () => (this.main ? listPrinters(this.main.window) : []),
      printDocument: async (job) =>
        this.main && this.printHost && this.blobs
          ? printDocument(
              { parent: this.main.window, host: this.printHost, blobs: this.blobs, folder: path.join(app.getPath('documents'), 'Kense') },
              job,
            )
          : fail('document-missing'),
      resetTraining: () => this.resetTraining(),
    });
    this.processes = processes;
    // an operating system that locks its screen locks the desk too
    for (const event of ['lock-screen', 'suspend'] as const) powerMonitor.on(event as 'suspend', () => processes.lock());
    return processes;
  }

  private openMainWindow(processes: Processes): void {
    this.main = new MainWindow(this.memoryFile, this.title(), {
      loaded: () => this.tickets.clear(),
      connect: (port) => processes.connectWindow(port),
      closed: () => app.quit(),
    });
  }

  /** The window of a torn-off document is there while the core has one; the page itself asks which. */
  private showTorn({ open, begin }: EventPayload<'torn.changed'>): void {
    const { processes } = this;
    if (!open) this.torn?.close();
    else if (begin && this.torn) this.torn.focus();
    else if (begin && processes)
      this.torn = new DocumentWindow(this.memoryFile, this.title(), {
        connect: (port) => processes.connectDocumentWindow(port),
        closed: () => (this.torn = null),
      });
  }

  private async open(processes: Processes): Promise<Result<{ profile: OpenedProfile; registryUrl: string | null }>> {
    if (this.training) finishTrainingReset(this.profileDir, dataFolders('training').registry);
    const isNew = this.training && !profileExists(this.profileDir);
    if (!isNew) this.openMainWindow(processes);
    const registry = await this.findRegistry(processes);
    if (!registry.ok) return registry;
    const { url } = registry.value;
    if (isNew) {
      const prepared = await this.prepareTraining(processes, url ?? '', registry.value.enrolmentCode ?? '');
      if (!prepared.ok) return prepared;
      this.openMainWindow(processes);
    }
    const profile = await openProfile(this.profileDir, this.training, this.look());
    if (!profile.ok) return profile;
    this.training = profile.value.mode === 'training';
    this.main?.setTitle(this.title());
    return ok({ profile: profile.value, registryUrl: url });
  }

  /** Makes the keys and samples of a training desk, which takes a while, and says so meanwhile. */
  private async prepareTraining(processes: Processes, registryUrl: string, enrolmentCode: string): Promise<Result<null>> {
    const { text } = this.texts;
    const done = new AbortController();
    const notice = { heading: text('shell.preparing.title'), body: [text('shell.preparing.body')], actions: [] };
    void showNotice(this.look(), notice, done.signal).then(() => done.signal.aborted || app.quit());
    const { sampleFilings } = this.options;
    const where = { profileDir: this.profileDir, resourcesDir: resourcesFolder(), registryUrl, enrolmentCode };
    const created = await processes.createTrainingProfile({ ...where, sampleFilings });
    done.abort();
    return created;
  }

  private async findRegistry(processes: Processes): Promise<Result<{ url: string | null; enrolmentCode: string | null }>> {
    const { registryUrl, enrolmentCode } = this.options;
    if (registryUrl !== null || !this.training) return ok({ url: registryUrl, enrolmentCode });
    this.ownRegistry = true;
    return processes.startRegistry(dataFolders('training').registry);
  }

  /** Nothing is taken away while anything is open: the next start does it first of all, also after a kill. */
  private resetTraining(): Result<null> {
    if (!this.ownRegistry) return fail('training-shared');
    const asked = askTrainingReset(this.profileDir);
    if (asked.ok) {
      app.relaunch({ args: anewInTraining(process.argv) });
      app.quit();
    }
    return asked;
  }

  private startCore(processes: Processes, profile: OpenedProfile, registryUrl: string | null): Promise<Result<null>> {
    this.blobs = createBlobStore({ dir: profilePaths(profile.profileDir).blobs, key: profile.dataKey });
    return processes.startCore({
      profileDir: profile.profileDir,
      dataKey: profile.dataKey,
      resourcesDir: resourcesFolder(),
      version: app.getVersion(),
      registryUrl,
      scriptedDay: this.ownRegistry,
    });
  }

  private async giveUp(failure: Failure): Promise<void> {
    this.main?.coreStopped(false);
    this.main?.window.hide();
    await showFailure(this.look(), failure);
    app.quit();
  }

  /** Dialogs and the frame of the window follow what the person chose for the page. */
  private useSettings({ language, theme, contrast, textSizePercent }: Settings): void {
    nativeTheme.themeSource = theme;
    this.sight = { contrast, textSizePercent };
    writeDeskMemory(this.memoryFile, { ...readDeskMemory(this.memoryFile), language, contrast, textSizePercent });
    if (language === this.texts.language) return;
    this.texts = readShellTexts(resourcesFolder(), language);
    this.main?.setTitle(this.title());
  }

  private look(): DialogLook {
    return { ...this.sight, texts: this.texts, training: this.training };
  }

  private title(): string {
    const { text } = this.texts;
    return this.training ? `${text('shell.title')} · ${text('shell.trainingMark')}` : text('shell.title');
  }
}
