import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };
import { cutLabels } from '../../support/cut-labels.ts';
import { violationsOn } from '../../support/renderer/look-at-page.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

const SIZE = { width: 1366, height: 768 };

describe.skipIf(!hasBrowser)('the load of the office by keys alone', () => {
  const window = useFakeWindow();

  test('a number opens the list behind it, and everything of one goes to another in six keys', { timeout: 60_000 }, async () => {
    const { page, breaches } = await window.open({ signedIn: 'office-head', filings: 30 });
    await page.setViewportSize(SIZE);
    await page.getByRole('heading', { name: kk['nav.dashboard'] }).waitFor();
    await page.keyboard.press('Control+2');
    const current = page.locator('[data-row-id][data-current]');
    await current.and(page.locator(':focus')).waitFor();
    for (const key of ['x', 'ArrowDown', 'x', 'a']) await page.keyboard.press(key);
    await page.keyboard.press('Control+3');
    const grid = page.getByRole('grid', { name: kk['nav.workload'] });
    await grid.locator(':focus').waitFor();
    expect(await cutLabels(page)).toEqual([]);
    const opens = async () => (await grid.locator('tbody tr td:nth-child(2)').allInnerTexts()).map(Number);
    const places = await opens();
    const mine = places.findIndex((count) => count === 2);
    expect(places.filter((count) => count > 0)).toEqual([2]);

    await page.keyboard.press('Home');
    for (let row = 0; row < mine; row++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await current.and(page.locator(':focus')).waitFor();
    expect(await page.locator('[data-row-id]').count()).toBe(2);
    await page.keyboard.press('Escape');
    await grid.locator('tr[data-current] :focus').waitFor();
    expect(await grid.locator('tbody tr').evaluateAll((rows) => rows.findIndex((row) => row.matches('[data-current]')))).toBe(mine);

    await page.keyboard.press('m');
    await page.getByRole('listbox').and(page.locator(':focus')).waitFor();
    expect(await page.getByRole('option').first().innerText()).toContain(kk['work.after'].replace('{{count}}', '2'));
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await opens())[mine]).toBe(0);
    await grid.locator(':focus').waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await opens())[mine]).toBe(2);
    expect(await breaches()).toEqual([]);
    await page.context().close();
  });

  test('what was just done is taken back from another screen too', { timeout: 60_000 }, async () => {
    const { page, breaches } = await window.open({ signedIn: 'office-head', filings: 30 });
    await page.setViewportSize(SIZE);
    await page.getByRole('heading', { name: kk['nav.dashboard'] }).waitFor();
    await page.keyboard.press('Control+2');
    await page.locator('[data-row-id][data-current]').and(page.locator(':focus')).waitFor();
    for (const key of ['x', 'ArrowDown', 'x', 'a']) await page.keyboard.press(key);
    const offer = page.getByRole('main').getByRole('button', { name: kk['work.undo'] });
    await offer.waitFor();
    await page.keyboard.press('Control+3');
    const grid = page.getByRole('grid', { name: kk['nav.workload'] });
    await grid.locator(':focus').waitFor();
    const opens = async () => (await grid.locator('tbody tr td:nth-child(2)').allInnerTexts()).map(Number);
    expect((await opens()).filter((count) => count > 0)).toEqual([2]);
    await offer.waitFor();
    expect(await cutLabels(page)).toEqual([]);
    expect(await violationsOn(page)).toEqual([]);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await opens()).filter((count) => count > 0)).toEqual([]);
    await page.getByText(kk['work.undone'].replace('{{changed}}', '2')).waitFor();
    await offer.waitFor({ state: 'detached' });
    expect(await breaches()).toEqual([]);
    await page.context().close();
  });

  test('a rule that names only people who are gone says so, and they can be taken out of it', { timeout: 60_000 }, async () => {
    const { page, breaches } = await window.open({ signedIn: 'office-head', filings: 30, staleRule: true });
    await page.setViewportSize(SIZE);
    await page.getByRole('heading', { name: kk['nav.dashboard'] }).waitFor();
    await page.keyboard.press('Control+3');
    const gone = kk['workload.ruleGone'].replace('{{name}}', 'Әбдіқадырова Жұпаркүл');
    const rules = page.getByRole('region', { name: kk['workload.rules'] });
    await rules.getByText(kk['workload.ruleOfAll'].replace('{{people}}', gone)).waitFor();
    await rules.getByText(kk['workload.ruleFindsNobody']).waitFor();
    expect(await cutLabels(page)).toEqual([]);
    expect(await violationsOn(page)).toEqual([]);
    await rules.getByRole('button', { name: kk['workload.change'] }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(kk['workload.ruleFindsNobody']).waitFor();
    await dialog.getByRole('checkbox', { name: 'Ким Светлана' }).press('Space');
    await dialog.getByText(kk['workload.ruleFindsNobody']).waitFor({ state: 'detached' });
    await dialog.getByRole('checkbox', { name: gone, checked: true }).press('Space');
    await dialog.getByRole('checkbox', { name: gone, checked: false }).waitFor();
    await page.keyboard.press('Enter');
    await rules.getByText(kk['workload.ruleOfAll'].replace('{{people}}', 'Ким Светлана')).waitFor();
    expect(await rules.getByText(gone).count()).toBe(0);
    expect(await breaches()).toEqual([]);
    await page.context().close();
  });

  test('an absence, a norm and a rule are laid down, and the rule is read as a sentence', { timeout: 60_000 }, async () => {
    const { page, breaches } = await window.open({ signedIn: 'office-head', filings: 30 });
    await page.setViewportSize(SIZE);
    await page.getByRole('heading', { name: kk['nav.dashboard'] }).waitFor();
    await page.keyboard.press('Control+3');
    const grid = page.getByRole('grid', { name: kk['nav.workload'] });
    await grid.locator(':focus').waitFor();
    const first = grid.locator('tbody tr').first();
    const name = (await first.locator('th').innerText()).trim();

    for (let cell = 0; cell < 4; cell++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const field = page.getByLabel(kk['workload.normLabel']);
    await field.and(page.locator(':focus')).waitFor();
    await field.fill('a');
    await page.keyboard.press('Enter');
    await page.getByText(kk['workload.normWrong'].replace('{{most}}', '1000')).waitFor();
    await field.fill('12');
    await page.keyboard.press('Enter');
    await first.getByRole('button', { name: `${name}: ${kk['workload.norm']} 12` }).waitFor();

    await grid.locator(':focus').waitFor();
    for (let cell = 0; cell < 5; cell++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const until = page.getByLabel(kk['workload.until']);
    await until.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(kk['workload.untilWrong']).waitFor();
    await page.keyboard.type('+3');
    await page.keyboard.press('Enter');
    const absences = page.getByRole('region', { name: kk['workload.absences'] });
    await absences.getByRole('row').filter({ hasText: name }).waitFor();
    expect(await first.innerText()).toContain(kk['workload.awayUntil'].split('{{')[0]!.trim());

    await page.getByRole('button', { name: kk['workload.ruleNew'] }).press('Enter');
    await page.getByRole('checkbox', { name: kk['kindShort.claim'], exact: true }).press('Space');
    await page.getByLabel(kk['workload.ruleMost']).fill('5');
    const sentence = `${kk['workload.ruleOfKindsToAll']}${kk['workload.ruleLimit']}.`
      .replace('{{kinds}}', kk['kindShort.claim'])
      .replace('{{most}}', '5');
    await page.getByRole('dialog').getByText(sentence).waitFor();
    expect(await cutLabels(page)).toEqual([]);
    await page.keyboard.press('Enter');
    const rules = page.getByRole('region', { name: kk['workload.rules'] });
    await rules.getByText(sentence).waitFor();
    await rules.getByRole('button', { name: kk['workload.turnOff'] }).press('Enter');
    await rules.getByText(kk['workload.ruleOff']).waitFor();
    expect(await cutLabels(page)).toEqual([]);
    await page.getByText(kk['workload.rulesSet']).waitFor();
    await page.keyboard.press('Control+z');
    await rules.getByText(kk['workload.ruleOff']).waitFor({ state: 'detached' });
    await page.getByText(kk['work.undone'].replace('{{changed}}', '1')).waitFor();
    await absences.getByRole('button', { name: kk['workload.remove'] }).press('Enter');
    await absences.getByText(kk['workload.noAbsences']).waitFor();
    expect(await breaches()).toEqual([]);
    await page.context().close();
  });

  test(
    'whoever has lost access stands below with what is left, gets nothing, and all of it goes to another',
    { timeout: 60_000 },
    async () => {
      const { page, breaches } = await window.open({ signedIn: 'office-head', filings: 30, left: 3 });
      await page.setViewportSize(SIZE);
      await page.getByRole('heading', { name: kk['nav.dashboard'] }).waitFor();
      await page.keyboard.press('Control+3');
      const grid = page.getByRole('grid', { name: kk['nav.workload'] });
      await grid.locator(':focus').waitFor();
      const rows = grid.locator('tbody tr');
      const last = rows.last();
      expect(await last.innerText()).toContain(kk['workload.goneRevoked']);
      expect(await grid.getByText(kk['workload.goneRevoked']).count()).toBe(1);
      const name = (await last.locator('th').innerText()).trim();
      expect(await cutLabels(page)).toEqual([]);
      expect(await violationsOn(page)).toEqual([]);

      const presence = rows.first().getByRole('button', { name: kk['workload.present'] });
      await presence.press('Enter');
      const covers = page.getByLabel(kk['workload.coveredBy']);
      await covers.waitFor();
      expect(await covers.locator('option').allInnerTexts()).not.toContain(name);
      await page.keyboard.press('Escape');

      await last.getByRole('button').first().focus();
      await page.keyboard.press('m');
      await page.getByText(kk['work.allOf'].replace('{{name}}', name).replace('{{count}}', '3')).waitFor();
      expect(await page.getByRole('option').first().innerText()).toContain(kk['work.after'].replace('{{count}}', '3'));
      expect(await page.getByRole('option').filter({ hasText: name }).count()).toBe(0);
      await page.keyboard.press('Enter');
      await rows.filter({ hasText: name }).waitFor({ state: 'detached' });
      await grid.locator(':focus').waitFor();
      expect(await breaches()).toEqual([]);
      await page.context().close();
    },
  );

  const schemes = [
    ['light, Kazakh', 'kk', 'light', 'none'],
    ['dark, Russian', 'ru', 'dark', 'none'],
    ['forced colours, Kazakh', 'kk', 'light', 'active'],
    ['forced colours, Russian', 'ru', 'light', 'active'],
  ] as const;
  test.each(schemes)(
    'breaks no rule of accessibility and cuts no label: %s',
    { timeout: 60_000 },
    async (_name, language, theme, forcedColors) => {
      const texts = { kk, ru }[language];
      const { page } = await window.open({ signedIn: 'office-head', filings: 30, settings: { language, theme } }, { forcedColors });
      await page.setViewportSize(SIZE);
      await page.getByRole('heading', { name: texts['nav.dashboard'] }).waitFor();
      await page.keyboard.press('Control+3');
      const grid = page.getByRole('grid', { name: texts['nav.workload'] });
      await grid.locator(':focus').waitFor();
      const found: string[] = [];
      const look = async (what: string) => {
        found.push(...(await violationsOn(page)).map((violation) => `${what}: ${violation}`));
        found.push(...(await cutLabels(page)).map((label) => `${what}: cut «${label}»`));
      };
      await grid.getByRole('button', { name: texts['workload.present'] }).first().press('Enter');
      await page.getByLabel(texts['workload.until']).fill('+3');
      await look('absence');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: texts['workload.ruleNew'] }).press('Enter');
      await page.getByRole('dialog').getByRole('checkbox').nth(1).press('Space');
      await look('rule');
      await page.getByRole('button', { name: texts['workload.save'] }).press('Enter');
      await page.getByRole('region', { name: texts['workload.rules'] }).getByRole('listitem').waitFor();
      await page.getByRole('button', { name: texts['workload.shareNow'].split(' (')[0]! }).press('Enter');
      const given = grid.getByRole('button', { name: texts['work.assign'] }).first();
      await given.waitFor();
      await look('load');
      await given.press('Enter');
      await page.getByRole('option').first().waitFor();
      await look('assign');
      expect(found).toEqual([]);
      await page.context().close();
    },
  );
});
