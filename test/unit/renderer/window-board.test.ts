import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };
import { cutLabels } from '../../support/cut-labels.ts';
import { callsOf, violationsOn } from '../../support/renderer/look-at-page.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

const office = useFakeWindow();
const texts = { kk, ru };

const tile = (page: Page, text: string) => page.getByRole('button', { name: text });

describe.skipIf(!hasBrowser)('the board of the head of office', { timeout: 180_000 }, () => {
  for (const language of ['kk', 'ru'] as const)
    for (const [theme, forcedColors] of [
      ['light', 'none'],
      ['dark', 'none'],
      ['light', 'active'],
    ] as const)
      test(`is open to everybody and whole in ${language}, ${theme}, colours ${forcedColors}, as pictures and as a table`, async () => {
        const t = texts[language];
        const { page, breaches } = await office.open({ signedIn: 'office-head', settings: { language, theme } }, { forcedColors });
        await tile(page, t['board.median']).waitFor();
        for (const mode of ['pictures', 'table']) {
          if (process.env['SHOTS'])
            await page.screenshot({ path: `${process.env['SHOTS']}/board-${language}-${theme}-${forcedColors}-${mode}.png` });
          for (const split of ['person', 'kind', 'category', 'verdict', 'language'] as const) {
            await page.getByRole('button', { name: t[`board.by.${split}`] }).click();
            await page.getByRole('grid', { name: t[`board.by.${split}`] }).waitFor();
            for (const width of [1366, 1280]) {
              await page.setViewportSize({ width, height: 768 });
              expect(await cutLabels(page), `${split}, ${mode}, ${width}`).toEqual([]);
              const wide = await page.evaluate(
                () => [...document.querySelectorAll('table')].filter((e) => e.scrollWidth > e.parentElement!.clientWidth).length,
              );
              expect(wide).toBe(0);
            }
            await page.setViewportSize({ width: 1366, height: 768 });
          }
          expect(await violationsOn(page)).toEqual([]);
          if (process.env['SHOTS']) {
            await page.getByRole('heading', { name: t['board.hours'] }).scrollIntoViewIfNeeded();
            await page.getByRole('region', { name: t['nav.dashboard'] }).evaluate((e) => (e.scrollTop = 420));
            await page.screenshot({ path: `${process.env['SHOTS']}/board-${language}-${theme}-${forcedColors}-${mode}-lower.png` });
          }
          await page.getByRole('grid', { name: t['board.weeks'] }).getByRole('button').first().focus();
          await page.keyboard.press('KeyT');
        }
        expect(await breaches()).toEqual([]);
      });

  test('T changes pictures for a table and back, and the numbers stay', async () => {
    const { page } = await office.open({ signedIn: 'office-head' });
    await tile(page, kk['board.arrivedToday']).and(page.locator(':focus')).waitFor();
    const plots = page.getByRole('region', { name: kk['board.weeks'] }).locator('svg');
    expect(await plots.count()).toBeGreaterThan(0);
    const numbers = () => page.getByRole('grid').allInnerTexts();
    const before = await numbers();
    await page.keyboard.press('KeyT');
    await expect.poll(() => plots.count()).toBe(0);
    expect(await numbers()).toEqual(before);
    await page.keyboard.press('KeyT');
    await expect.poll(() => plots.count()).toBeGreaterThan(0);
  });

  test('a number opens the list that it counts, and Esc comes back to the board as it was', async () => {
    const { page } = await office.open({ signedIn: 'office-head' });
    await page.getByRole('button', { name: kk['board.periodOf.week'] }).click();
    await page.getByRole('button', { name: kk['board.by.kind'] }).click();
    const grid = page.getByRole('grid', { name: kk['board.by.kind'] });
    await grid.getByRole('button', { name: kk['kindShort.claim'] }).first().waitFor();
    await grid.getByRole('button', { name: new RegExp(`${kk['kindShort.claim']}, ${kk['board.column.registered']}: 690`) }).click();
    await page.getByRole('button', { name: new RegExp('15.11.2026 – 21.11.2026') }).waitFor();
    expect((await callsOf(page, 'queue.list')).at(-1)).toEqual({
      view: 'registered',
      filter: { kind: 'claim', registered: { from: '2026-11-15', until: '2026-11-21' } },
    });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await grid.waitFor();
    expect(await page.getByRole('button', { name: kk['board.periodOf.week'] }).getAttribute('aria-pressed')).toBe('true');
    await grid
      .getByRole('button', { name: `${kk['kindShort.claim']}, ${kk['board.column.registered']}: 690` })
      .and(page.locator(':focus'))
      .waitFor();

    await tile(page, kk['board.overdue']).first().click();
    await expect.poll(async () => (await callsOf(page, 'queue.list')).at(-1)).toEqual({ view: 'open', filter: { term: 'overdue' } });
  });

  test('a list says what narrows it, and each of that can be dropped', async () => {
    const { page } = await office.open({ signedIn: 'office-head' });
    const hours = page.getByRole('grid', { name: kk['board.hours'] });
    await hours.getByRole('button').first().click();
    const drop = (what: string) => page.getByRole('button', { name: kk['queue.note.drop'].replace('{{what}}', what) });
    const monday = drop(kk['queue.note.weekday'].replace('{{day}}', kk['weekday.1']));
    await monday.waitFor();
    await drop(kk['queue.note.hour'].replace('{{hour}}', '08:00')).click();
    expect((await callsOf(page, 'queue.list')).at(-1)).toEqual({
      view: 'all',
      filter: { receivedWeekday: 1, received: { from: '2026-10-25', until: '2026-11-21' } },
    });
    expect(await monday.count()).toBe(1);
  });

  test('the numbers of a table are one stop of Tab; arrows go from one to the next', async () => {
    const { page } = await office.open({ signedIn: 'office-head' });
    const weeks = page.getByRole('grid', { name: kk['board.weeks'] });
    await weeks.getByRole('button').first().focus();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-at'));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('1 1');
    await page.keyboard.press('End');
    expect(await focused()).toBe('1 11');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('1 11');
    await page.keyboard.press('Tab');
    expect(await weeks.locator(':focus').count()).toBe(0);
    expect(await weeks.locator('[tabindex="0"]').count()).toBe(1);
  });

  test('new numbers come in their places: no line moves, and the focus stays on its number', async () => {
    const { page } = await office.open({ signedIn: 'office-head' });
    await page.getByRole('button', { name: kk['board.by.language'] }).click();
    const grid = page.getByRole('grid', { name: kk['board.by.language'] });
    const name = (n: number) => `${kk['language.ru']}, ${kk['board.column.waiting']}: ${n}`;
    await grid.getByRole('button', { name: name(18) }).focus();
    const lines = () => grid.getByRole('rowheader').allInnerTexts();
    const before = await lines();
    await page.evaluate(async () => {
      const { kense } = window as unknown as {
        kense: {
          queue: { list(q: object): Promise<{ value: { rows: { id: string }[] } }> };
          work: { assign(i: object): Promise<unknown> };
        };
      };
      const { rows } = (await kense.queue.list({ view: 'open' })).value;
      await kense.work.assign({ ids: [rows[0]!.id], assignee: null });
    });
    await grid.getByRole('button', { name: `${kk['language.kk']}, ${kk['board.column.waiting']}: 31` }).waitFor();
    expect(await lines()).toEqual(before);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(name(18));
  });

  test('a secretary sees his own numbers, without the others and without a forecast', async () => {
    const { page } = await office.open({ signedIn: 'secretary' });
    await page.getByRole('navigation').getByRole('button', { name: kk['nav.ownNumbers'] }).click();
    await page.getByRole('heading', { name: kk['board.own'] }).waitFor();
    await tile(page, kk['board.waiting']).first().waitFor();
    expect(await page.getByRole('button', { name: kk['board.by.person'] }).count()).toBe(0);
    expect(await page.getByText(kk['board.noForecast']).count()).toBe(0);
    await tile(page, kk['board.registeredToday']).click();
    await expect
      .poll(() => callsOf(page, 'queue.list').then((all) => all.at(-1)))
      .toEqual({
        view: 'registered',
        filter: { registeredBy: 'secretary.p12', registered: { from: '2026-11-21', until: '2026-11-21' } },
      });
  });

  test('says how many waiting filings and words in spite of findings there are where not all are shown', async () => {
    for (const [overrides, shown] of [
      [620, 1],
      [1, 0],
    ] as const) {
      const { page, breaches } = await office.open({ signedIn: 'office-head', overrides });
      const section = page.getByRole('region', { name: kk['overrides.title'] });
      await section.getByRole('listitem').nth(1).waitFor();
      for (const text of [kk['overrides.moreWaiting'], kk['overrides.more']])
        expect(await section.getByText(text.replace('{{total}}', '620').replace('{{shown}}', '1')).count()).toBe(shown);
      expect(await violationsOn(page)).toEqual([]);
      expect(await breaches()).toEqual([]);
      await page.context().close();
    }
  });
});
