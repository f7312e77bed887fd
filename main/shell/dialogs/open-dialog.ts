import { BrowserWindow, nativeTheme, screen, session, type IpcMainEvent } from 'electron';
import { builtFile } from '../places.ts';
import { isOfHost, DIALOG_HOST, DIALOG_URL } from '../hardening/origin.ts';
import type { ShellTexts } from '../shell-texts.ts';
import { ANSWER_MESSAGE, QUESTION_MESSAGE, READY_MESSAGE, type Appearance } from './dialog-messages.ts';

/** A session of its own and never on disk: nothing of a dialog stays anywhere. */
const DIALOG_PARTITION = 'dialogs';
export const dialogSession = () => session.fromPartition(DIALOG_PARTITION);

type DialogPage = {
  readonly page: 'pin.html' | 'notice.html';
  readonly preload: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly parent: BrowserWindow | null;
};

/** Shows one small window, asks it one question and answers what it said; `null` when it was closed or is no longer wanted. */
export function openDialog(dialog: DialogPage, question: Appearance, unwanted?: AbortSignal): Promise<unknown> {
  const window = new BrowserWindow({
    ...grown(dialog.size, question.textSizePercent),
    useContentSize: true,
    ...(dialog.parent ? { parent: dialog.parent, modal: true } : {}),
    show: false,
    resizable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: dialog.parent !== null,
    backgroundColor: question.dark ? '#15191d' : '#ffffff',
    webPreferences: {
      preload: builtFile('preload', dialog.preload),
      session: dialogSession(),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      devTools: false,
    },
  });
  window.removeMenu();
  const isFromPage = (event: IpcMainEvent) =>
    event.senderFrame === window.webContents.mainFrame && isOfHost(event.senderFrame.url, DIALOG_HOST);

  return new Promise((resolve) => {
    window.webContents.ipc.on(READY_MESSAGE, (event) => {
      if (!isFromPage(event)) return;
      window.webContents.send(QUESTION_MESSAGE, question);
      window.show();
      window.focus();
    });
    window.webContents.ipc.on(ANSWER_MESSAGE, (event, answer: unknown) => {
      if (!isFromPage(event)) return;
      resolve(answer);
      window.destroy();
    });
    window.on('closed', () => resolve(null));
    unwanted?.addEventListener('abort', () => window.isDestroyed() || window.destroy());
    window.webContents.on('render-process-gone', () => window.destroy());
    // a page that cannot load has nothing to ask
    window.loadURL(`${DIALOG_URL}${dialog.page}`).catch(() => window.isDestroyed() || window.destroy());
  });
}

/** A window for larger text, as far as the screen goes; the rest of its page is scrolled to. */
function grown({ width, height }: DialogPage['size'], textSizePercent: number): DialogPage['size'] {
  const { width: widest, height: highest } = screen.getPrimaryDisplay().workAreaSize;
  const scale = Math.max(1, textSizePercent / 100);
  return { width: Math.min(Math.round(width * scale), widest), height: Math.min(Math.round(height * scale), highest) };
}

/** How dialogs speak and look. */
export type DialogLook = { readonly texts: ShellTexts; readonly training: boolean } & Pick<Appearance, 'contrast' | 'textSizePercent'>;

export const appearanceOf = ({ texts: { language, text }, training, contrast, textSizePercent }: DialogLook): Appearance => ({
  ...{ language, contrast, textSizePercent, dark: nativeTheme.shouldUseDarkColors },
  trainingMark: training ? text('training.mark') : null,
});
