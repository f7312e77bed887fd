import { BrowserWindow, MessageChannelMain, screen, type MessagePortMain } from 'electron';
import { boundsOnScreen, readDeskMemory, writeDeskMemory } from '../desk-memory.ts';
import { isOfHost, WINDOW_HOST, WINDOW_URL } from '../hardening/origin.ts';
import { PORT_MESSAGE, READY_MESSAGE } from '../window-messages.ts';
import { pagePreferences } from './page-preferences.ts';

const USUAL_SIZE = { width: 900, height: 1000 };
const LEAST_SIZE = { width: 480, height: 400 };
/** The same page by its address: it shows one document and asks for nothing else. */
const ADDRESS = `${WINDOW_URL}?document`;

export type DocumentWindowEvents = {
  /** A port for the page; the other end belongs to the core, which answers little on it. */
  connect(port: MessagePortMain): void;
  closed(): void;
};

/** A document in a window of its own, for a second screen. */
export class DocumentWindow {
  readonly window: BrowserWindow;

  constructor(memoryFile: string, title: string, events: DocumentWindowEvents) {
    const { documentBounds } = readDeskMemory(memoryFile);
    const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
    this.window = new BrowserWindow({
      ...USUAL_SIZE,
      ...(boundsOnScreen(documentBounds ?? null, screens) ?? {}),
      minWidth: LEAST_SIZE.width,
      minHeight: LEAST_SIZE.height,
      show: false,
      title,
      webPreferences: pagePreferences(),
    });
    const { window } = this;
    const { webContents } = window;
    window.removeMenu();
    window.once('ready-to-show', () => window.show());
    window.on('close', () => writeDeskMemory(memoryFile, { ...readDeskMemory(memoryFile), documentBounds: window.getNormalBounds() }));
    window.on('closed', () => events.closed());
    window.on('page-title-updated', (event) => event.preventDefault());
    webContents.ipc.on(READY_MESSAGE, ({ senderFrame }) => {
      if (senderFrame === null || senderFrame !== webContents.mainFrame || !isOfHost(senderFrame.url, WINDOW_HOST)) return;
      const { port1, port2 } = new MessageChannelMain();
      events.connect(port1);
      webContents.postMessage(PORT_MESSAGE, null, [port2]);
    });
    webContents.on('render-process-gone', () => window.destroy());
    window.loadURL(ADDRESS).catch(() => undefined);
  }

  focus(): void {
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  close(): void {
    if (!this.window.isDestroyed()) this.window.close();
  }
}
