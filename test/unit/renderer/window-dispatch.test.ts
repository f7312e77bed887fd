import type { BrowserContextOptions, Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };
import type { FakeOptions } from '../../support/renderer/fake-kense.ts';
import { cutLabels } from '../../support/cut-labels.ts';
import { callsOf, violationsOn } from '../../support/renderer/look-at-page.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

const texts = { kk, ru };

const office = useFakeWindow();
const officeIn = (language: 'kk' | 'ru', more: Partial<FakeOptions> = {}): FakeOptions => ({
  signedIn: 'secretary',
  settings: { language, theme: 'light' },
  ...more,
});
const grid = (page: Page) => page.getByRole('grid');
async function openList(page: Page, language: 'kk' | 'ru'): Promise<void> {
  await grid(page).waitFor();
  await page.keyboard.press('Control+3');
  await page.getByRole('grid', { name: texts[language]['dispatch.title'] }).getByRole('row').nth(4).waitFor();
}

describe.skipIf(!hasBrowser)('the dispatch of acts in the window', { timeout: 120_000 }, () => {
  const looks: readonly [string, 'kk' | 'ru', 'light' | 'dark', BrowserContextOptions][] = [
    ['Kazakh, light, 1366 × 768', 'kk', 'light', { viewport: { width: 1366, height: 768 } }],
    ['Kazakh, dark, 1280 × 680', 'kk', 'dark', { viewport: { width: 1280, height: 680 } }],
    ['Russian, light, 1280 × 680', 'ru', 'light', { viewport: { width: 1280, height: 680 } }],
    ['Kazakh, forced colours', 'kk', 'light', { forcedColors: 'active' }],
  ];
  test.each(looks)('%s: nobody is shut out and no label is cut', async (_, language, theme, context) => {
    const t = texts[language];
    const options = officeIn(language, { settings: { language, theme }, sync: { online: false, waiting: 3 } });
    const { page, breaches } = await office.open(options, context);
    const look = async (screen: string) => expect([screen, await violationsOn(page), await cutLabels(page)]).toEqual([screen, [], []]);
    await openList(page, language);
    await page.getByText(t['dispatch.offline']).waitFor();
    await look('list');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: t['dispatch.recipients'] }).waitFor();
    await look('act');
    await page.getByRole('button', { name: t['dispatch.recordFor'].replace('{{name}}', '«Өркен» ЖШС') }).click();
    await page.getByRole('dialog').waitFor();
    await look('letter');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: t['dispatch.againFor'].replace('{{name}}', 'Құрманғазы Үміт') }).click();
    await page.getByRole('dialog').waitFor();
    await look('again');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await grid(page).getByRole('row').last().click();
    await page.getByRole('heading', { name: t['dispatch.people'] }).waitFor();
    await look('people');
    expect(await breaches()).toEqual([]);
  });

  test('what was typed and not sent is there again when one comes back', async () => {
    const { page, breaches } = await office.open(officeIn('kk'));
    await openList(page, 'kk');
    const again = page.getByRole('button', { name: kk['dispatch.againFor'].replace('{{name}}', 'Құрманғазы Үміт') });
    const reason = page.getByRole('dialog').getByRole('textbox', { name: kk['dispatch.reason'] });
    await page.keyboard.press('Enter');
    await again.click();
    await reason.fill('Мекенжайы өзгерді');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await again.click();
    await reason.waitFor();
    expect(await reason.inputValue()).toBe('Мекенжайы өзгерді');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    const openPeople = async () => {
      await grid(page).getByRole('row').last().click();
      await page.getByRole('heading', { name: kk['dispatch.people'] }).waitFor();
    };
    const ticks = page.getByRole('region', { name: kk['dispatch.people'] }).getByRole('checkbox');
    await openPeople();
    const before = await ticks.first().isChecked();
    await ticks.first().click();
    await page.keyboard.press('Escape');
    await grid(page).waitFor();
    await openPeople();
    await expect.poll(() => ticks.first().isChecked()).toBe(!before);
    expect(await breaches()).toEqual([]);
  });

  test('what needs a hand comes first, one row for each person, and what is settled is not among it', async () => {
    const { page } = await office.open(officeIn('kk'));
    await openList(page, 'kk');
    const rows = grid(page).getByRole('row');
    const told = (await rows.allInnerTexts()).slice(1);
    expect(told).toHaveLength(4);
    expect(told.join('\n')).not.toContain(kk['dispatch.state.read']);
    expect(told[0]).toContain(kk['dispatch.task.letter']);
    expect(told[1]).toContain(kk['dispatch.state.unreachable']);
    expect(told[3]).toContain(kk['dispatch.notSent']);
  });

  test('the verification sheet is offered once the act can be checked, and not before it was sent to anybody', async () => {
    const { page } = await office.open(officeIn('kk'));
    await openList(page, 'kk');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: kk['dispatch.recipients'] }).waitFor();
    const papers = page.getByRole('toolbar', { name: kk['dispatch.papers'] });
    const names = async () => (await papers.getByRole('button').allInnerTexts()).slice(0, -1);
    const [original, check, protocol] = [kk['dispatch.paper.original'], kk['dispatch.paper.check'], kk['dispatch.paper.protocol']];
    expect(await names()).toEqual([original, check, protocol]);
    await page.keyboard.press('Escape');
    await grid(page).getByRole('row').last().click();
    await page.getByRole('heading', { name: kk['dispatch.people'] }).waitFor();
    expect(await papers.locator('..').innerText()).toContain(kk['dispatch.issued']);
    expect(await names()).toEqual([original, protocol]);
  });

  test('an act is sent by keyboard: a missing address is found, corrected and queued', async () => {
    const { page } = await office.open(officeIn('kk', { sync: { online: false, waiting: 0 } }));
    await openList(page, 'kk');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: kk['dispatch.people'] }).waitFor();
    await page.keyboard.press('Control+Enter');
    expect(await page.getByRole('alert').innerText()).toBe(kk['dispatch.chooseWay']);
    expect(await callsOf(page, 'dispatch.send')).toEqual([]);
    const other = page.getByRole('group', { name: kk['dispatch.ways'].replace('{{name}}', '«Өркен» ЖШС') });
    await other.getByRole('checkbox', { name: kk['channel.post'], exact: true }).check();
    await page.keyboard.press('Control+Enter');
    const field = page.getByRole('textbox', { name: `${kk['dispatch.address.post']}: «Өркен» ЖШС` });
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    expect(await callsOf(page, 'dispatch.send')).toEqual([]);
    await field.fill('Астана қаласы, Мәңгілік Ел даңғылы, 8-үй');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: kk['dispatch.recipients'] }).waitFor();
    const [sent] = (await callsOf(page, 'dispatch.send')) as {
      recipients: { name: string; steps: { channel: string; address: string | null }[] }[];
    }[];
    expect(sent?.recipients.map(({ name, steps }) => [name, steps.map(({ channel, address }) => [channel, address])])).toEqual([
      [
        'Өмірбекова Әлия Қуанышқызы',
        [
          ['cabinet', null],
          ['sms', '+7 701 123 45 67'],
          ['post', 'Алматы қаласы, Абай даңғылы, 1-үй, 15-пәтер'],
        ],
      ],
      ['«Өркен» ЖШС', [['post', 'Астана қаласы, Мәңгілік Ел даңғылы, 8-үй']]],
    ]);
    expect(await page.getByText(kk['dispatch.state.queued']).count()).toBe(2);
    expect(await page.getByText(kk['dispatch.state.sent']).count()).toBe(0);
  });

  test('a signed act leads to its dispatch by one key', async () => {
    const { page } = await office.open(officeIn('kk', { signedIn: 'judge' }));
    await grid(page).waitFor();
    await page.keyboard.press('Control+2');
    await page.getByRole('grid', { name: kk['act.signedTitle'] }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: kk['dispatch.open'] }).waitFor();
    await page.keyboard.press('KeyD');
    await expect.poll(() => callsOf(page, 'dispatch.get')).toHaveLength(1);
    const [opened] = (await callsOf(page, 'act.get')) as { id: string }[];
    expect(await callsOf(page, 'dispatch.get')).toEqual([{ actId: opened!.id }]);
  });

  test('a letter is recorded with its number and day; no day to come is taken', async () => {
    const { page } = await office.open(officeIn('kk'));
    await openList(page, 'kk');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: kk['dispatch.recordFor'].replace('{{name}}', '«Өркен» ЖШС') }).click();
    await page.getByRole('textbox', { name: kk['dispatch.day'] }).fill('01.01.2999');
    await page.keyboard.press('Control+Enter');
    expect(await callsOf(page, 'dispatch.record')).toEqual([]);
    await page.getByRole('textbox', { name: kk['dispatch.day'] }).fill('02.01.2026');
    await page.getByRole('textbox', { name: kk['dispatch.postalNumber'] }).fill('RR123456789KZ');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await callsOf(page, 'dispatch.record')).toMatchObject([{ event: 'handed-over', day: '2026-01-02', number: 'RR123456789KZ' }]);
  });

  test('sending once more needs a reason and a way that leads somewhere', async () => {
    const { page } = await office.open(officeIn('kk'));
    await openList(page, 'kk');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: kk['dispatch.againFor'].replace('{{name}}', 'Ғалымжанов Әділет') }).click();
    const dialog = page.getByRole('dialog');
    const act = dialog.getByRole('button', { name: kk['dispatch.again'], exact: true });
    await act.click();
    expect(await dialog.getByText(kk['dispatch.reasonNeeded']).count()).toBe(1);
    await dialog.getByRole('checkbox', { name: kk['channel.sms'] }).check();
    await dialog.getByRole('textbox', { name: kk['dispatch.reason'] }).fill('нөмірі анықталды');
    await dialog.getByRole('textbox', { name: `${kk['dispatch.address.sms']}: Ғалымжанов Әділет` }).fill('8701');
    await act.click();
    expect(await callsOf(page, 'dispatch.resend')).toEqual([]);
    await dialog.getByRole('textbox', { name: `${kk['dispatch.address.sms']}: Ғалымжанов Әділет` }).fill('8 701 765 43 21');
    await act.click();
    await dialog.waitFor({ state: 'detached' });
    expect(await callsOf(page, 'dispatch.resend')).toMatchObject([
      { reason: 'нөмірі анықталды', steps: [{ channel: 'sms', address: '8 701 765 43 21' }] },
    ]);
  });
});
