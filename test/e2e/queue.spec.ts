import type { Page } from '@playwright/test';
import { expect, test } from '../support/e2e/cabled-desk.ts';
import { Person } from '../support/e2e/person.ts';

test.describe.configure({ timeout: 240_000 });

const MOST_PRESSES_TO_COVER = 6;
const views = (page: Page, person: Person) => page.getByRole('group', { name: person.t('queue.views') });
const view = (page: Page, person: Person, text: Parameters<Person['t']>[0]) =>
  views(page, person).getByRole('button', { name: person.t(text) });
const countOf = async (page: Page, person: Person, text: Parameters<Person['t']>[0]) =>
  Number(/\d+$/.exec((await view(page, person, text).innerText()).trim())?.[0] ?? -1);
const current = (page: Page) => page.locator('[data-row-id][data-current]');

/** From the event of a key in the page to the end of the frame that shows the next row as the current one, in milliseconds. */
function paintTimes(page: Page, presses: number): Promise<number[]> {
  return page.evaluate(async (count) => {
    const times: number[] = [];
    let before = document.querySelector('[data-row-id][data-current]')?.getAttribute('data-row-id');
    for (let n = 0; n < count; n++) {
      const started = performance.now();
      const key = n % 2 === 0 ? 'ArrowDown' : 'ArrowUp';
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true }));
      await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done, 0)));
      times.push(performance.now() - started);
      const now = document.querySelector('[data-row-id][data-current]')?.getAttribute('data-row-id');
      if (now === before) throw new Error('the frame was drawn without the new row');
      before = now;
    }
    return times.sort((a, b) => a - b);
  }, presses);
}

for (const language of ['kk', 'ru'] as const) {
  test(`the queue in ${language}: taken, given, put off, narrowed and taken back by keys alone`, async ({ app, page, registry }, info) => {
    const person = new Person(app, page, language, info);
    const { t } = person;
    const rows = page.locator('[data-row-id]');
    await person.chooseLanguage();
    await person.signIn('secretary');
    await expect(current(page)).toBeFocused();
    const all = await countOf(page, person, 'queue.viewOpen');
    expect(all).toBeGreaterThan(5);
    expect(await countOf(page, person, 'queue.viewMine')).toBe(0);

    await person.press('x', 'ArrowDown', 'x');
    await expect(page.getByText(t('queue.chosen_other', { count: 2 }))).toBeVisible();
    await person.look('chosen');
    await person.press('a');
    await expect.poll(() => countOf(page, person, 'queue.viewMine')).toBe(2);
    await person.press('Control+z');
    await expect.poll(() => countOf(page, person, 'queue.viewMine')).toBe(0);
    await expect(current(page)).toBeFocused();
    await person.press('a');
    await expect.poll(() => countOf(page, person, 'queue.viewMine')).toBe(1);
    await expect.poll(() => countOf(page, person, 'queue.viewUnassigned')).toBe(all - 1);
    expect(await countOf(page, person, 'queue.viewOpen')).toBe(all);

    await person.press('F8');
    await expect(page.getByLabel(t('work.until'))).toBeFocused();
    await page.keyboard.type('+3');
    await person.press('Tab');
    await page.keyboard.type('сұрау салынды');
    await person.look('postpone');
    await person.press('Enter');
    await expect(current(page)).toBeFocused();
    await expect(current(page).locator('[title="сұрау салынды"]')).toBeVisible();
    await expect.poll(() => countOf(page, person, 'queue.viewMine')).toBe(0);
    await person.press('Control+z');
    await expect.poll(() => countOf(page, person, 'queue.viewMine')).toBe(1);

    await person.press('f');
    const kind = page.getByRole('combobox', { name: t('queue.colKind') });
    await expect(kind).toBeFocused();
    await kind.selectOption({ label: t('kindShort.claim') });
    await expect.poll(() => rows.count()).toBeLessThan(all);
    for (const row of await rows.all()) await expect(row.locator('[data-column="kind"]')).toHaveText(t('kindShort.claim'));
    await person.look('filter');
    await page.getByRole('button', { name: t('queue.clearFilter') }).press('Enter');
    await expect.poll(() => rows.count()).toBe(all);
    await expect(current(page)).toBeFocused();

    await person.press('n');
    await expect(page.getByRole('complementary', { name: t('filing.work') })).toBeVisible();
    await expect(page.locator('canvas').first()).toBeVisible();
    await person.press('F8');
    await expect(page.getByLabel(t('work.until'))).toBeFocused();
    await page.keyboard.type('+2');
    await person.press('Tab');
    await page.keyboard.type('сұрау салынды');
    await person.press('Enter');
    await expect(page.getByRole('status').filter({ hasText: t('work.postponed_other', { count: 1 }) })).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
    await person.look('filing-postponed');
    await person.press('Control+z');
    await expect(page.getByRole('status').filter({ hasText: t('work.undone', { changed: 1 }) })).toBeVisible();
    await person.press('Escape');
    await expect(current(page)).toBeFocused();

    const times = await paintTimes(page, 60);
    const p95 = times[Math.floor(times.length * 0.95)]!;
    process.stdout.write(`key press to painted, ${times.length} presses: p50 ${times[30]!.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms\n`);
    expect(registry).toBeDefined();
  });
}

test('the head gives everything that a colleague has to another, in six keys', async ({ app, page }, info) => {
  const person = new Person(app, page, 'ru', info);
  const { t } = person;
  await person.chooseLanguage();
  await person.signIn('secretary');
  await expect(current(page)).toBeFocused();
  const all = await countOf(page, person, 'queue.viewOpen');
  await person.press('Control+a');
  await expect(page.locator('[data-row-id][aria-selected="true"]')).toHaveCount(all);
  await person.press('a');
  await expect.poll(() => countOf(page, person, 'queue.viewMine')).toBe(all);
  await person.signOut();
  await person.signIn('office-head');
  await person.press('Control+2');
  await expect(current(page)).toBeFocused();
  await expect(current(page).locator('[data-column="assignee"]')).not.toHaveText(t('state.none'));
  expect(await countOf(page, person, 'queue.viewMine')).toBe(0);

  person.presses = 0;
  await person.press('m');
  await expect(page.getByRole('listbox')).toBeFocused();
  await expect(page.getByRole('option').first()).toBeVisible();
  await person.press('l');
  await expect(page.getByRole('option').first()).toContainText(t('work.after', { count: all }));
  await person.look('cover');
  await person.press('Enter');
  await expect.poll(() => countOf(page, person, 'queue.viewMine')).toBe(all);
  expect(person.presses).toBeLessThanOrEqual(MOST_PRESSES_TO_COVER);
  await person.press('Control+z');
  await expect.poll(() => countOf(page, person, 'queue.viewMine')).toBe(0);

  // the same from the load of everybody, where an absence and a rule are laid down as well
  await person.press('Control+3');
  const grid = page.getByRole('grid', { name: t('nav.workload') });
  const row = grid.locator('tbody tr').filter({ has: page.getByRole('button', { name: `${t('workload.open')} ${all}` }) });
  const open = row.getByRole('button', { name: `${t('workload.open')} ${all}` });
  await open.press('ArrowUp');
  await open.focus();
  const name = (await row.getByRole('rowheader').innerText()).trim();
  await person.look('workload');
  person.presses = 0;
  await person.press('m');
  await expect(page.getByRole('listbox')).toBeFocused();
  await expect(page.getByRole('option').first()).toContainText(t('work.after', { count: all }));
  await person.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: t('work.undo') })).toBeVisible();
  expect(person.presses).toBeLessThanOrEqual(MOST_PRESSES_TO_COVER);
  await expect(grid.getByRole('button', { name: `${name}: ${t('workload.open')} 0` })).toBeVisible();
  await person.press('Control+z');
  await expect(open).toBeVisible();

  await grid.getByRole('button', { name: `${name}: ${t('workload.present')}` }).press('Enter');
  await expect(page.getByLabel(t('workload.until'))).toBeFocused();
  await page.keyboard.type('+3');
  await person.look('absence');
  await person.press('Enter');
  await expect(
    page
      .getByRole('region', { name: t('workload.absences') })
      .getByRole('row')
      .filter({ hasText: name }),
  ).toBeVisible();
  await page.getByRole('button', { name: t('workload.ruleNew') }).press('Enter');
  await person.look('rule');
  await page.getByRole('button', { name: t('workload.save') }).press('Enter');
  const rules = page.getByRole('region', { name: t('workload.rules') });
  const sentence = rules.getByText(`${t('workload.ruleOfAllToAll')}.`);
  await expect(sentence).toBeVisible();
  await person.press('Control+z');
  await expect(rules.getByText(t('workload.noRules'))).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: t('work.undone', { changed: 1 }) })).toBeVisible();
  await page.getByRole('button', { name: t('workload.ruleNew') }).press('Enter');
  await page.getByRole('button', { name: t('workload.save') }).press('Enter');
  await expect(sentence).toBeVisible();
  await person.look('plan');
});
