import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import { cutLabels } from '../../support/cut-labels.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

type Row = { readonly id: string; readonly revision: number };
type Kense = {
  readonly queue: { list(question: object): Promise<{ value: { rows: readonly Row[] } }> };
  readonly filing: {
    get(input: object): Promise<{ value: { checklist: readonly { id: string; auto: boolean; passed: boolean }[]; revision: number } }>;
    mark(input: object): Promise<unknown>;
    register(input: object): Promise<unknown>;
  };
};
/** Registers the first open filings, as the window would. */
const registerFirst = (page: Page, count: number) =>
  page.evaluate(async (wanted) => {
    const { kense } = globalThis as unknown as { kense: Kense };
    const { rows } = (await kense.queue.list({ view: 'open' })).value;
    for (const { id } of rows.slice(0, wanted)) {
      const look = async () => (await kense.filing.get({ id })).value;
      for (const check of (await look()).checklist.filter(({ auto, passed }) => !auto && !passed))
        await kense.filing.mark({ id, revision: (await look()).revision, check: check.id, value: true, page: null });
      await kense.filing.register({ id, revision: (await look()).revision, joinsCase: null, seenDuplicates: [] });
    }
  }, count);
const current = (page: Page) => page.locator('[data-row-id][data-current]');
const isBack = (page: Page) => current(page).and(page.locator(':focus')).waitFor();
const card = (page: Page) => page.getByRole('region', { name: kk['case.title'], exact: true });

describe.skipIf(!hasBrowser)('what is registered, by keys alone', { timeout: 120_000 }, () => {
  const window = useFakeWindow();

  test('the list prints a talon, is filtered, and opens the card of a case; Esc goes back to the row', async () => {
    const { page, breaches } = await window.open({ signedIn: 'secretary', filings: 12 });
    await isBack(page);
    await registerFirst(page, 4);
    await page.keyboard.press('Control+2');
    await isBack(page);
    await page.getByRole('button', { name: `${kk['nav.registered']} 4` }).waitFor();
    await page.keyboard.press('ArrowDown');
    const row = await current(page).getAttribute('data-row-id');
    await page.keyboard.press('p');
    await page.getByText(kk['print.sent'], { exact: false }).first().waitFor();
    expect(await cutLabels(page)).toEqual([]);
    await page.keyboard.press('c');
    await card(page).getByText(kk['case.event.received']).waitFor();
    for (const what of ['sent', 'registered'] as const) expect(await card(page).innerText()).toContain(kk[`case.event.${what}`]);
    expect(await card(page).innerText()).toContain('******');
    expect(await cutLabels(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await isBack(page);
    expect(await current(page).getAttribute('data-row-id')).toBe(row);
    await page.keyboard.press('f');
    await page.getByRole('search').locator('select').first().and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await isBack(page);
    await page.getByRole('button', { name: kk['nav.sentBack'] }).press('Enter');
    await page.getByText(kk['queue.emptySentBack']).waitFor();
    expect(await breaches()).toEqual([]);
    await page.context().close();
  });

  test('from a filing of the card one comes back to that filing; a correction record stands beside the fact', async () => {
    const { page, breaches } = await window.open({ signedIn: 'secretary', filings: 6 });
    await isBack(page);
    await registerFirst(page, 1);
    await page.keyboard.press('Control+2');
    await isBack(page);
    await page.keyboard.press('c');
    const filing = card(page).locator('[data-filing] button').first();
    await filing.press('Enter');
    const panel = page.getByRole('complementary', { name: kk['filing.work'] });
    await panel.getByRole('tab', { name: kk['filing.summary'] }).click();
    const name = await panel.getByRole('heading', { level: 1 }).innerText();
    await panel.getByRole('button', { name: kk['fact.begin'] }).press('Enter');
    await page.getByLabel(kk['fact.which']).and(page.locator(':focus')).waitFor();
    await page.getByLabel(kk['fact.right'], { exact: true }).fill('Әділұлы Берген');
    expect(await page.getByRole('button', { name: kk['fact.save'] }).isDisabled()).toBe(true);
    await page.getByLabel(kk['fact.reason']).fill('Жеке куәлік бойынша');
    await page.getByRole('button', { name: kk['fact.save'] }).press('Enter');
    await panel.getByRole('button', { name: kk['fact.begin'] }).and(page.locator(':focus')).waitFor();
    expect(await panel.innerText()).toContain('Әділұлы Берген');
    expect(await panel.getByRole('heading', { level: 1 }).innerText()).toBe(name);
    await panel.getByRole('button', { name: kk['fact.begin'] }).press('Enter');
    await page.getByLabel(kk['fact.right'], { exact: true }).fill('Қабылданбайтын есім');
    await page.getByLabel(kk['fact.reason']).fill('Жеке куәлік бойынша');
    await page.getByRole('button', { name: kk['fact.save'] }).press('Enter');
    await panel.getByRole('button', { name: kk['fact.begin'] }).and(page.locator(':focus')).waitFor();
    const [refused, waiting] = await panel.getByRole('region', { name: kk['fact.records'] }).getByRole('listitem').allInnerTexts();
    expect(waiting).toContain(kk['note.waiting']);
    expect(refused).not.toContain(kk['note.waiting']);
    expect(refused).toContain(kk['parked.role-not-allowed.why']);
    expect(refused).toContain(kk['fact.refused'].replace('{{value}}', 'Әділұлы Берген'));
    expect(await cutLabels(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await filing.and(page.locator(':focus')).waitFor();
    expect(await card(page).innerText()).toContain('Әділұлы Берген');
    expect(await breaches()).toEqual([]);
    await page.context().close();
  });
});
