import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import type { WindowApi } from '../../../shared/contract/index.ts';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import type { FakeOffice } from '../../support/renderer/fake-kense.ts';
import { callsOf, violationsOn } from '../../support/renderer/look-at-page.ts';
import { cutLabels } from '../../support/cut-labels.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

type InPage = typeof globalThis & { fakeOffice: FakeOffice };

describe.skipIf(!hasBrowser)('a filing on paper in the window', { timeout: 120_000 }, () => {
  const office = useFakeWindow();
  const pages = (page: Page) => page.locator('[data-page]');
  async function openScan() {
    const opened = await office.open({ signedIn: 'secretary' });
    await opened.page.getByRole('grid').waitFor();
    await opened.page.keyboard.press('Control+5');
    await opened.page.getByLabel(kk['paper.scanner'], { exact: true }).waitFor();
    return opened;
  }
  const scan = async (page: Page) => {
    await page.keyboard.press('F8');
    await pages(page).nth(2).waitFor();
  };

  test('loses no page to a key that is meant for the title of a document', async () => {
    const { page, breaches } = await openScan();
    await scan(page);
    await pages(page).first().focus();
    await page.keyboard.press('Delete');
    await page.getByText(kk['paper.deleted'].replace('{{number}}', '1')).waitFor();
    const arranged = (await callsOf(page, 'paper.arrange')).length;
    const title = page.getByLabel(kk['paper.documentTitle']).first();
    await title.fill('Шартт');
    for (const key of ['ArrowLeft', 'Delete', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'Control+z']) await title.press(key);
    await page.getByLabel(kk['paper.role']).first().focus();
    for (const key of ['Delete', 'Alt+ArrowRight']) await page.keyboard.press(key);
    await pages(page).first().focus();
    await expect.poll(async () => (await callsOf(page, 'paper.arrange')).length).toBe(arranged + 1);
    const last = (await callsOf(page, 'paper.arrange')).at(-1) as {
      arrangement: { dropped: unknown[]; documents: { pages: unknown[] }[] };
    };
    expect(last.arrangement.dropped).toHaveLength(1);
    expect(last.arrangement.documents.map((document) => document.pages.length)).toEqual([2]);
    expect(await pages(page).count()).toBe(2);
    await page.keyboard.press('Delete');
    await pages(page).nth(1).waitFor({ state: 'detached' });
    expect(await breaches()).toEqual([]);
  });

  test('is deleted at once while it is empty, and with pages or words only after a second question', async () => {
    const { page, breaches } = await openScan();
    const drop = page.getByRole('button', { name: kk['paper.drop'] });
    const yes = page.getByRole('button', { name: kk['paper.dropYes'] });
    const dropped = async () => (await callsOf(page, 'paper.drop')).length;
    await drop.press('Enter');
    await expect.poll(dropped).toBe(1);
    await page.getByText(kk['paper.noPages']).waitFor();
    await scan(page);
    await drop.press('Enter');
    await yes.and(page.locator(':focus')).waitFor();
    await page.getByRole('alert').getByText(kk['paper.dropSure']).waitFor();
    expect([await violationsOn(page), await cutLabels(page)]).toEqual([[], []]);
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: kk['action.cancel'] }).and(page.locator(':focus')).press('Enter');
    await drop.and(page.locator(':focus')).waitFor();
    expect(await pages(page).count()).toBe(3);
    expect(await dropped()).toBe(1);
    await drop.press('Enter');
    await yes.press('Enter');
    await pages(page).first().waitFor({ state: 'detached' });
    expect(await dropped()).toBe(2);
    await page.keyboard.press('Control+Enter');
    await page.getByLabel(kk['paper.party.name']).first().fill('Өмірбекова Әлия');
    await drop.press('Enter');
    await yes.and(page.locator(':focus')).waitFor();
    expect(await dropped()).toBe(2);
    await page.keyboard.press('Enter');
    await expect.poll(dropped).toBe(3);
    await expect.poll(() => page.getByLabel(kk['paper.party.name']).first().inputValue()).toBe('');
    expect(await breaches()).toEqual([]);
  });

  test('is kept in the end when keeping it failed, and the window says so until then', async () => {
    const { page } = await openScan();
    await page.keyboard.press('Control+Enter');
    const name = page.getByLabel(kk['paper.party.name']).first();
    const keptNames = async () =>
      ((await callsOf(page, 'paper.keep')) as { form: { parties: { name: string }[] } }[]).map(({ form }) => form.parties[0]!.name);
    await name.waitFor();
    await page.evaluate(() => (globalThis as InPage).fakeOffice.failNext('paper.keep', { code: 'disk-full', next: 'ask-user' }));
    await name.fill('Өмірбекова');
    const note = page.getByRole('alert').getByText(kk['error.disk-full.title'], { exact: false }).first();
    await note.waitFor();
    expect(await keptNames()).toEqual(['Өмірбекова']);
    await note.waitFor({ state: 'detached' });
    expect(await keptNames()).toEqual(['Өмірбекова', 'Өмірбекова']);
    await page.evaluate(() => (globalThis as InPage).fakeOffice.failNext('paper.keep', { code: 'session-locked', next: 'ask-user' }));
    await name.fill('Өмірбекова Әлия');
    await page.evaluate(() => (globalThis as InPage).fakeOffice.lock());
    await expect.poll(async () => (await keptNames()).length).toBe(3);
    await page.getByRole('button', { name: kk['session.unlock'] }).press('Enter');
    await expect.poll(keptNames).toEqual(['Өмірбекова', 'Өмірбекова', 'Өмірбекова Әлия', 'Өмірбекова Әлия']);
    expect(await name.inputValue()).toBe('Өмірбекова Әлия');
  });

  test('that is left while it could not be kept is as it was typed on coming back, and is kept in the end without another key', async () => {
    const { page } = await openScan();
    await page.keyboard.press('Control+Enter');
    const name = page.getByLabel(kk['paper.party.name']).first();
    const note = page.getByRole('alert').getByText(kk['error.disk-full.title'], { exact: false }).first();
    const keptNames = async () =>
      ((await callsOf(page, 'paper.keep')) as { form: { parties: { name: string }[] } }[]).map(({ form }) => form.parties[0]!.name);
    const fail = () =>
      page.evaluate(() => (globalThis as InPage).fakeOffice.failNext('paper.keep', { code: 'disk-full', next: 'ask-user' }));
    await name.waitFor();
    await fail();
    await name.fill('Өмірбекова');
    await page.keyboard.press('Control+1');
    await note.waitFor();
    await fail();
    await page.getByRole('button', { name: kk['nav.counter'] }).press('Enter');
    await expect.poll(() => name.inputValue()).toBe('Өмірбекова');
    await note.waitFor({ state: 'detached' });
    expect(await keptNames()).toEqual(['Өмірбекова', 'Өмірбекова', 'Өмірбекова']);

    // nor does it need anybody to come back
    await fail();
    await name.fill('Өмірбекова Әлия');
    await page.keyboard.press('Control+1');
    await note.waitFor();
    await note.waitFor({ state: 'detached' });
    expect((await keptNames()).slice(3)).toEqual(['Өмірбекова Әлия', 'Өмірбекова Әлия']);
  });

  test('has its copies certified by a key that is there: it is named with its owner, and forgotten when it is pulled out', async () => {
    const { page, breaches } = await openScan();
    await scan(page);
    await page.keyboard.press('Control+Enter');
    const field = page.getByLabel(kk['paper.certify']);
    await field.waitFor();
    const options = field.locator('option');
    await options.nth(1).waitFor({ state: 'attached' });
    const id = (await options.nth(1).getAttribute('value'))!;
    const { owner, label } = await page.evaluate(async (wanted) => {
      const listed = await (globalThis as unknown as { kense: WindowApi }).kense.keys.list({});
      return listed.ok ? listed.value.keys.find((key) => key.id === wanted)! : { owner: '', label: '' };
    }, id);
    expect(await options.nth(1).innerText()).toContain(`${owner} · ${label}`);
    await field.selectOption(id);
    expect(await field.inputValue()).toBe(id);
    await page.getByText(kk['paper.certify.unfit'].split('{{')[0]!.trim(), { exact: false }).click();
    expect([await violationsOn(page), await cutLabels(page)]).toEqual([[], []]);
    if (process.env['DESK_SHOTS']) await page.screenshot({ path: `${process.env['DESK_SHOTS']}/certify.png` });
    await page.evaluate((key) => (globalThis as InPage).fakeOffice.pullKey(key), id);
    await expect.poll(() => field.inputValue()).toBe('');
    expect(await options.evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value))).not.toContain(id);
    expect(await breaches()).toEqual([]);
  });

  test('is scanned with the scanner that was chosen among the settings', async () => {
    const { page, breaches } = await office.open({ signedIn: 'secretary' });
    await page.getByRole('grid').waitFor();
    const go = (name: string) => page.getByRole('navigation', { name: kk['nav.label'] }).getByRole('button', { name }).click();
    await go(kk['nav.settings']);
    const scanner = page.getByLabel(kk['paper.scanner'], { exact: true });
    expect(await scanner.locator('option').allInnerTexts()).toEqual(['Noname frontend-tester', 'Noname glass']);
    await scanner.selectOption('Noname glass');
    expect(await callsOf(page, 'settings.set')).toEqual([{ scanner: 'test:1' }]);
    expect(await cutLabels(page)).toEqual([]);
    expect(await violationsOn(page)).toEqual([]);
    await page.keyboard.press('Control+5');
    await page.getByRole('group', { name: kk['paper.bring'] }).waitFor();
    expect(await scanner.inputValue()).toBe('test:1');
    await page.keyboard.press('F8');
    await expect.poll(() => callsOf(page, 'paper.scan')).toMatchObject([{ scannerId: 'test:1' }]);
    expect(await breaches()).toEqual([]);
  });
});
