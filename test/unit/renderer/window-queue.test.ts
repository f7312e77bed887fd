import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import type { WindowApi } from '../../../shared/contract/index.ts';
import type { FakeOffice } from '../../support/renderer/fake-kense.ts';
import { hasBrowser, useFakeWindow, type WindowPage } from '../../support/renderer/window-page.ts';

const FILINGS = 30;
const count = async (page: Page, view: 'queue.viewMine' | 'queue.viewUnassigned' | 'queue.viewOpen') =>
  Number(/\d+$/.exec((await page.getByRole('button', { name: kk[view] }).first().innerText()).trim())![0]);
const current = (page: Page) => page.locator('[data-row-id][data-current]');
const isBack = (page: Page) => current(page).and(page.locator(':focus')).waitFor();

async function inWindow({ page, breaches }: WindowPage, work: (page: Page) => Promise<void>): Promise<void> {
  await isBack(page);
  await work(page);
  expect(await breaches()).toEqual([]);
  await page.context().close();
}

describe.skipIf(!hasBrowser)('the queue by keys alone', () => {
  const window = useFakeWindow();
  const open = (signedIn: 'secretary' | 'office-head' = 'secretary') => window.open({ signedIn, filings: FILINGS });

  test('rows are chosen, taken, and given back within ten seconds', { timeout: 60_000 }, async () => {
    await inWindow(await open(), async (page) => {
      const all = await count(page, 'queue.viewOpen');
      for (const key of ['x', 'ArrowDown', 'x', 'a']) await page.keyboard.press(key);
      await expect.poll(() => count(page, 'queue.viewMine')).toBe(2);
      expect(await count(page, 'queue.viewUnassigned')).toBe(all - 2);
      await page.keyboard.press('Control+z');
      await expect.poll(() => count(page, 'queue.viewMine')).toBe(0);
      expect(await count(page, 'queue.viewOpen')).toBe(all);
      await isBack(page);
    });
  });

  test('what is taken back is counted, and what another has changed since is said', { timeout: 60_000 }, async () => {
    await inWindow(await open(), async (page) => {
      const said = page.getByRole('status').filter({ hasText: /./ });
      const take = async () => {
        for (const key of ['Home', 'x', 'ArrowDown', 'x', 'a']) await page.keyboard.press(key);
        await said.getByText(kk['work.assigned_other'].split(':')[0]!).waitFor();
      };
      await take();
      await page.keyboard.press('Control+z');
      await said.getByText(kk['work.undone'].replace('{{changed}}', '2')).waitFor();
      for (const [changed, words] of [
        [1, kk['work.undonePart'].replace('{{changed}}', '1').replace('{{of}}', '2')],
        [0, kk['work.undoneNone']],
      ] as const) {
        await take();
        await page.evaluate((count) => {
          const { work } = (globalThis as unknown as { kense: WindowApi }).kense;
          Object.assign(work, { undo: () => Promise.resolve({ ok: true, value: { changed: count, undo: null } }) });
        }, changed);
        await page.keyboard.press('Control+z');
        await said.getByText(words).waitFor();
        expect(await said.getByText(kk['work.undone'].split(':')[0]!).count()).toBe(0);
      }
    });
  });

  test('what is not taken back, and the next one that is not taken, say why', { timeout: 60_000 }, async () => {
    await inWindow(await open(), async (page) => {
      const failNext = (name: string) =>
        page.evaluate(
          (call) =>
            (globalThis as unknown as { fakeOffice: FakeOffice }).fakeOffice.failNext(call, { code: 'disk-full', next: 'ask-user' }),
          name,
        );
      const full = page.getByText(kk['error.disk-full.title']);
      await failNext('work.take-next');
      await page.keyboard.press('n');
      await full.waitFor();
      await page.keyboard.press('a');
      await full.waitFor({ state: 'detached' });
      await failNext('work.undo');
      await page.keyboard.press('Control+z');
      await full.waitFor();
      expect(await count(page, 'queue.viewMine')).toBe(1);
      await page.keyboard.press('Control+z');
      await page.getByText(kk['work.undone'].replace('{{changed}}', '1')).waitFor();
      await full.waitFor({ state: 'detached' });
    });
  });

  test('the keys of the list are heard when nothing has the focus', { timeout: 60_000 }, async () => {
    await inWindow(await open(), async (page) => {
      const leave = () => page.evaluate(() => (document.activeElement as HTMLElement).blur());
      for (const key of ['Home', 'ArrowDown']) {
        await leave();
        await page.keyboard.press(key);
        await isBack(page);
      }
      await expect.poll(() => current(page).getAttribute('aria-rowindex')).toBe('3');
    });
  });

  test('a row is put off with a day and a reason, and not without', { timeout: 60_000 }, async () => {
    await inWindow(await open(), async (page) => {
      await page.keyboard.press('F8');
      await page.getByLabel(kk['work.until']).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Enter');
      await page.getByText(kk['work.untilWrong']).waitFor();
      await page.keyboard.type('+3');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByText(kk['work.reasonMissing']).waitFor();
      await page.keyboard.type('сұрау салынды');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await current(page).locator('[title="сұрау салынды"]').waitFor();
      await isBack(page);
    });
  });

  test('all that a colleague has goes to another in six keys, with the load after it', { timeout: 60_000 }, async () => {
    await inWindow(await open(), async (page) => {
      await page.keyboard.press('Control+a');
      await page.keyboard.press('a');
      const all = await count(page, 'queue.viewOpen');
      await expect.poll(() => count(page, 'queue.viewMine')).toBe(all);
      for (const key of ['m']) await page.keyboard.press(key);
      await page.getByRole('listbox').and(page.locator(':focus')).waitFor();
      await page.keyboard.press('l');
      await page
        .getByRole('option')
        .first()
        .getByText(kk['work.after'].replace('{{count}}', String(all)))
        .waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect.poll(() => count(page, 'queue.viewMine')).toBe(0);
      expect(await count(page, 'queue.viewUnassigned')).toBe(0);
      await isBack(page);
    });
  });

  test('filters and words narrow the list and leave it as it was', { timeout: 60_000 }, async () => {
    await inWindow(await open(), async (page) => {
      const all = await count(page, 'queue.viewOpen');
      await page.keyboard.press('f');
      const kind = page.getByRole('combobox', { name: kk['queue.colKind'] });
      await kind.and(page.locator(':focus')).waitFor();
      await kind.selectOption({ label: kk['kindShort.claim'] });
      await expect.poll(() => page.locator('[data-row-id]').count()).toBeLessThan(all);
      await page.getByRole('button', { name: kk['queue.clearFilter'] }).press('Enter');
      await isBack(page);
      expect(await page.locator('[data-row-id]').count()).toBe(all);
      await page.keyboard.press('/');
      await page.getByRole('searchbox', { name: kk['queue.findHere'] }).and(page.locator(':focus')).waitFor();
      await page.keyboard.type('ъъъъ');
      await page.getByText(kk['queue.emptyFiltered']).waitFor();
      await page.getByRole('main').getByRole('button', { name: kk['queue.clearFilter'] }).last().press('Enter');
      await isBack(page);
    });
  });

  test('from an opened filing one goes on past the rows that the list had looked at, and back', { timeout: 60_000 }, async () => {
    await inWindow(await window.open({ signedIn: 'secretary', filings: 200 }), async (page) => {
      const ids = await page.evaluate(async () => {
        const { kense } = globalThis as unknown as { kense: Window['kense'] };
        const opened = await kense.queue.list({ view: 'open' });
        const rows = opened.ok ? await kense.queue.rows({ list: opened.value.list, from: 0, count: 300 }) : opened;
        return rows.ok ? rows.value.map(({ row }) => row.cabinetNumber) : [];
      });
      expect(ids.length).toBeGreaterThan(130);
      await page.keyboard.press('Enter');
      const panel = page.getByRole('complementary', { name: kk['filing.work'] });
      const isOpen = (number: string) => panel.getByText(number).first().waitFor();
      await isOpen(ids[0]!);
      for (const number of ids.slice(1, 130)) {
        await page.keyboard.press('Control+ArrowDown');
        await isOpen(number);
      }
      await page.keyboard.press('Control+ArrowUp');
      await isOpen(ids[128]!);
    });
  });

  test('a search opens what it found, teaches the keys of commands and leads back', { timeout: 60_000 }, async () => {
    await inWindow(await open(), async (page) => {
      const number = (await current(page).locator('[data-column="number"]').innerText()).trim();
      await page.keyboard.press('Control+k');
      const field = page.getByRole('combobox', { name: kk['search.placeholder'] });
      await field.and(page.locator(':focus')).waitFor();
      expect(await page.getByRole('group', { name: kk['search.commands'] }).innerText()).toContain('Ctrl+L');
      await page.keyboard.type(number);
      const found = page.getByRole('group', { name: kk['search.filings'] });
      await found.locator('b', { hasText: number }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('complementary', { name: kk['filing.work'] }).waitFor();
      await page.keyboard.press('Escape');
      await isBack(page);
      await page.keyboard.press('Control+k');
      await field.fill('ufksv;fyjd');
      await page.getByRole('button', { name: kk['search.otherLayout'].replace('{{query}}', 'галымжанов') }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await isBack(page);
    });
  });

  test('a column is taken out of the list, and what is ticked is told apart in forced colours', { timeout: 60_000 }, async () => {
    await inWindow(await open(), async (page) => {
      const heading = page.getByRole('columnheader', { name: kk['queue.colKind'] });
      await heading.waitFor();
      await page.getByRole('button', { name: kk['queue.savedViews'] }).press('Enter');
      await page.getByRole('menuitem', { name: kk['queue.columns'] }).press('Enter');
      const tick = page.getByRole('dialog').getByRole('checkbox', { name: kk['queue.colKind'] });
      const icon = tick.locator('xpath=following-sibling::*').first();
      const [box, mark] = [(await tick.boundingBox())!, (await icon.boundingBox())!];
      expect(mark.x >= box.x && mark.x + mark.width <= box.x + box.width, 'the mark is in its box').toBe(true);
      expect(mark.y >= box.y && mark.y + mark.height <= box.y + box.height, 'the mark is in its box').toBe(true);
      await tick.press('Space');
      await heading.waitFor({ state: 'detached' });
      await page.emulateMedia({ forcedColors: 'active' });
      const groundOf = (checked: boolean) =>
        page
          .getByRole('dialog')
          .getByRole('checkbox', { checked })
          .first()
          .evaluate((element) => getComputedStyle(element).backgroundColor);
      expect(await groundOf(true)).not.toBe(await groundOf(false));
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
  });
});
