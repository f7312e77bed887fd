import { BrowserWindow, MessageChannelMain, screen, type IpcMainEvent, type MessagePortMain } from 'electron';
import { boundsOnScreen, readDeskMemory, writeDeskMemory } from '../desk-memory.ts';
import { isOfHost, WINDOW_HOST, WINDOW_URL } from '../hardening/origin.ts';
import { RestartBudget } from '../processes/restart-budget.ts';
import { PORT_MESSAGE, READY_MESSAGE, STOPPED_MESSAGE } from '../window-messages.ts';
import { pagePreferences } from './page-preferences.ts';

const USUAL_SIZE = { width: 1366, height: 768 };
const LEAST_SIZE = { width: 1280, height: 680 };

export type MainWindowEvents = {
  /** The page is new: what was opened for the old one is over. */
  loaded(): void;
  /** A port for the page; the other end belongs to the core. */
  connect(port: MessagePortMain): void;
  closed(): void;
};

/** The one window of the desk. */
export class MainWindow {
  readonly window: BrowserWindow;
  private readonly memoryFile: string;
  private readonly events: MainWindowEvents;
  private readonly reloads = new RestartBudget();
  private pageReady = false;
  private coreReady = false;

  constructor(memoryFile: string, title: string, events: MainWindowEvents) {
    this.memoryFile = memoryFile;
    this.events = events;
    const memory = readDeskMemory(memoryFile);
    const bounds = boundsOnScreen(
      memory.bounds,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    );
    this.window = new BrowserWindow({
      ...USUAL_SIZE,
      ...(bounds ?? {}),
      minWidth: LEAST_SIZE.width,
      minHeight: LEAST_SIZE.height,
      show: false,
      title,
      webPreferences: pagePreferences(),
    });
    this.window.removeMenu();
    if (memory.maximized) this.window.maximize();
    this.listen();
    // a window that is closed while it loads is no fault
    this.window.loadURL(WINDOW_URL).catch(() => undefined);
  }

  /** The core is there: the page gets its port, now or as soon as it has loaded. */
  coreStarted(): void {
    this.coreReady = true;
    this.connectPage();
  }

  coreStopped(restarting: boolean): void {
    this.coreReady = false;
    if (!this.window.isDestroyed()) this.window.webContents.send(STOPPED_MESSAGE, restarting);
  }

  setTitle(title: string): void {
    if (!this.window.isDestroyed()) this.window.setTitle(title);
  }

  focus(): void {
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  private listen(): void {
    const { window } = this;
    const { webContents } = window;
    window.once('ready-to-show', () => window.show());
    window.on('close', () => this.remember());
    window.on('closed', () => this.events.closed());
    // the page has no say in it: the mark of training must stay
    window.on('page-title-updated', (event) => event.preventDefault());
    webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (!isMainFrame || isSameDocument) return;
      this.pageReady = false;
      this.events.loaded();
    });
    webContents.ipc.on(READY_MESSAGE, (event) => {
      if (!this.isOurPage(event)) return;
      this.pageReady = true;
      this.connectPage();
    });
    webContents.on('render-process-gone', () => {
      if (this.reloads.take(performance.now())) webContents.reload();
      else window.destroy();
    });
  }

  /** Trusting the contents is not enough: a frame inside would have the same. */
  private isOurPage({ senderFrame }: IpcMainEvent): boolean {
    return senderFrame !== null && senderFrame === this.window.webContents.mainFrame && isOfHost(senderFrame.url, WINDOW_HOST);
  }

  private connectPage(): void {
    if (!this.pageReady || !this.coreReady || this.window.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    this.events.connect(port1);
    this.window.webContents.postMessage(PORT_MESSAGE, null, [port2]);
  }

  private remember(): void {
    const memory = readDeskMemory(this.memoryFile);
    writeDeskMemory(this.memoryFile, { ...memory, bounds: this.window.getNormalBounds(), maximized: this.window.isMaximized() });
  }
}
