import { BrowserWindow } from 'electron';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { PrintHost } from './print-host.ts';

/** The page tells how far it is by its title, having no bridge to anything: drawn when it has the name of the job. */
const DRAWING = '…';
const UNREADABLE = '✕';
const WITHIN_MS = 300_000;

type Paper = { readonly sha256: string; readonly contentType: string; readonly size: number; readonly fileName: string };

/** A hidden window with all pages of the paper, to be printed and destroyed. Errors: `document-unreadable`. */
export async function drawForPrint(parent: BrowserWindow, host: PrintHost, paper: Paper): Promise<Result<BrowserWindow>> {
  const window = new BrowserWindow({
    parent,
    show: false,
    webPreferences: {
      session: host.session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      backgroundThrottling: false,
      devTools: false,
    },
  });
  const drawn = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), WITHIN_MS);
    const answer = (isDrawn: boolean) => {
      clearTimeout(timer);
      resolve(isDrawn);
    };
    window.webContents.on('page-title-updated', (_event, title) => {
      if (title !== DRAWING) answer(title !== UNREADABLE);
    });
    window.webContents.on('render-process-gone', () => answer(false));
    window.on('closed', () => answer(false));
    window.loadURL(host.publish(paper)).catch(() => answer(false));
  });
  host.forget();
  if (drawn) return ok(window);
  if (!window.isDestroyed()) window.destroy();
  return fail('document-unreadable');
}
