import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };
import { CHECK_STEPS } from '../../../shared/domain/self-check.ts';
import { cutLabels } from '../../support/cut-labels.ts';
import { callsOf, violationsOn } from '../../support/renderer/look-at-page.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

const texts = { kk, ru };

describe.skipIf(!hasBrowser)('the self-check in the window', { timeout: 120_000 }, () => {
  const window = useFakeWindow();
  const openCheck = async (page: Page, t: typeof kk) => {
    await page.getByRole('navigation').getByRole('button', { name: t['nav.settings'] }).click();
    await page.getByRole('button', { name: t['selfCheck.open'] }).press('Enter');
    await page.getByRole('heading', { name: t['selfCheck.title'] }).waitFor();
    const { length } = CHECK_STEPS;
    const summary = t['selfCheck.summary']
      .replace('{{ok}}', String(length - 2))
      .replace('{{bad}}', '1')
      .replace('{{none}}', '1');
    await page.getByText(summary).waitFor();
  };

  test.each([
    ['kk', 'light', undefined],
    ['ru', 'dark', undefined],
    ['kk', 'light', 'active'],
  ] as const)('is open to everybody and cuts no label: %s, %s, colours %s', async (language, theme, forcedColors) => {
    const { page, breaches } = await window.open(
      { signedIn: 'secretary', settings: { language, theme } },
      forcedColors === undefined ? {} : { forcedColors },
    );
    await openCheck(page, texts[language]);
    expect(await violationsOn(page)).toEqual([]);
    expect(await cutLabels(page)).toEqual([]);
    expect(await breaches()).toEqual([]);
    await page.context().close();
  });

  test('says of each step what it means and what to do, and looks at one step alone', async () => {
    const { page } = await window.open({ signedIn: 'judge' });
    await openCheck(page, kk);
    expect(await page.getByRole('region', { name: kk['selfCheck.modules'] }).count()).toBe(0);
    const registry = page.getByRole('listitem').filter({ hasText: kk['selfCheck.step.registry'] });
    expect(await registry.textContent()).toContain(kk['selfCheck.means.registry']);
    expect(await registry.textContent()).toContain(kk['selfCheck.fix.registry']);
    expect(await registry.textContent()).toContain(kk['error.registry-unreachable.title']);
    const asked = async () =>
      page.evaluate(() => {
        const { fakeOffice: office } = globalThis as unknown as { fakeOffice: { calls: { name: string; input: { step?: string } }[] } };
        return office.calls.filter(({ name }) => name === 'doctor.run').map(({ input }) => input.step);
      });
    expect((await asked()).toSorted()).toEqual([...CHECK_STEPS].toSorted());
    await registry.getByRole('button').press('Enter');
    await expect.poll(async () => (await asked()).length).toBe(CHECK_STEPS.length + 1);
    expect((await asked()).at(-1)).toBe('registry');
    await page.getByRole('button', { name: kk['selfCheck.save'] }).press('Enter');
    await page.getByText(kk['selfCheck.saved']).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: kk['nav.settings'] }).waitFor();
    await page.context().close();
  });

  test('lets the administrator add and take away modules of tokens, and looks at the drivers anew', async () => {
    const { page, breaches } = await window.open({ signedIn: 'admin' });
    await openCheck(page, kk);
    const modules = page.getByRole('region', { name: kk['selfCheck.modules'] });
    await modules.getByText(kk['selfCheck.modulesNone']).waitFor();
    await modules.getByRole('button', { name: kk['selfCheck.modulesAdd'] }).press('Enter');
    await modules.getByText('/usr/lib/token.so').waitFor();
    expect(await callsOf(page, 'doctor.add-module')).toEqual([{}]);
    expect([await violationsOn(page), await cutLabels(page)]).toEqual([[], []]);
    await expect.poll(async () => ((await callsOf(page, 'doctor.run')) as { step: string }[]).at(-1)?.step).toBe('driver');
    await modules.getByRole('button', { name: kk['selfCheck.modulesRemove'], exact: false }).press('Enter');
    await modules.getByText(kk['selfCheck.modulesNone']).waitFor();
    expect(await breaches()).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(!hasBrowser)('help in the window', { timeout: 120_000 }, () => {
  const window = useFakeWindow();
  const titleOf = (language: 'kk' | 'ru', name: string) =>
    /^# (.*)$/m.exec(readFileSync(`docs/user-guide/${language}/${name}.md`, 'utf8'))![1]!;

  test.each([
    ['kk', 'light', undefined],
    ['ru', 'dark', undefined],
    ['ru', 'light', 'active'],
  ] as const)('is the page of the screen, with its keys and ways to others: %s, %s, colours %s', async (language, theme, forcedColors) => {
    const { page, breaches } = await window.open(
      { signedIn: 'secretary', settings: { language, theme } },
      forcedColors === undefined ? {} : { forcedColors },
    );
    const t = texts[language];
    const dialog = page.getByRole('dialog');
    const heading = (name: string) => dialog.getByRole('heading', { name: titleOf(language, name), exact: true });
    await page.getByRole('grid').getByRole('row').nth(1).waitFor();
    await page.keyboard.press('F1');
    await heading('queue').waitFor();
    await dialog.getByRole('definition').filter({ hasText: t['keys.takeNext'] }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    expect(await cutLabels(page)).toEqual([]);
    await dialog.getByRole('button', { name: titleOf(language, 'filing'), exact: true }).press('Enter');
    await heading('filing').waitFor();
    await page.keyboard.press('Escape');
    await heading('queue').waitFor();
    await dialog.getByRole('button', { name: t['help.contents'] }).press('Enter');
    await heading('index').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.keyboard.press('F1');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+8');
    await page.getByRole('heading', { name: t['nav.settings'] }).waitFor();
    await page.keyboard.press('F1');
    await heading('settings').waitFor();
    expect(await breaches()).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(!hasBrowser)('the coach of training', { timeout: 120_000 }, () => {
  const window = useFakeWindow();
  const openFiling = async (page: Page) => {
    await page.getByRole('grid').getByRole('row').nth(4).click();
    await page.locator('[data-page] canvas').first().waitFor();
  };

  test.each([
    ['kk', 'light', undefined],
    ['ru', 'dark', undefined],
    ['ru', 'light', 'active'],
  ] as const)(
    'says what to look at when it is asked, and stays as it was left: %s, %s, colours %s',
    async (language, theme, forcedColors) => {
      const { page, breaches } = await window.open(
        { signedIn: 'secretary', settings: { language, theme } },
        forcedColors === undefined ? {} : { forcedColors },
      );
      const t = texts[language];
      await openFiling(page);
      const coach = page.getByRole('region', { name: t['coach.title'] });
      expect(await coach.getByRole('listitem').count()).toBe(0);
      await coach.getByRole('button', { name: t['coach.show'] }).press('Enter');
      await coach.getByText(t['coach.signature']).waitFor();
      const seen = await coach.getByText(t['coach.lead']).evaluate((words) => {
        const { bottom } = words.getBoundingClientRect();
        return bottom <= words.closest('[role=tabpanel]')!.getBoundingClientRect().bottom;
      });
      expect(seen).toBe(true);
      expect(await violationsOn(page)).toEqual([]);
      expect(await cutLabels(page)).toEqual([]);
      await page.keyboard.press('Control+ArrowDown');
      await coach.getByText(t['coach.lead']).waitFor();
      await coach.getByRole('button', { name: t['coach.hide'] }).press('Enter');
      await coach.getByText(t['coach.lead']).waitFor({ state: 'detached' });
      expect(await breaches()).toEqual([]);
      await page.context().close();
    },
  );

  test('is not there in real work', async () => {
    const { page } = await window.open({ signedIn: 'secretary', office: { mode: 'real' } });
    await openFiling(page);
    await page.getByRole('button', { name: kk['reg.action'] }).first().waitFor();
    expect(await page.getByRole('region', { name: kk['coach.title'] }).count()).toBe(0);
    await page.context().close();
  });
});

describe.skipIf(!hasBrowser)('training that begins anew in the window', { timeout: 120_000 }, () => {
  const window = useFakeWindow();
  const settings = (page: Page, t: typeof kk) => page.getByRole('navigation').getByRole('button', { name: t['nav.settings'] }).click();

  test.each([
    ['kk', 'light', undefined],
    ['ru', 'dark', undefined],
    ['kk', 'light', 'active'],
  ] as const)('is asked for once more, and given up with Escape: %s, %s, colours %s', async (language, theme, forcedColors) => {
    const { page, breaches } = await window.open(
      { signedIn: 'secretary', settings: { language, theme } },
      forcedColors === undefined ? {} : { forcedColors },
    );
    const t = texts[language];
    const dialog = page.getByRole('dialog', { name: t['training.resetTitle'] });
    const open = page.getByRole('button', { name: t['training.reset'] });
    await settings(page, t);
    await open.press('Enter');
    await dialog.waitFor();
    expect(await violationsOn(page)).toEqual([]);
    expect(await cutLabels(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await callsOf(page, 'training.reset')).toEqual([]);
    await open.press('Enter');
    await dialog.getByRole('button', { name: t['training.resetDo'] }).press('Enter');
    await dialog.getByText(t['training.resetUnderWay']).waitFor();
    expect(await callsOf(page, 'training.reset')).toEqual([{}]);
    expect(await breaches()).toEqual([]);
    await page.context().close();
  });

  test('is not there on a real desk', async () => {
    const { page } = await window.open({ signedIn: 'secretary', office: { mode: 'real' } });
    await settings(page, kk);
    await page.getByRole('button', { name: kk['selfCheck.open'] }).waitFor();
    expect(await page.getByRole('button', { name: kk['training.reset'] }).count()).toBe(0);
    await page.context().close();
  });
});
