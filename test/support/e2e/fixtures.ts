import { test as base, expect, type ElectronApplication, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { launchKense, mainWindow } from './launch.ts';
import { copyDesk, prepareDesk, removeDesk } from './prepared-desk.ts';

type Fixtures = {
  /** The folder of a desk with samples; it ends with the test. */
  readonly desk: string;
  /** What a page said as an error: a violation of the content policy, a fault of a script, a failed load. Must stay empty. */
  readonly faults: string[];
  /** How the program is started; a test may wait for something else first. */
  readonly options: readonly string[];
  readonly app: ElectronApplication;
  readonly page: Page;
};
type WorkerFixtures = { readonly preparedDesk: string };

export function listenForFaults(page: Page, faults: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
  page.on('crash', () => faults.push('the page crashed'));
}

/* eslint-disable no-empty-pattern -- Playwright reads the names of the fixtures from the pattern */
export const test = base.extend<Fixtures, WorkerFixtures>({
  preparedDesk: [
    async ({}, use) => {
      const folder = await prepareDesk();
      await use(folder);
      await removeDesk(folder);
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  desk: async ({ preparedDesk }, use) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'kense-e2e-'));
    await copyDesk(preparedDesk, folder);
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  faults: async ({}, use) => {
    const faults: string[] = [];
    await use(faults);
    expect(faults, 'what the pages complained about').toEqual([]);
  },
  options: [['--training'], { option: true }],
  app: async ({ desk, faults, options }, use, info) => {
    const app = await launchKense({ userData: desk, args: options });
    app.on('window', (page) => listenForFaults(page, faults));
    for (const page of app.windows()) listenForFaults(page, faults);
    await app.context().tracing.start({ screenshots: true, snapshots: true });
    await use(app);
    const failed = info.status !== info.expectedStatus;
    await app.context().tracing.stop(failed ? { path: info.outputPath('trace.zip') } : {});
    await app.close();
  },
  page: async ({ app }, use, info) => {
    const page = await mainWindow(app);
    await use(page);
    if (info.status === info.expectedStatus) return;
    const focus = () => `${document.hasFocus() ? 'on' : 'away from'} ${document.activeElement?.outerHTML.slice(0, 300) ?? 'nothing'}`;
    const where = await page.evaluate(focus).catch(() => 'not to be asked');
    info.annotations.push({ type: 'focus', description: where });
    console.log(`the focus when the test ended: ${where}`);
    const shown = await page
      .getByRole('alert')
      .allTextContents()
      .catch(() => ['not to be asked']);
    console.log(`the alerts when the test ended: ${shown.join(' | ') || 'none'}`);
  },
});
export { expect };
