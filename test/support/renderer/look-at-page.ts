import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { FakeOffice } from './fake-kense.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
type Axe = { run: (root: Document, options: object) => Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }> };

/** What axe finds on the page as it stands. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(`${AXE};0`);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  });
}

/** What the window has asked of a channel so far. */
export function callsOf(page: Page, name: string) {
  return page.evaluate((wanted) => {
    const { fakeOffice } = globalThis as unknown as { fakeOffice: FakeOffice };
    return fakeOffice.calls.filter((call) => call.name === wanted).map(({ input }) => input);
  }, name);
}
