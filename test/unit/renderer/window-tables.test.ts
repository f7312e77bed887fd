import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import type { WindowApi } from '../../../shared/contract/index.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

const office = useFakeWindow();
type Open = { kense: { filing: { get: WindowApi['filing']['get'] }; document: { read: WindowApi['document']['read'] } } };

describe.skipIf(!hasBrowser)('a long table of a text document', { timeout: 120_000 }, () => {
  test('is drawn two hundred rows at a time', async () => {
    const { page } = await office.open({ signedIn: 'secretary' });
    const rows = page.getByRole('grid').getByRole('row');
    await rows.nth(1).waitFor();
    await page.evaluate(() => {
      const { filing, document } = (window as unknown as Open).kense;
      const get = filing.get;
      filing.get = async (asked) => {
        const answer = await get(asked);
        if (!answer.ok) return answer;
        const documents = answer.value.documents.map((doc) => ({ ...doc, contentType: 'office' as const }));
        return { ok: true, value: { ...answer.value, documents } };
      };
      const cell = (text: string) => ({ columns: 1, rows: 1, paragraphs: [[{ text, bold: false, italic: false, link: false }]] });
      const table = Array.from({ length: 450 }, (_, n) => [cell(`${n}`)]);
      document.read = () => Promise.resolve({ ok: true, value: { blocks: [{ type: 'table', rows: table }], warnings: [], cut: false } });
    });
    await rows.nth(1).click();
    const drawn = page.locator('table:not([aria-label]) td');
    const more = (left: number) => page.getByRole('button', { name: kk['document.more'].replace('{{left}}', String(left)) });
    await more(250).waitFor();
    expect(await drawn.count()).toBe(200);
    await more(250).click();
    await more(50).click();
    await drawn.nth(449).waitFor();
    expect(await more(50).count()).toBe(0);
  });
});
