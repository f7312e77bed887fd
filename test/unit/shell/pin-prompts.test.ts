import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { PinPrompts } from '../../../main/shell/dialogs/pin-prompts.ts';
import { readShellTexts } from '../../../main/shell/shell-texts.ts';
import type { Session } from '../../../shared/contract/index.ts';
import { RESOURCES } from '../../support/desk/training-office.ts';
import { DISPLAY } from '../../support/token/pin-prompt.ts';

const shown = vi.hoisted(() => [] as { readonly isDestroyed: () => boolean }[]);
/** Windows that open and close, and show nothing. */
vi.mock('electron', () => ({
  BrowserWindow: class extends EventEmitter {
    private gone = false;
    readonly webContents = Object.assign(new EventEmitter(), { ipc: new EventEmitter() });
    readonly removeMenu = () => undefined;
    readonly loadURL = () => Promise.resolve();
    readonly isDestroyed = () => this.gone;
    constructor() {
      super();
      shown.push(this);
    }
    destroy() {
      this.gone = true;
      this.emit('closed');
    }
  },
  nativeTheme: { shouldUseDarkColors: false },
  session: { fromPartition: () => ({}) },
  app: { isPackaged: false, getAppPath: () => '/' },
}));

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
    () => readShellTexts(RESOURCES, 'kk'),
  );
  const answers = Promise.all([prompts.ask(DISPLAY, 'first', 'typed'), prompts.ask(DISPLAY, 'first', 'typed')]);
  await vi.waitFor(() => expect(shown).toHaveLength(1));
  prompts.sessionChanged(open);
  expect(shown[0]!.isDestroyed()).toBe(false);
  prompts.sessionChanged(over);
  expect(await answers).toEqual([null, null]);
  expect(shown).toHaveLength(1);
});
