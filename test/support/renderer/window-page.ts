import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { afterAll, beforeAll } from 'vitest';
import { tempDir } from '../temp-dir.ts';
import type { FakeOptions } from './fake-kense.ts';
import { buildFakeWindow, serveFakeWindow } from './fake-window.ts';

/** Debian's browser; where it is not installed, the tests that need one are skipped. */
const CHROMIUM = '/usr/bin/chromium';
export const hasBrowser = existsSync(CHROMIUM);

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** With `clock` the page's time stands under `page.clock`. */
type Time = { readonly clock?: boolean };
export type WindowPage = {
  readonly page: Page;
  /** Breaches of the content policy and errors of the page so far. */ readonly breaches: () => Promise<readonly string[]>;
};

/** Builds the window once for a file of tests and opens it as often as wanted, each time in a new office. */
export function useFakeWindow(): {
  readonly open: (options?: FakeOptions, context?: BrowserContextOptions, time?: Time) => Promise<WindowPage>;
} {
  let browser: Browser;
  let served: { readonly url: string; readonly server: Server };

  beforeAll(async () => {
    const outDir = tempDir();
    await buildFakeWindow(outDir);
    served = await serveFakeWindow(outDir);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    served?.server.close();
  });

  return {
    open: async (options = {}, context = {}, { clock = false } = {}) => {
      const inContext = await browser.newContext({ viewport: { width: 1366, height: 768 }, ...context });
      const page = await inContext.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await page.addInitScript((given) => {
        const breaches: string[] = [];
        document.addEventListener('securitypolicyviolation', (event) => breaches.push(`${event.violatedDirective} ${event.blockedURI}`));
        Object.assign(window, { fakeOptions: given, breaches });
      }, options);
      if (clock) await page.clock.install();
      await page.goto(served.url);
      return {
        page,
        breaches: async () => {
          const inPage = await page.evaluate(() => ({
            breaches: (window as unknown as { breaches: string[] }).breaches,
            styles: document.querySelectorAll('style').length,
          }));
          return [...inPage.breaches, ...errors, ...Array.from({ length: inPage.styles }, () => 'a <style> element')];
        },
      };
    },
  };
}
