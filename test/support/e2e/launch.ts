import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

/** A program by its windows, however it was started. */
export type Windows = Pick<ElectronApplication, 'windows'>;

export type LaunchOptions = {
  /** Everything of this person; one folder a test. */
  readonly userData: string;
  readonly args?: readonly string[];
};

/** Starts the real program as `npm start` does, on a desk of its own. */
export function launchKense({ userData, args = ['--training'] }: LaunchOptions): Promise<ElectronApplication> {
  return _electron.launch({
    args: [ROOT, `--user-data-dir=${userData}`, ...args],
    cwd: ROOT,
    chromiumSandbox: process.getuid?.() !== 0,
  });
}

/** The desk's window, told from its dialogs by its address. */
export async function mainWindow(app: Windows): Promise<Page> {
  return windowAt(app, 'app://kense/');
}

/** The next PIN prompt or notice, once it has its question: a key that is pressed earlier goes nowhere. */
export async function dialogWindow(app: Windows): Promise<Page> {
  const dialog = await windowAt(app, 'app://dialog/');
  await dialog.waitForFunction(() => document.title !== '');
  return dialog;
}

/** A training desk is prepared first, which takes a busy machine a while. */
const WINDOW_MS = 120_000;

async function windowAt(app: Windows, address: string): Promise<Page> {
  const open = () => app.windows().find((page) => !page.isClosed() && page.url().startsWith(address));
  await expect.poll(() => open() !== undefined, { timeout: WINDOW_MS, message: `a window at ${address}` }).toBe(true);
  return open()!;
}

/** Types into the prompt and sends it; the window ends before the key comes up again. */
export async function enterPin(prompt: Page, pin: string): Promise<void> {
  await prompt.keyboard.type(pin);
  await pressAndClose(prompt, 'Enter');
}

export async function pressAndClose(prompt: Page, key: string): Promise<void> {
  const gone = () => undefined;
  await Promise.all([prompt.waitForEvent('close'), prompt.keyboard.down(key).catch(gone)]);
}
