import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

const office = useFakeWindow();

/** Behind the window stands a journal of 50 entries, of which one question answers 20. */
const withLongJournal = (page: Page) =>
  page.evaluate(() => {
    const { journal } = (window as unknown as { kense: { journal: Record<string, unknown> } }).kense;
    journal['list'] = ({ upTo, offset, limit }: { upTo: number | null; offset: number; limit: number }) => {
      const newest = upTo ?? 50;
      const total = Math.min(newest, 20);
      const lines = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, n) => ({
        ...{ seq: newest - offset - n, at: '2026-11-20T05:00:00.000Z', actor: null, action: 'filing.viewed' },
        ...{ subject: null, details: {}, names: {}, wiped: false },
      }));
      const next = newest > 20 ? newest - 20 : null;
      return Promise.resolve({ ok: true, value: { lines, total, upTo: newest, next } });
    };
  });

const DIGEST = 'b2bc43df7e7fa5e9396f2b9d5cc0540a9a76732bc03a653cbaf4b4d188cf9b41';
const REASON = 'Қызметкер демалыста болғандықтан, арыз мерзімі өтпей тұрып басқа орындаушыға берілді';
const LINES = [
  {
    ...{
      seq: 4,
      actor: 'Жұмабаева Гүлнәр',
      action: 'filing.assigned',
      subject: { id: '01980000-0000-7000-8000-0000000000f1', number: '2026-11-000123' },
    },
    ...{
      details: { to: '01980000-0000-7000-8000-0000000000a1', from: '', reason: REASON },
      names: { '01980000-0000-7000-8000-0000000000a1': 'Әлиев Бекзат' },
    },
  },
  { seq: 3, actor: null, action: 'session.refused', subject: null, details: { code: 'user-inactive', certificate: DIGEST }, names: {} },
  {
    seq: 2,
    actor: 'Жұмабаева Гүлнәр',
    action: 'report.exported',
    subject: null,
    details: { report: 'incoming', format: 'csv', from: '2026-01-01', until: '2026-12-31', rows: 812 },
    names: {},
  },
  {
    seq: 1,
    actor: 'Жұмабаева Гүлнәр',
    action: 'settings.changed',
    subject: null,
    details: { keys: 'theme', before: 'theme=system', after: 'theme=dark' },
    names: {},
  },
];
/** Behind the window stands a journal of a few entries that note something, accepted as it was up to its second. */
const withNotedThings = (page: Page) =>
  page.evaluate((lines) => {
    const { journal } = (window as unknown as { kense: { journal: Record<string, unknown> } }).kense;
    const full = lines.map((line) => ({ ...line, at: '2026-11-20T05:00:00.000Z', wiped: false }));
    const answer = (value: unknown) => () => Promise.resolve({ ok: true, value });
    journal['list'] = answer({ lines: full, total: full.length, upTo: 4, next: null });
    journal['state'] = answer({
      ...{ last: { at: '2026-11-20T05:00:00.000Z', entries: 4, fault: null }, progress: null, anchored: null, finding: null },
      ...{ accepted: { entries: 2, by: 'Жұмабаева Гүлнәр', at: '2026-11-19T05:00:00.000Z' }, desk: '01980000-0000-7000-8000-00000000beef' },
    });
  }, LINES);
/** The registry knows entries that the journal behind the window has no more. */
const withCutJournal = (page: Page) =>
  page.evaluate(() => {
    const { journal } = (window as unknown as { kense: { journal: Record<string, unknown> } }).kense;
    const last = { at: '2026-11-20T05:00:00.000Z', entries: 4, fault: null };
    const value = { last, progress: null, anchored: null, accepted: null, finding: { code: 'journal-rolled-back', entry: 5 }, desk: 'ab' };
    journal['state'] = () => Promise.resolve({ ok: true, value });
  });
const shoot = (page: Page, name: string) =>
  process.env['SHOTS'] === undefined ? null : page.screenshot({ path: `${process.env['SHOTS']}/journal-${name}.png` });

describe.skipIf(!hasBrowser)('what was noted with an entry', { timeout: 120_000 }, () => {
  for (const role of ['office-head', 'admin'] as const)
    test(`is read in words and as a whole, and leads ${role === 'admin' ? 'the administrator nowhere else' : 'to the filing'}`, async () => {
      const { page, breaches } = await office.open({ signedIn: role });
      const toJournal = page.getByRole('button', { name: kk['nav.journal'], exact: true });
      await toJournal.waitFor();
      await withNotedThings(page);
      await toJournal.click();
      await page.getByText('№ 3 жазбадан бастап тізбек бүтін. Жазба саны: 4').waitFor();
      await page.getByText('№ 2 жазбаға дейінгі журнал сол күйінде қабылданған: Жұмабаева Гүлнәр, 19.11.2026').waitFor();
      const cell = (text: string) => page.getByRole('gridcell').filter({ hasText: text });
      const refused = cell('себебі: Қызметкердің рұқсаты тоқтатылған, сертификат: b2bc43df7e7f…');
      const titleOf = `сертификат: ${DIGEST}`;
      const assigned = cell(REASON);
      await assigned.waitFor();
      expect(await assigned.textContent()).toBe(`кімге: Әлиев Бекзат, негізі: ${REASON}`);
      await shoot(page, role);
      expect(await refused.getAttribute('title')).toContain(titleOf);

      await cell('2026-11-000123').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(REASON, { exact: true }).waitFor();
      await shoot(page, `${role}-entry`);
      const openFiling = dialog.getByRole('button', { name: kk['journalView.openFiling'] });
      expect(await openFiling.count()).toBe(role === 'admin' ? 0 : 1);
      if (role === 'admin') {
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
        // by its key as well, from the row that the focus came back to
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').getByText(DIGEST, { exact: true }).waitFor();
      }
      expect(await breaches()).toEqual([]);
    });
});

describe.skipIf(!hasBrowser)('a long journal', { timeout: 120_000 }, () => {
  test('shows what is older when asked, up to its first entry, and the newest again', async () => {
    const { page, breaches } = await office.open({ signedIn: 'office-head' });
    await withLongJournal(page);
    await page.getByRole('button', { name: kk['nav.journal'], exact: true }).click();
    const place = (seq: number) => page.getByRole('gridcell', { name: String(seq), exact: true });
    await place(50).waitFor();
    const older = page.getByRole('button', { name: kk['journalView.older'] });
    await older.click();
    await place(30).waitFor();
    expect(await place(50).count()).toBe(0);
    await older.click();
    await place(10).waitFor();
    expect(await older.count()).toBe(0);
    await page.getByRole('button', { name: kk['journalView.newest'] }).click();
    await place(50).waitFor();
    expect(await breaches()).toEqual([]);
  });

  test('says that it is being counted while it is, and what holds once it is known', async () => {
    const { page, breaches } = await office.open({ signedIn: 'office-head' });
    await page.evaluate(() => {
      const held = window as unknown as { kense: { journal: Record<string, unknown> }; tell: (value: unknown) => void };
      held.kense.journal['expired'] = () => new Promise((resolve) => (held.tell = resolve));
    });
    await page.getByRole('button', { name: kk['nav.journal'], exact: true }).click();
    await page.getByRole('button', { name: kk['wipe.open'] }).click();
    await page.getByText(kk['wipe.counting']).waitFor();
    expect(await page.getByText(kk['wipe.unconfirmed']).count()).toBe(0);
    await page.evaluate(() => (window as unknown as { tell: (value: unknown) => void }).tell({ ok: true, value: null }));
    await page.getByText(kk['wipe.unconfirmed']).waitFor();
    expect(await page.getByText(kk['wipe.counting']).count()).toBe(0);
    expect(await breaches()).toEqual([]);
  });

  test('a wiping that finds other figures than were seen shows the new ones and keeps the reason', async () => {
    const { page, breaches } = await office.open({ signedIn: 'office-head' });
    await page.evaluate(() => {
      const { journal } = (window as unknown as { kense: { journal: Record<string, unknown> } }).kense;
      const before = '2021-11-19T19:00:00.000Z';
      let entries = 4812;
      journal['expired'] = () => {
        const value = {
          terms: { journalYears: 5, draftMonths: 12, reportYears: 5, filingYears: 10, filingYearsByKind: {} },
          journal: { before, entries, first: 1, last: entries },
          ...{ drafts: { before, count: 0 }, reports: { before, count: 0 }, filings: { before, count: 0, oldest: null, newest: null } },
        };
        return Promise.resolve({ ok: true, value });
      };
      journal['wipe'] = (asked: { entries: number; reason: string }) => {
        const seen = asked.entries;
        entries = 4816;
        return Promise.resolve(
          seen === entries
            ? { ok: true, value: { entries, drafts: 0, reports: 0, filings: 0 } }
            : { ok: false, error: { code: 'stale-revision', next: 'retry-later' } },
        );
      };
    });
    await page.getByRole('button', { name: kk['nav.journal'], exact: true }).click();
    await page.getByRole('button', { name: kk['wipe.open'] }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('4812').waitFor();
    const reason = dialog.getByRole('textbox');
    await reason.fill('Мерзімі өткен жазбалар');
    const wipe = dialog.getByRole('button', { name: kk['wipe.do'] });
    await wipe.click();
    await dialog.getByRole('alert').filter({ hasText: kk['wipe.changed'] }).waitFor();
    await dialog.getByText('4816').waitFor();
    expect(await reason.inputValue()).toBe('Мерзімі өткен жазбалар');
    await wipe.click();
    await dialog.getByRole('status').filter({ hasText: '4816' }).waitFor();
    expect(await dialog.getByRole('alert').count()).toBe(0);
    expect(await breaches()).toEqual([]);
  });
});

test.skipIf(!hasBrowser)(
  'what the registry found against the journal is said in words, with whom to call',
  { timeout: 120_000 },
  async () => {
    const { page, breaches } = await office.open({ signedIn: 'office-head' });
    const toJournal = page.getByRole('button', { name: kk['nav.journal'], exact: true });
    await toJournal.waitFor();
    await withCutJournal(page);
    await toJournal.click();
    await page.getByText(kk['journalView.chainBroken'].replace('{{entry}}', '5')).waitFor();
    const card = page.locator('[data-code="journal-rolled-back"]');
    await card.getByText(kk['error.journal-rolled-back.title']).waitFor();
    await card.getByText(kk['error.journal-rolled-back.action']).waitFor();
    expect(await breaches()).toEqual([]);
  },
);

describe.skipIf(!hasBrowser)('who saw the data of a person', { timeout: 120_000 }, () => {
  for (const [language, texts] of [
    ['kk', kk],
    ['ru', ru],
  ] as const)
    test(`leaves as a file about whom the table is, whatever stands in the field by then (${language})`, async () => {
      const { page, breaches } = await office.open({ signedIn: 'office-head', settings: { language } });
      const faults: string[] = [];
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      await page.evaluate(() => {
        const { journal } = (window as unknown as { kense: { journal: Record<string, unknown> } }).kense;
        const [first, last] = ['2026-11-20T05:00:00.000Z', '2026-11-21T05:00:00.000Z'];
        const one = { name: 'Жұмабаева Гүлнәр', entries: 3, taken: 1, tables: 0, first, last };
        const value = { filings: [{ id: 'f1', number: '2026-11-000123' }], people: [one, { ...one, entries: 1 }] };
        journal['whoSaw'] = () => Promise.resolve({ ok: true, value });
        journal['saveSeen'] = (asked: { person: string }) => {
          (window as unknown as { saved: string }).saved = asked.person;
          return Promise.resolve({ ok: true, value: true });
        };
      });
      await page.getByRole('button', { name: texts['nav.journal'], exact: true }).click();
      await page.getByRole('button', { name: texts['whoSaw.open'] }).click();
      const dialog = page.getByRole('dialog');
      const person = dialog.getByLabel(texts['whoSaw.person']);
      await person.fill(' Әлиев ');
      await person.press('Enter');
      const found = (name: string) =>
        dialog.getByText(texts['whoSaw.found'].replace('{{person}}', name).replace('{{filings}}', '1').replace('{{people}}', '2'));
      await found('Әлиев').waitFor();
      // two colleagues of one name
      expect(await dialog.getByRole('rowheader').count()).toBe(2);
      await person.fill('Ким');
      await dialog.getByRole('button', { name: 'PDF' }).click();
      const saved = dialog.getByText(texts['report.saved'].replace('{{format}}', 'PDF'));
      await saved.waitFor();
      await shoot(page, `who-saw-${language}`);
      expect(await page.evaluate(() => (window as unknown as { saved: string }).saved)).toBe('Әлиев');
      await person.press('Enter');
      await found('Ким').waitFor();
      expect(await saved.count()).toBe(0);
      expect(faults).toEqual([]);
      expect(await breaches()).toEqual([]);
    });
});
