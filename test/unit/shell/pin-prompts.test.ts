import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { READY_MESSAGE, type Appearance } from '../../../main/shell/dialogs/dialog-messages.ts';
import { PinPrompts } from '../../../main/shell/dialogs/pin-prompts.ts';
import { readShellTexts } from '../../../main/shell/shell-texts.ts';
import type { Session } from '../../../shared/contract/index.ts';
import { RESOURCES } from '../../support/desk/training-office.ts';
import { DISPLAY } from '../../support/token/pin-prompt.ts';

type Shown = { readonly isDestroyed: () => boolean; readonly ready: () => Appearance; readonly size: { width: number; height: number } };
const shown = vi.hoisted(() => [] as Shown[]);
/** Windows that open and close, and show nothing. */
vi.mock('electron', () => ({
  BrowserWindow: class extends EventEmitter {
    private gone = false;
    readonly mainFrame = { url: 'app://dialog/pin.html' };
    readonly sent: unknown[] = [];
    readonly webContents = Object.assign(new EventEmitter(), {
      ipc: new EventEmitter(),
      mainFrame: this.mainFrame,
      send: (_channel: string, question: unknown) => this.sent.push(question),
    });
    readonly show = () => undefined;
    readonly focus = () => undefined;
    readonly size: { width: number; height: number };
    readonly removeMenu = () => undefined;
    readonly loadURL = () => Promise.resolve();
    readonly isDestroyed = () => this.gone;
    constructor(size: { width: number; height: number }) {
      super();
      this.size = size;
      shown.push(this);
    }
    ready(): Appearance {
      this.webContents.ipc.emit(READY_MESSAGE, { senderFrame: this.mainFrame });
      return this.sent[0] as Appearance;
    }
    destroy() {
      this.gone = true;
      this.emit('closed');
    }
  },
  nativeTheme: { shouldUseDarkColors: false },
  screen: { getPrimaryDisplay: () => ({ workAreaSize: { width: 1366, height: 728 } }) },
  session: { fromPartition: () => ({}) },
  app: { isPackaged: false, getAppPath: () => '/' },
}));

const LOOK = { texts: readShellTexts(RESOURCES, 'kk'), training: false, contrast: false, textSizePercent: 100 };
const open: Session = {
  ...{ userId: 'judge', name: 'Ж. ҮЛГІБАЕВА', roles: ['judge'], activeRole: 'judge', locked: false },
  ...{ signedInAt: '2026-07-23T08:00:00Z', lastSignInAt: null },
};

it.each([
  ['locked', { ...open, locked: true }],
  ['left', null],
])('a PIN prompt, and the one that waits behind it, closes when the session is %s', async (_how, over) => {
  shown.length = 0;
  const prompts = new PinPrompts(
    () => null,
    () => LOOK,
  );
  const answers = Promise.all([prompts.ask(DISPLAY, 'first', 'typed'), prompts.ask(DISPLAY, 'first', 'typed')]);
  await vi.waitFor(() => expect(shown).toHaveLength(1));
  prompts.sessionChanged(open);
  expect(shown[0]!.isDestroyed()).toBe(false);
  prompts.sessionChanged(over);
  expect(await answers).toEqual([null, null]);
  expect(shown).toHaveLength(1);
});

it('a PIN prompt of training says so, and looks as its person has the window', async () => {
  const ask = async (look: Partial<typeof LOOK>) => {
    shown.length = 0;
    const prompts = new PinPrompts(
      () => null,
      () => ({ ...LOOK, ...look }),
    );
    const answer = prompts.ask(DISPLAY, 'final', 'typed');
    await vi.waitFor(() => expect(shown).toHaveLength(1));
    const [{ size }, question] = [shown[0]!, shown[0]!.ready()];
    prompts.dismiss();
    expect(await answer).toBeNull();
    return { size, question };
  };
  const usual = await ask({});
  expect(usual.question).toMatchObject({ trainingMark: null, contrast: false, textSizePercent: 100 });
  const { size, question } = await ask({ training: true, contrast: true, textSizePercent: 200 });
  expect(question).toMatchObject({ trainingMark: LOOK.texts.text('training.mark'), contrast: true, textSizePercent: 200 });
  expect(size.width).toBe(usual.size.width * 2);
  expect(size.height).toBe(728);
});
