import type { BrowserContextOptions } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import type { WindowApi } from '../../../shared/contract/index.ts';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };
import type { FakeOptions } from '../../support/renderer/fake-kense.ts';
import { cutLabels } from '../../support/cut-labels.ts';
import { callsOf, violationsOn } from '../../support/renderer/look-at-page.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

const texts = { kk, ru };

const office = useFakeWindow();
const officeIn = (language: 'kk' | 'ru', theme: 'light' | 'dark'): FakeOptions => ({
  signedIn: 'secretary',
  settings: { language, theme },
});

describe.skipIf(!hasBrowser)('paper in the window', { timeout: 120_000 }, () => {
  const looks: readonly [string, 'kk' | 'ru', 'light' | 'dark', BrowserContextOptions][] = [
    ['Kazakh, light, 1366 × 768', 'kk', 'light', { viewport: { width: 1366, height: 768 } }],
    ['Russian, dark, 1280 × 680', 'ru', 'dark', { viewport: { width: 1280, height: 680 } }],
    ['Kazakh, forced colours', 'kk', 'light', { forcedColors: 'active' }],
  ];
  test.each(looks)(
    '%s: scanned, put in order and typed in by keys; nobody is shut out and no label is cut',
    async (_, language, theme, context) => {
      const t = texts[language];
      const { page, breaches } = await office.open(officeIn(language, theme), context);
      const look = async (screen: string) => expect([screen, await violationsOn(page), await cutLabels(page)]).toEqual([screen, [], []]);
      await page.getByRole('grid').waitFor();
      await page.keyboard.press('Control+5');
      await page.getByText(t['paper.noPages']).waitFor();
      await page.getByLabel(t['paper.scanner'], { exact: true }).waitFor();
      await look('no pages');
      await page.keyboard.press('F8');
      const pages = page.locator('[data-page]');
      await pages.nth(2).waitFor();
      await pages.first().focus();
      await page.keyboard.press('ArrowRight');
      await pages.nth(1).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('s');
      await page.getByRole('heading', { name: t['paper.document'].replace('{{number}}', '2') }).waitFor();
      await page.keyboard.press('r');
      await page.keyboard.press('Alt+ArrowRight');
      await pages.nth(2).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Delete');
      await page.getByText(t['paper.deleted'].replace('{{number}}', '1')).waitFor();
      await look('pages');
      await page.keyboard.press('Control+z');
      await pages.nth(2).waitFor();
      expect(((await callsOf(page, 'paper.arrange')).at(-1) as { arrangement: { dropped: unknown[] } }).arrangement.dropped).toEqual([]);

      await page.keyboard.press('Control+Enter');
      await page.getByLabel(t['paper.kind']).and(page.locator(':focus')).waitFor();
      await look('form');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('alert').filter({ hasText: t['paper.faults'] }).and(page.locator(':focus')).waitFor();
      await look('faults');
      await page.getByRole('alert').getByRole('button').nth(1).press('Enter');
      await page.locator('[name="parties.0.identifier"]:focus').waitFor();
      await page.keyboard.type('870131400012');
      await page.getByLabel(t['paper.kind']).selectOption('claim');
      const names = page.getByLabel(t['paper.party.name']);
      await names.first().fill('Өмірбекова Әлия');
      await names.nth(1).fill('«Өркен» ЖШС');
      await expect.poll(async () => JSON.stringify((await callsOf(page, 'paper.keep')).at(-1))).toContain('«Өркен» ЖШС');
      await page.keyboard.press('Control+Enter');
      await expect.poll(async () => (await callsOf(page, 'paper.take')).length).toBe(2);
      expect(await breaches()).toEqual([]);
    },
  );

  test('the counter counts the pages that come while the form is typed, and keeps what is typed', async () => {
    const { page } = await office.open(officeIn('kk', 'light'));
    await page.getByRole('grid').waitFor();
    await page.keyboard.press('Control+5');
    await page.keyboard.press('F8');
    await page.locator('[data-page]').nth(2).waitFor();
    await page.keyboard.press('Control+Enter');
    const count = (pages: string) => kk['paper.count'].replace('{{documents}}', '1').replace('{{pages}}', pages);
    await page.getByText(count('3')).waitFor();
    const name = page.getByLabel(kk['paper.party.name']).first();
    await name.fill('Өмірбекова');
    const [{ id }] = (await callsOf(page, 'paper.scan')) as [{ id: string }];
    await page.evaluate((work) => {
      const wish = { scannerId: 'test:0', dpi: 300, color: false, feeder: true };
      return (window as unknown as { kense: WindowApi }).kense.paper.scan({ id: work, ...wish });
    }, id);
    await page.getByText(count('6')).waitFor();
    expect(await name.inputValue()).toBe('Өмірбекова');
  });

  test.each(['kk', 'ru'] as const)(
    'files that are dropped in %s are taken one by one; what is refused is named with its reason',
    async (language) => {
      const t = texts[language];
      const { page, breaches } = await office.open(officeIn(language, 'light'), { viewport: { width: 1366, height: 768 } });
      await page.getByRole('grid').waitFor();
      await page.keyboard.press('Control+5');
      const empty = page.getByText(t['paper.noPages']);
      await empty.waitFor();
      const carried = (names: readonly (readonly [string, number])[]) =>
        page.evaluateHandle((files) => {
          const data = new DataTransfer();
          for (const [name, size] of files) data.items.add(new File([new Uint8Array(size)], name));
          return data;
        }, names);
      const files = await carried([
        ['бет.png', 3],
        ['хат.exe', 3],
        ['үлкен.pdf', 64 * 1024 * 1024 + 1],
      ]);
      await empty.dispatchEvent('dragenter', { dataTransfer: files });
      await page.getByText(t['paper.dropHere']).waitFor();
      await empty.dispatchEvent('drop', { dataTransfer: files });
      await page.locator('[data-page]').nth(2).waitFor();
      const refused = page.getByRole('alert').filter({ hasText: t['paper.filesRefused'] });
      await refused.getByText('үлкен.pdf').waitFor();
      expect(await refused.getByRole('listitem').allInnerTexts()).toEqual([
        `хат.exe: ${t['error.picture-unreadable.title']}. ${t['error.picture-unreadable.body']}`,
        `үлкен.pdf: ${t['error.document-too-large.title']}. ${t['error.document-too-large.body']}`,
      ]);
      expect(await page.getByText(t['paper.dropHere']).count()).toBe(0);
      expect([await violationsOn(page), await cutLabels(page)]).toEqual([[], []]);
      const names = (await callsOf(page, 'paper.drop-in')) as { fileName: string }[];
      expect(names.map(({ fileName }) => fileName)).toEqual(['бет.png', 'хат.exe']);
      await refused.getByRole('button', { name: t['action.close'] }).press('Enter');
      const many = await carried(Array.from({ length: 51 }, (_, n) => [`${n}.png`, 1] as const));
      await page.locator('[data-page]').first().dispatchEvent('drop', { dataTransfer: many });
      await page.getByText(t['paper.tooManyFiles'].replace('{{number}}', '50')).waitFor();
      expect(await callsOf(page, 'paper.drop-in')).toHaveLength(2);
      await page
        .locator('[data-page]')
        .first()
        .evaluate((pageOfWork) => {
          for (const name of ['бір.png', 'екі.png']) {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([new Uint8Array(3)], name));
            pageOfWork.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
          }
        });
      await expect.poll(async () => (await callsOf(page, 'paper.drop-in')).length).toBe(4);
      await page.keyboard.press('Control+o');
      await expect.poll(async () => (await callsOf(page, 'paper.import')).length).toBe(1);
      expect(await breaches()).toEqual([]);
    },
  );

  test.each(looks)('%s: papers are added to a filing from the filing itself, by keys', async (_, language, theme, context) => {
    const t = texts[language];
    const { page, breaches } = await office.open(officeIn(language, theme), context);
    await page.getByRole('grid').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('button', { name: t['annex.begin'] }).waitFor();
    await page.keyboard.press('b');
    await page.getByText(t['annex.to']).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText(t['annex.pagesMissing']).waitFor();
    await page.keyboard.press('F8');
    await page.locator('[data-page]').nth(2).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText(t['annex.nameMissing']).waitFor();
    await page.keyboard.type('Қайрат Өмірбеков');
    expect([await violationsOn(page), await cutLabels(page)]).toEqual([[], []]);
    if (process.env['DESK_SHOTS']) await page.screenshot({ path: `${process.env['DESK_SHOTS']}/annex-${language}-${theme}.png` });
    await page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await callsOf(page, 'paper.annex')).length).toBe(1);
    expect(await callsOf(page, 'paper.annex')).toMatchObject([{ handedInBy: 'Қайрат Өмірбеков', keyId: null }]);
    await page.getByRole('button', { name: t['annex.begin'] }).waitFor();
    expect(await breaches()).toEqual([]);
  });

  test.each(looks)(
    '%s: papers that wait, were refused or are not to be sent are told apart in the filing, by words',
    async (_, language, theme, context) => {
      const t = texts[language];
      const { page, breaches } = await office.open({ ...officeIn(language, theme), annexed: true }, context);
      await page.getByRole('grid').waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1 }).waitFor();
      const words = [t['proceedings.standing.waiting'], t['proceedings.standing.refused'], t['annex.withdrawn']];
      const tab = (n: number) => page.getByRole('tab', { name: `Түбіртек ${n}` });
      for (const [n, word] of words.entries())
        await tab(n + 1)
          .getByText(word)
          .waitFor();
      expect(await tab(4).innerText()).not.toMatch(new RegExp(words.join('|')));
      await page.keyboard.press('Alt+3');
      const panel = page.locator('section').filter({ has: page.getByRole('heading', { name: t['annex.title'] }) });
      expect(await panel.locator('dl').count()).toBe(4);
      const said = (n: number) => panel.locator('dl').nth(n).innerText();
      for (const [n, word] of words.entries()) {
        expect(await said(n)).toContain(`${t['annex.atCentre']}\n${word}`);
        for (const other of words.filter((known) => known !== word)) expect(await said(n)).not.toContain(other);
      }
      expect(await said(1)).toContain(`${t['parked.role-not-allowed.why']} ${t['proceedings.refusedWhere']}`);
      expect(await said(2)).toContain(t['annex.withdrawnWhere']);
      expect(await said(3)).not.toContain(t['annex.atCentre']);
      await panel.scrollIntoViewIfNeeded();
      expect([await violationsOn(page), await cutLabels(page)]).toEqual([[], []]);
      if (process.env['DESK_SHOTS']) await page.screenshot({ path: `${process.env['DESK_SHOTS']}/annexes-${language}-${theme}.png` });
      expect(await breaches()).toEqual([]);
    },
  );
});
