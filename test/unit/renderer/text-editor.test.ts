import type {} from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import { callsOf } from '../../support/renderer/look-at-page.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

describe.skipIf(!hasBrowser)('the editor of a ruling', { timeout: 120_000 }, () => {
  const window = useFakeWindow();

  async function openEditor() {
    const opened = await window.open({ signedIn: 'judge' });
    const { page } = opened;
    await page.getByRole('grid').getByRole('row').nth(1).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: kk['editor.open'] }).click();
    const dialog = page.getByRole('dialog', { name: kk['editor.title'] });
    const block = (type: 'heading' | 'paragraph' | 'list' | 'table' | 'operative', number: number) =>
      dialog.getByRole('region', { name: `${kk[`editor.${type}`]} ${number}`, exact: true });
    await block('operative', 4).waitFor();
    const done = async () => {
      expect(await opened.breaches()).toEqual([]);
      await page.context().close();
    };
    return { page, dialog, block, done };
  }

  test('writes, adds, moves and removes blocks by keys alone, keeps what is typed, and draws the draft anew', async () => {
    const { page, block, dialog, done } = await openEditor();
    await block('paragraph', 1).getByRole('textbox').focus();
    await page.keyboard.press('Alt+ArrowDown');
    await block('paragraph', 2).getByRole('textbox').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.type(' дереу');
    await block('operative', 4).getByRole('textbox').first().focus();
    await page.keyboard.press('Enter');
    await block('operative', 4).getByRole('textbox').nth(1).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Жаңа тармақ.');
    await block('list', 3).getByRole('textbox').focus();
    await page.keyboard.press('Alt+Delete');
    await block('operative', 3).waitFor();

    await dialog.getByRole('combobox').focus();
    await dialog.getByRole('combobox').selectOption('table');
    await dialog.getByRole('button', { name: kk['editor.add'], exact: true }).press('Enter');
    await block('table', 4).getByRole('textbox').first().and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Сомасы');
    for (const cell of [2, 4]) {
      await page.keyboard.press('Enter');
      await block('table', 4).getByRole('textbox').nth(cell).and(page.locator(':focus')).waitFor();
    }
    await page.keyboard.type('1 000 ₸');
    await expect.poll(async () => JSON.stringify((await callsOf(page, 'draft.keep')).at(-1))).toContain('1 000 ₸');
    expect(await callsOf(page, 'act.edit'), 'typing changes no draft').toEqual([]);

    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(await callsOf(page, 'act.edit')).toMatchObject([
      {
        text: {
          version: 1,
          blocks: [
            { type: 'heading', text: 'АНЫҚТАДЫ:' },
            { type: 'paragraph', text: 'Келіп түскен талап қоюды қарап, сот дереу' },
            { type: 'operative', items: ['Талап қою қайтарылсын.', 'Жаңа тармақ.', 'Қайтадан жүгінуге болатыны түсіндірілсін.'] },
            {
              type: 'table',
              rows: [
                ['Сомасы', ''],
                ['', ''],
                ['1 000 ₸', ''],
              ],
            },
          ],
        },
      },
    ]);
    expect((await callsOf(page, 'draft.keep')).at(-1), 'what became a draft is kept no more').toMatchObject({
      form: expect.stringMatching(/^text:[0-9a-f-]{36}$/),
      content: null,
    });
    expect(await callsOf(page, 'act.sign')).toEqual([]);
    await done();
  });

  test('gives back what was typed after it was closed, and says what keeps a text from being a ruling', async () => {
    const { page, block, dialog, done } = await openEditor();
    await block('operative', 4).getByRole('textbox').first().focus();
    await page.keyboard.press('Alt+Delete');
    await block('operative', 4).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: kk['editor.open'] }).click();
    await block('list', 3).waitFor();
    expect(await block('operative', 4).count()).toBe(0);
    await page.keyboard.press('Control+Enter');
    await dialog.getByRole('alert').getByText(kk['editor.operative-missing']).waitFor();
    await done();
  });
});
