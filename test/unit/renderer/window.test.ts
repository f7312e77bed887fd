import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };
import type { WindowApi } from '../../../shared/contract/index.ts';
import type { FakeOffice } from '../../support/renderer/fake-kense.ts';
import { callsOf } from '../../support/renderer/look-at-page.ts';
import { hasBrowser, useFakeWindow, type WindowPage } from '../../support/renderer/window-page.ts';

type InPage = typeof globalThis & {
  fakeOffice: FakeOffice;
  kense: { filing: { -readonly [K in keyof WindowApi['filing']]: WindowApi['filing'][K] } };
};
const row = (page: Page, index: number) =>
  page
    .getByRole('grid')
    .getByRole('row')
    .nth(index + 1);
const own = (page: Page) => page.getByRole('region', { name: kk['check.yours'] }).getByRole('checkbox');

/** Looks at every page for as long as it takes to count as read. */
async function readToTheEnd(page: Page): Promise<void> {
  const whole = page.getByText(kk['act.readWhole']);
  const pages = page.getByRole('navigation', { name: kk['act.pageRail'] }).getByRole('button');
  for (let n = 0; n < (await pages.count()); n++) {
    await pages.nth(n).click();
    const seen = pages.nth(n).and(page.locator('[data-seen]'));
    const read = () =>
      seen
        .waitFor({ timeout: 1500 })
        .then(() => true)
        .catch(() => false);
    while (!(await read())) await page.keyboard.press('PageDown');
  }
  await whole.waitFor();
}

describe.skipIf(!hasBrowser)('the window in a browser', { timeout: 120_000 }, () => {
  const window = useFakeWindow();

  async function inWindow(opened: WindowPage, work: (page: Page) => Promise<void>): Promise<void> {
    await work(opened.page);
    expect(await opened.breaches()).toEqual([]);
    await opened.page.context().close();
  }
  async function openFirst(page: Page): Promise<void> {
    await row(page, 0).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[data-page] canvas').first().waitFor();
  }

  test('a clean filing is registered with eight keys, and the next one opens itself', async () => {
    await inWindow(await window.open({ signedIn: 'secretary' }), async (page) => {
      await openFirst(page);
      for (const digit of ['1', '2', '3', '4', '5']) await page.keyboard.press(digit);
      await page.keyboard.press('Control+Enter');
      await page.getByRole('button', { name: kk['reg.actionNext'] }).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Enter');
      const notice = page.getByRole('status', { name: kk['reg.notice'] });
      await notice.getByText(kk['reg.success']).waitFor();
      expect(await notice.innerText()).toMatch(/9900-26-000001.*9900-26-00-2\/1/s);
      await page.getByRole('heading', { level: 1, name: /Қазмұнайсервис/ }).waitFor();
      expect(await callsOf(page, 'filing.register')).toHaveLength(1);
      const marks = (await callsOf(page, 'filing.mark')) as { revision: number; page: number }[];
      expect(marks.map((mark) => mark.revision)).toEqual([1, 2, 3, 4, 5]);
      expect(marks.every((mark) => mark.page === 1)).toBe(true);
    });
  });

  test('a filing that has changed unseen is shown anew, and the next press registers it', async () => {
    await inWindow(await window.open({ signedIn: 'secretary' }), async (page) => {
      await openFirst(page);
      for (const digit of ['1', '2', '3', '4', '5']) await page.keyboard.press(digit);
      await page.keyboard.press('Control+Enter');
      const confirm = page.getByRole('button', { name: kk['reg.actionNext'] }).and(page.locator(':focus'));
      await confirm.waitFor();
      await page.evaluate(() => {
        const { fakeOffice, kense } = globalThis as InPage;
        fakeOffice.changeUntold();
        const { register } = kense.filing;
        // the answer takes as long as it takes the disabled button to lose the focus
        kense.filing.register = async (input) => {
          while (document.activeElement !== document.body) await new Promise(requestAnimationFrame);
          return register(input);
        };
      });
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText(kk['error.stale-revision.title']).waitFor();
      await confirm.waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('status', { name: kk['reg.notice'] }).getByText(kk['reg.success']).waitFor();
      expect(((await callsOf(page, 'filing.register')) as { revision: number }[]).map(({ revision }) => revision)).toEqual([6, 7]);
    });
  });

  test('a filing of another desk is shown with who has it and cannot be registered; leaving a filing lets go of it', async () => {
    await inWindow(await window.open({ signedIn: 'secretary', held: 'Сәуле Әбдірахманова' }), async (page) => {
      const says = (text: string) => text.replace('{{name}}', 'Сәуле Әбдірахманова');
      await row(page, 0).getByText(says(kk['mark.held'])).waitFor();
      await openFirst(page);
      const work = page.getByRole('complementary', { name: kk['filing.work'] });
      await work.getByText(says(kk['lease.held'])).waitFor();
      await work.getByText(kk['lease.locked']).waitFor();
      await page.keyboard.press('Control+Enter');
      expect(await page.getByRole('button', { name: kk['reg.action'] }).count()).toBe(0);
      expect(await page.getByRole('button', { name: kk['takeOver.action'] }).count()).toBe(0);
      await page.keyboard.press('Escape');
      await row(page, 0).waitFor();
      expect(await callsOf(page, 'filing.register')).toEqual([]);
      expect(await callsOf(page, 'filing.close')).toHaveLength(1);
    });
  });

  test('the head takes a filing over only with a reason', async () => {
    await inWindow(await window.open({ signedIn: 'office-head', held: 'Сәуле Әбдірахманова' }), async (page) => {
      await page.getByRole('heading', { name: kk['nav.dashboard'] }).waitFor();
      await page.keyboard.press('Control+2');
      await openFirst(page);
      await page.getByRole('button', { name: kk['takeOver.action'] }).press('Enter');
      const dialog = page.getByRole('dialog', { name: kk['takeOver.title'] });
      await dialog.getByLabel(kk['takeOver.reason']).and(page.locator(':focus')).waitFor();
      expect(await dialog.getByRole('button', { name: kk['takeOver.action'] }).isDisabled()).toBe(true);
      await page.keyboard.type('Хатшы ауырып қалды');
      await dialog.getByRole('button', { name: kk['takeOver.action'] }).press('Enter');
      await dialog.waitFor({ state: 'detached' });
      expect(await callsOf(page, 'filing.take-over')).toEqual([{ id: expect.any(String), reason: 'Хатшы ауырып қалды' }]);
      expect(await page.getByText(kk['lease.locked']).count()).toBe(0);
    });
  });

  test('the talon of the filing registered last opens over the next one and is saved from there', async () => {
    await inWindow(await window.open({ signedIn: 'secretary' }), async (page) => {
      await openFirst(page);
      for (const digit of ['1', '2', '3', '4', '5']) await page.keyboard.press(digit);
      await page.keyboard.press('Control+Enter');
      await page.getByRole('button', { name: kk['reg.actionNext'] }).press('Enter');
      await page.getByRole('status', { name: kk['reg.notice'] }).getByText(kk['reg.success']).waitFor();
      const first = ((await callsOf(page, 'filing.register')) as { id: string }[])[0]?.id;
      await page.locator('[data-page] canvas').first().waitFor();
      await page.keyboard.press('p');
      const dialog = page.getByRole('dialog', { name: kk['talon.title'] });
      await dialog.locator('[data-page] canvas').waitFor();
      const paper = await dialog.locator('[data-page]').boundingBox();
      expect(paper?.width).toBeGreaterThan(500);
      await dialog.getByRole('button', { name: kk['talon.save'] }).press('Enter');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await callsOf(page, 'talon.save')).toEqual([{ filingId: first }]);
      expect(await callsOf(page, 'talon.open')).toEqual([{ filingId: first }]);
      await page.getByRole('complementary', { name: kk['filing.work'] }).waitFor();
    });
  });

  test('without a check nothing is registered: it takes the focus and says so in one sentence', async () => {
    await inWindow(await window.open({ signedIn: 'secretary' }), async (page) => {
      await openFirst(page);
      await page.keyboard.press('1');
      await page.keyboard.press('Control+Enter');
      await own(page).nth(1).and(page.locator(':focus')).waitFor();
      expect(await page.getByRole('alert').allInnerTexts()).toEqual([kk['check.missing']]);
      expect(await page.getByRole('button', { name: kk['reg.actionNext'] }).count()).toBe(0);
      expect(await callsOf(page, 'filing.register')).toEqual([]);
    });
  });

  test('a held Ctrl+Enter opens the strip and confirms nothing', async () => {
    await inWindow(await window.open({ signedIn: 'secretary' }), async (page) => {
      await openFirst(page);
      for (const digit of ['1', '2', '3', '4', '5']) await page.keyboard.press(digit);
      await page.keyboard.down('Control');
      await page.keyboard.down('Enter');
      await page.getByRole('button', { name: kk['reg.actionNext'] }).and(page.locator(':focus')).waitFor();
      await page.keyboard.down('Enter');
      await page.keyboard.down('Enter');
      await page.keyboard.up('Enter');
      await page.keyboard.up('Control');
      expect(await callsOf(page, 'filing.register')).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: kk['reg.actionNext'] }).waitFor({ state: 'detached' });
    });
  });

  test('a case number that no case has keeps the strip open and takes the focus to its field', async () => {
    await inWindow(await window.open({ signedIn: 'secretary' }), async (page) => {
      await openFirst(page);
      for (const digit of ['1', '2', '3', '4', '5']) await page.keyboard.press(digit);
      await page.keyboard.press('Control+Enter');
      await page.getByRole('button', { name: kk['reg.toCase'] }).press('Enter');
      const field = page.getByRole('combobox', { name: kk['reg.joinsCase'] });
      await field.fill('9900-26-00-2');
      await page.getByRole('button', { name: kk['reg.actionNext'] }).press('Enter');
      await page.getByText(kk['reg.caseFormat']).waitFor();
      expect(await callsOf(page, 'filing.register')).toEqual([]);
      await field.fill('9900-26-00-2/99');
      await page.getByRole('button', { name: kk['reg.actionNext'] }).press('Enter');
      await page.getByText(kk['error.case-unknown.title']).waitFor();
      await field.and(page.locator(':focus')).waitFor();
    });
  });

  test('rows stay under the cursor when filings arrive, and come when they are asked for', async () => {
    await inWindow(await window.open({ signedIn: 'secretary', filings: 6 }), async (page) => {
      await row(page, 0).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      const before = await page.getByRole('row').allInnerTexts();
      await page.evaluate(() => (globalThis as InPage).fakeOffice.arrive(3));
      const news = page.getByText('3 жаңа арыз түсті');
      await news.waitFor();
      expect(await page.getByRole('row').allInnerTexts()).toEqual(before);
      await page.getByRole('button', { name: kk['queue.showNew'] }).press('Enter');
      await news.waitFor({ state: 'detached' });
      expect(await page.getByRole('row').count()).toBe(before.length + 3);
      await row(page, 2).and(page.locator(':focus')).waitFor();
    });
  });

  test('a mark of another desk changes a row in its place', async () => {
    await inWindow(await window.open({ signedIn: 'secretary', filings: 6 }), async (page) => {
      const id = await row(page, 3).getAttribute('data-row-id');
      await page.evaluate(
        (filing) =>
          (globalThis as unknown as { kense: Window['kense'] }).kense.filing.flag({
            id: filing ?? '',
            revision: 1,
            defects: [{ code: 'fee', note: null }],
          }),
        id,
      );
      await row(page, 3).getByRole('img', { name: kk['mark.flagged'] }).waitFor();
      expect(await row(page, 3).getAttribute('data-row-id')).toBe(id);
    });
  });

  test('the lock hides everything; unlocking comes back to the same place with the typed text', async () => {
    await inWindow(await window.open({ signedIn: 'secretary' }), async (page) => {
      await openFirst(page);
      await page.keyboard.press('F9');
      await page.getByRole('checkbox').first().and(page.locator(':focus')).waitFor();
      await page.keyboard.press('3');
      const note = page.getByRole('textbox', { name: kk['return.fix'] });
      await note.fill('Түбіртекті қоса беріңіз');
      await page.keyboard.press('Control+l');
      await page.getByRole('heading', { name: kk['session.locked'] }).waitFor();
      expect(await note.isVisible()).toBe(false);
      expect(await page.getByText('Ғалымжанов').filter({ visible: true }).count()).toBe(0);
      await page.keyboard.press('F5');
      await page.keyboard.press('Escape');
      expect(await callsOf(page, 'sync.now')).toEqual([]);
      await page.getByRole('button', { name: kk['session.unlock'] }).press('Enter');
      expect(await note.inputValue()).toBe('Түбіртекті қоса беріңіз');
      await note.waitFor({ state: 'visible' });
    });
  });

  test('Esc leaves the defects with the typed text kept, closes a menu alone, and then leads back', async () => {
    await inWindow(await window.open({ signedIn: 'secretary' }), async (page) => {
      await openFirst(page);
      await page.keyboard.press('F9');
      await page.getByRole('checkbox').first().and(page.locator(':focus')).waitFor();
      await page.keyboard.press('3');
      const note = page.getByRole('textbox', { name: kk['return.fix'] });
      await note.fill('Түбіртек');
      await page.keyboard.press('Escape');
      await note.waitFor({ state: 'detached' });
      await page.keyboard.press('F9');
      expect(await note.inputValue()).toBe('Түбіртек');
      await page.keyboard.press('Escape');
      await page.getByRole('banner').getByRole('button').last().press('Enter');
      await page.getByRole('menu').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      expect(await page.getByRole('complementary', { name: kk['filing.work'] }).isVisible()).toBe(true);
      await page.keyboard.press('Escape');
      await row(page, 0).and(page.locator(':focus')).waitFor();
      expect(await callsOf(page, 'filing.flag')).toEqual([]);
    });
  });

  test('a window that nobody touches locks itself after the minutes of the office', async () => {
    const opened = await window.open({ signedIn: 'secretary', office: { idleLockMinutes: 10 } }, {}, { clock: true });
    await inWindow(opened, async (page) => {
      await row(page, 0).and(page.locator(':focus')).waitFor();
      await page.clock.runFor(9 * 60_000);
      await page.keyboard.press('ArrowDown');
      await page.clock.runFor(9 * 60_000);
      await page.evaluate(() => (globalThis as InPage).fakeOffice.touchTorn());
      await page.clock.runFor(9 * 60_000);
      expect(await callsOf(page, 'session.lock')).toEqual([]);
      await page.clock.runFor(2 * 60_000);
      await page.getByRole('heading', { name: kk['session.locked'] }).waitFor();
      expect(await callsOf(page, 'session.lock')).toHaveLength(1);
    });
  });

  test('a window that nobody touches locks itself in time although the clock is set back meanwhile', async () => {
    const opened = await window.open({ signedIn: 'secretary', office: { idleLockMinutes: 10 } }, {}, { clock: true });
    await inWindow(opened, async (page) => {
      await row(page, 0).and(page.locator(':focus')).waitFor();
      await page.clock.runFor(5 * 60_000);
      await page.clock.setSystemTime((await page.evaluate(() => Date.now())) - 5 * 3_600_000);
      await page.clock.runFor(4 * 60_000);
      expect(await callsOf(page, 'session.lock')).toEqual([]);
      await page.clock.runFor(2 * 60_000);
      await page.getByRole('heading', { name: kk['session.locked'] }).waitFor();
      expect(await callsOf(page, 'session.lock')).toHaveLength(1);
    });
  });

  test('other idle minutes of the court hold at once, in the window that is open', async () => {
    const opened = await window.open({ signedIn: 'secretary', office: { idleLockMinutes: 10 } }, {}, { clock: true });
    await inWindow(opened, async (page) => {
      await row(page, 0).and(page.locator(':focus')).waitFor();
      await page.evaluate(() => (globalThis as InPage).fakeOffice.changeOffice({ idleLockMinutes: 2 }));
      await page.keyboard.press('ArrowDown');
      await page.clock.runFor(3 * 60_000);
      await page.getByRole('heading', { name: kk['session.locked'] }).waitFor();
      expect(await callsOf(page, 'session.lock')).toHaveLength(1);
    });
  });

  test('a session that the core has forgotten leads to sign-in', async () => {
    await inWindow(await window.open({ signedIn: 'secretary' }), async (page) => {
      await openFirst(page);
      await page.evaluate(() => {
        const { fakeOffice } = globalThis as InPage;
        fakeOffice.forgetSession();
        fakeOffice.failNext('sync.now', { code: 'not-signed-in', next: 'ask-user' });
      });
      await page.keyboard.press('F5');
      await page.getByRole('radiogroup', { name: kk['session.choose'] }).waitFor();
      expect(await page.getByText('261100421700').count()).toBe(0);
    });
  });

  test('the judge reads to the end, marks, signs; not before and not in another order', async () => {
    await inWindow(await window.open({ signedIn: 'judge' }), async (page) => {
      await openFirst(page);
      await page.keyboard.press('r');
      await page.getByRole('alert').waitFor();
      await page.keyboard.press('Control+Enter');
      expect(await callsOf(page, 'act.review')).toEqual([]);
      expect(await callsOf(page, 'act.sign')).toEqual([]);
      await readToTheEnd(page);
      await page.keyboard.press('Control+Enter');
      await page.getByText(kk['act.reviewFirst']).waitFor();
      expect(await callsOf(page, 'act.sign')).toEqual([]);
      await page.keyboard.press('r');
      await page.getByText(kk['act.reviewed'], { exact: true }).waitFor();
      await page.keyboard.press('Control+Enter');
      const dialog = page.getByRole('dialog', { name: /9900-26-00-2\/40/ });
      await dialog.getByRole('radio', { checked: true }).and(page.locator(':focus')).waitFor();
      expect(await dialog.getByRole('row').nth(1).innerText()).toMatch(/[0-9a-f]{64}/);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: kk['act.save'] }).waitFor();
      const [signed] = (await callsOf(page, 'act.sign')) as { sha256: string; keyId: string }[];
      const [reviewed] = (await callsOf(page, 'act.review')) as { sha256: string; by: string }[];
      expect(signed?.sha256).toBe(reviewed?.sha256);
      expect([signed?.keyId, reviewed?.by]).toEqual(['key-1', 'pages']);
      await page.getByText(kk['act.stateHelp.signed']).waitFor();
    });
  });

  test('a text that is drawn anew under the eyes is unread: at whatever moment R is pressed, it is not marked by pages', async () => {
    await inWindow(await window.open({ signedIn: 'judge' }), async (page) => {
      await openFirst(page);
      await readToTheEnd(page);
      await page.evaluate(async (readFirst) => {
        const { fakeOffice } = globalThis as InPage;
        const newIsMarked = () =>
          fakeOffice.calls.some(({ name, input }) => name === 'act.review' && (input as { revision: number }).revision > 1);
        const looked = () => newIsMarked() || document.body.innerText.includes(readFirst);
        fakeOffice.drawAnew();
        for (let frame = 0; frame < 1000 && !looked(); frame++) {
          const press = { key: 'r', code: 'KeyR', bubbles: true, cancelable: true };
          // the screen itself stays while the text in it changes
          const screen = document.querySelector<HTMLElement>('[data-focus-rest]');
          screen?.focus();
          screen?.dispatchEvent(new KeyboardEvent('keydown', press));
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      }, kk['act.stateRead']);
      await page.getByRole('button', { name: kk['act.stateRead'] }).waitFor();
      const marked = (await callsOf(page, 'act.review')) as { revision: number }[];
      expect(marked.filter(({ revision }) => revision > 1)).toEqual([]);
    });
  });

  test('while the key is asked the dialog is not closed and says where to cancel; afterwards it is closed by Esc', async () => {
    await inWindow(await window.open({ signedIn: 'judge' }), async (page) => {
      await page.evaluate(() => (globalThis as InPage).fakeOffice.readAll());
      await openFirst(page);
      await page.evaluate(() => {
        const { fakeOffice } = globalThis as InPage;
        fakeOffice.hold('act.sign');
        fakeOffice.failNext('act.sign', { code: 'pin-cancelled', next: 'ask-user' });
      });
      await page.getByText(kk['act.reviewed'], { exact: true }).waitFor();
      await page.keyboard.press('Control+Enter');
      const dialog = page.getByRole('dialog', { name: /9900-26-00-2/ });
      await dialog.getByRole('radio', { checked: true }).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Enter');
      await dialog.getByText(kk['sign.pinElsewhere']).waitFor();
      expect(await dialog.getByRole('button', { name: kk['action.cancel'] }).isDisabled()).toBe(true);
      expect(await dialog.getByRole('button', { name: kk['action.close'] }).isDisabled()).toBe(true);
      await page.keyboard.press('Escape');
      await dialog.getByText(kk['sign.pinElsewhere']).waitFor();
      await page.evaluate(() => (globalThis as InPage).fakeOffice.letGo('act.sign'));
      await dialog.getByText(kk['error.pin-cancelled.title']).waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    });
  });

  test('the judge may state that an act was read, and then it is said so', async () => {
    await inWindow(await window.open({ signedIn: 'judge' }), async (page) => {
      await openFirst(page);
      await page.keyboard.press('r');
      await page.getByRole('button', { name: kk['act.stateRead'] }).press('Enter');
      await page.getByText(kk['act.reviewed'], { exact: true }).waitFor();
      expect(await callsOf(page, 'act.review')).toMatchObject([{ by: 'statement' }]);
    });
  });

  test('only acts that were read can be chosen; taken out with Space, all with Ctrl+A', async () => {
    await inWindow(await window.open({ signedIn: 'judge' }), async (page) => {
      await row(page, 0).and(page.locator(':focus')).waitFor();
      await row(page, 2).getByText(kk['act.changedSince']).waitFor();
      const chosen = () => page.getByRole('grid').getByRole('row', { selected: true });
      await page.keyboard.press('Space');
      await page.getByText(kk['act.readBeforeChoosing']).waitFor();
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Control+Enter');
      expect([await chosen().count(), await callsOf(page, 'batch.plan')]).toEqual([0, []]);
      await page.evaluate(() => (globalThis as InPage).fakeOffice.readAll());
      await chosen().nth(2).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Space');
      await expect.poll(() => chosen().count()).toBe(2);
      await page.keyboard.press('x');
      await expect.poll(() => chosen().count()).toBe(3);
      await page.keyboard.press('Control+A');
      await expect.poll(() => chosen().count()).toBe(0);
      await page.keyboard.press('Control+A');
      await expect.poll(() => chosen().count()).toBe(3);
    });
  });

  test('Shift with the arrows chooses row after row and takes back what it is led back over; Shift with a click as far as there', async () => {
    await inWindow(await window.open({ signedIn: 'judge' }), async (page) => {
      await row(page, 0).and(page.locator(':focus')).waitFor();
      await page.evaluate(() => (globalThis as InPage).fakeOffice.readAll());
      const chosen = () => page.locator('[role="row"][aria-selected="true"]').evaluateAll((rows) => rows.map((r) => r.dataset['index']));
      await expect.poll(chosen).toEqual(['0', '1', '2']);
      await page.keyboard.press('Control+A');
      await expect.poll(chosen).toEqual([]);
      await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('Shift+ArrowDown');
      await expect.poll(chosen).toEqual(['0', '1', '2']);
      await page.keyboard.press('Shift+ArrowUp');
      await expect.poll(chosen).toEqual(['0', '1']);
      await row(page, 1).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Home');
      await row(page, 0).and(page.locator(':focus')).waitFor();
      await row(page, 2).click({ modifiers: ['Shift'] });
      await expect.poll(chosen).toEqual(['0', '1', '2']);
      expect(await callsOf(page, 'act.open')).toEqual([]);
    });
  });

  test('a batch shows the list by hash, stops when the token is gone, goes on with the rest, and stays in the ledger', async () => {
    await inWindow(await window.open({ signedIn: 'judge' }), async (page) => {
      await row(page, 0).and(page.locator(':focus')).waitFor();
      await page.evaluate(() => {
        const office = (globalThis as InPage).fakeOffice;
        office.readAll();
        office.failBatchAfter(1, { code: 'token-removed', next: 'ask-user' });
      });
      await page.getByRole('grid').getByRole('row', { selected: true }).nth(2).waitFor();
      await page.keyboard.press('Control+Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { checked: true }).and(page.locator(':focus')).waitFor();
      expect(await dialog.getByRole('row').count()).toBe(4);
      await dialog.getByText('9'.repeat(64)).waitFor();
      expect(await dialog.getByRole('radio', { disabled: true }).count()).toBe(2);
      await dialog.getByText(kk['error.key-not-of-user.title']).waitFor();
      await page.evaluate(() => (globalThis as InPage).fakeOffice.pullKey('key-1'));
      await expect.poll(() => dialog.getByRole('radio', { checked: true }).getAttribute('value')).toBe('key-2');
      await page.keyboard.press('Control+Enter');

      await page.getByRole('alert').getByText(kk['error.token-removed.title']).waitFor();
      const states = () =>
        page
          .getByRole('grid')
          .locator('[data-state]')
          .evaluateAll((rows) => rows.map((r) => r.getAttribute('data-state')));
      await expect.poll(states).toEqual(['signed', 'failed', 'not-tried']);
      await page.keyboard.press('Control+Enter');
      const again = page.getByRole('dialog');
      expect(await again.getByRole('row').count()).toBe(3);
      await again.getByRole('button', { name: kk['sign.action'] }).click();
      await expect.poll(states).toEqual(['signed', 'signed', 'signed']);
      await again.waitFor({ state: 'detached' });
      expect(await callsOf(page, 'batch.start')).toHaveLength(1);
      expect(await callsOf(page, 'batch.resume')).toHaveLength(1);
      await page.keyboard.press('Escape');
      await page.getByText(kk['act.empty']).waitFor();
      await page.getByRole('button', { name: kk['batch.ledger'] }).press('Enter');
      await row(page, 0).getByText(kk['batch.state.done']).waitFor();
      await page.keyboard.press('Enter');
      await expect.poll(states).toEqual(['signed', 'signed', 'signed']);
    });
  });

  test('the head of the office reads a filing and is offered nothing to change', async () => {
    await inWindow(await window.open({ signedIn: 'office-head' }), async (page) => {
      await page.getByRole('heading', { name: kk['nav.dashboard'] }).waitFor();
      await page.keyboard.press('Control+2');
      await openFirst(page);
      await page.getByText(kk['filing.readOnly']).waitFor();
      await page.keyboard.press('1');
      await page.keyboard.press('F9');
      await page.keyboard.press('Control+Enter');
      expect(await own(page).first().isDisabled()).toBe(true);
      for (const name of ['filing.mark', 'filing.flag', 'filing.register']) expect(await callsOf(page, name)).toEqual([]);
    });
  });

  test('the language changes at once and everywhere, and letters in a field are letters', async () => {
    await inWindow(await window.open({ signedIn: 'secretary' }), async (page) => {
      await row(page, 0).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Control+8');
      await page.getByRole('button', { name: 'Русский' }).press('Enter');
      await page.getByRole('heading', { name: ru['nav.settings'] }).waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('ru');
      expect(await page.getByRole('navigation').innerText()).toContain(ru['nav.queue']);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('jkrp1');
      expect(await page.getByRole('combobox', { name: ru['search.placeholder'] }).inputValue()).toBe('jkrp1');
      await page.keyboard.press('Escape');
      await page.getByRole('searchbox').fill('jkrp1');
      await page.getByRole('heading', { name: 'Поиск: «jkrp1»' }).waitFor();
      await page.getByRole('button', { name: /олкз1/ }).waitFor();
    });
  });

  test('a failed call says what happened and what to do, and the rest works on', async () => {
    await inWindow(await window.open({ signedIn: 'secretary' }), async (page) => {
      await row(page, 0).and(page.locator(':focus')).waitFor();
      await page.evaluate(() => (globalThis as InPage).fakeOffice.failNext('filing.get', { code: 'core-stopped', next: 'retry-later' }));
      await page.keyboard.press('Enter');
      const alert = page.getByRole('alert');
      await alert.getByText(kk['error.core-stopped.title']).waitFor();
      await alert.getByRole('button', { name: kk['action.retry'] }).press('Enter');
      await page.locator('[data-page] canvas').first().waitFor();
    });
  });
});
