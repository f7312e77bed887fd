import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
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
        ...{ subject: null, details: {}, wiped: false },
      }));
      const next = newest > 20 ? newest - 20 : null;
      return Promise.resolve({ ok: true, value: { lines, total, upTo: newest, next } });
    };
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
});
