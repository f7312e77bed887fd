import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

const office = useFakeWindow();
type Answered = { readonly ok: boolean };

/** What the window asks from here on is answered so, one answer after the other and the last one again; tells what was asked. */
async function answerChanges(page: Page, answers: readonly object[]): Promise<() => Promise<readonly object[]>> {
  await page.evaluate((given) => {
    const { kense } = window as unknown as { kense: { administration: Record<string, unknown> } };
    const asked: object[] = [];
    Object.assign(window, { askedChanges: asked });
    kense.administration['changes'] = (input: object) => {
      asked.push(input);
      return Promise.resolve(given[Math.min(asked.length, given.length) - 1] as Answered);
    };
  }, answers);
  return () => page.evaluate(() => (window as unknown as { askedChanges: object[] }).askedChanges);
}
/** Where whoever goes on by keys goes on. */
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('role') ?? document.activeElement?.textContent ?? null);
const shoot = (page: Page, name: string) =>
  process.env['SHOTS'] === undefined ? null : page.screenshot({ path: `${process.env['SHOTS']}/administration-${name}.png` });

const UNREACHABLE = { ok: false, error: { code: 'registry-unreachable', next: 'nothing' } };
const NONE = { ok: true, value: { lines: [], nextBefore: null } };

describe.skipIf(!hasBrowser)('what the administrators changed', { timeout: 120_000 }, () => {
  async function openChanges(answers?: readonly object[]) {
    const opened = await office.open({ signedIn: 'admin' });
    const tab = opened.page.getByRole('button', { name: kk['administration.view.changes'] });
    await tab.waitFor();
    const asked = answers ? await answerChanges(opened.page, answers) : () => Promise.resolve([]);
    await tab.press('Enter');
    return { ...opened, asked };
  }

  test('is told in words, side by side, and the older ones on a press', async () => {
    const { page, breaches } = await openChanges();
    const table = page.getByRole('table', { name: kk['administration.changes.title'] });
    const person = table.getByRole('row').filter({ hasText: 'АХМЕТОВА АЙГҮЛ' });
    await person.waitFor();
    const said = (await person.textContent()) ?? '';
    for (const words of [
      ...['СЕЙІТОВ ЕРЛАН', 'Кеңсе 1', kk['journal.user.changed']],
      `${kk['administration.roles']}бұрын: Хатшы; кейін: Хатшы, Судья`,
      `${kk['administration.certificates']}бұрын: —; кейін: АХМЕТОВА АЙГҮЛ, `,
      `${kk['administration.state']}бұрын: рұқсат жоқ; кейін: рұқсат бар`,
    ])
      expect(said).toContain(words);
    await table
      .getByRole('row')
      .filter({ hasText: `${kk['administration.rule.idleLockMinutes']}бұрын: 10; кейін: 5` })
      .waitFor();
    await page.getByText('Көрсетілген жазба: 2').waitFor();
    await page.getByRole('button', { name: kk['journalView.older'] }).press('Enter');
    await page.getByText('Көрсетілген жазба: 3').waitFor();
    const first = table.getByRole('row').last();
    await first.getByText(kk['administration.changes.operator']).waitFor();
    // something new is told as it is alone
    expect(await first.textContent()).toContain(
      `${kk['administration.changes.user-added']}СЕЙІТОВ ЕРЛАН${kk['administration.name']}СЕЙІТОВ ЕРЛАН`,
    );
    expect(await page.getByRole('button', { name: kk['journalView.older'] }).count()).toBe(0);
    expect(await focused(page)).toBe('status');
    // to be read only: nothing here changes anything
    expect(await page.getByRole('button', { name: kk['administration.save'] }).count()).toBe(0);
    await shoot(page, 'changes');
    expect(await breaches()).toEqual([]);
  });

  test('without a line says why it is not here, and asks again on a press', async () => {
    const { page, asked } = await openChanges([UNREACHABLE, NONE]);
    const alert = page.getByRole('alert').filter({ hasText: kk['administration.changes.needsLine'] });
    await alert.waitFor();
    await shoot(page, 'changes-offline');
    await alert.getByRole('button', { name: kk['action.retry'] }).press('Enter');
    await page.getByText(kk['journalView.empty']).waitFor();
    expect(await alert.count()).toBe(0);
    expect(await focused(page)).toBe('status');
    expect(await page.getByRole('table').count()).toBe(0);
    expect(await asked()).toHaveLength(2);
  });

  test('keeps what is shown when the older ones cannot be had, and goes on from there', async () => {
    const line = {
      ...{ position: 9, at: '2026-11-20T05:00:00.000Z', by: null, workstation: null, action: 'court.revoked' },
      ...{ added: false, about: null, changes: [] },
    };
    const { page, asked } = await openChanges([
      { ok: true, value: { lines: [line], nextBefore: 9 } },
      { ok: true, value: { lines: [{ ...line, position: 8, action: 'court.reinstated' }], nextBefore: 8 } },
      UNREACHABLE,
      { ok: true, value: { lines: [{ ...line, position: 7, action: 'court.added', added: true }], nextBefore: null } },
    ]);
    const older = page.getByRole('button', { name: kk['journalView.older'] });
    await older.press('Enter');
    await page.getByText(kk['journal.court.reinstated']).waitFor();
    // the next press is where the last one was
    expect(await focused(page)).toBe(kk['journalView.older']);
    await older.press('Enter');
    await page.getByRole('alert').getByRole('button', { name: kk['action.retry'] }).press('Enter');
    await page.getByText(kk['administration.changes.court-added']).waitFor();
    await page.getByText(kk['journal.court.revoked']).waitFor();
    expect((await asked()).map((input) => (input as { before: number | null }).before)).toEqual([null, 9, 8, 8]);
  });

  test('is narrowed by what it is about and by day, from the newest on', async () => {
    const { page, asked } = await openChanges([NONE]);
    await page.getByText(kk['journalView.empty']).waitFor();
    await page.getByLabel(kk['administration.changes.about']).selectOption('workstation');
    await page.getByLabel(kk['report.from']).fill('20.11.2026');
    await page.getByLabel(kk['report.from']).press('Enter');
    await expect.poll(async () => (await asked()).at(-1)).toEqual({ before: null, from: '2026-11-20', until: null, about: 'workstation' });
  });

  test('is read by the head of office from the journal, who goes back to where he was', async () => {
    const { page } = await office.open({ signedIn: 'office-head' });
    await page.getByRole('button', { name: kk['nav.journal'], exact: true }).click();
    const open = page.getByRole('button', { name: kk['administration.changes.open'] });
    await open.press('Enter');
    const dialog = page.getByRole('dialog', { name: kk['administration.changes.title'] });
    await dialog.getByRole('row').filter({ hasText: 'АХМЕТОВА АЙГҮЛ' }).waitFor();
    await shoot(page, 'changes-head');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await open.evaluate((button) => document.activeElement === button)).toBe(true);
  });
});
