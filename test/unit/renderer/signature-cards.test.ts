import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import type { SignatureState } from '../../../shared/contract/index.ts';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import ru from '../../../resources/locales/ru.json' with { type: 'json' };
import { worstFirst } from '../../../renderer/features/signatures/worst-first.ts';
import { makeFiling } from '../../support/renderer/fake-data.ts';
import { callsOf } from '../../support/renderer/look-at-page.ts';
import { hasBrowser, useFakeWindow, type WindowPage } from '../../support/renderer/window-page.ts';

const LOCALES = { kk, ru };
/** The number of a made-up filing whose worst signature, that of its main document, is in this state. */
const numberOf = (state: SignatureState) =>
  Array.from({ length: 24 }, (_, n) => n).find((n) => {
    const { documents } = makeFiling(n);
    const [worst] = worstFirst(documents);
    return worst?.state === state && worst.document === documents[0];
  })!;

describe.skipIf(!hasBrowser)('the signature cards in a browser', { timeout: 120_000 }, () => {
  const window = useFakeWindow();

  async function openFiling(state: SignatureState, options: Parameters<typeof window.open>[0] = {}): Promise<WindowPage> {
    const opened = await window.open({ signedIn: 'secretary', ...options });
    const { page } = opened;
    const id = makeFiling(numberOf(state)).id;
    await page.locator(`[data-row-id="${id}"]`).dblclick();
    await page.getByRole('tablist').last().waitFor();
    await page.keyboard.press('Alt+Digit2');
    await page.locator('article, [data-state]').first().waitFor();
    return opened;
  }
  const end = async ({ page, breaches }: WindowPage) => {
    expect(await breaches()).toEqual([]);
    await page.context().close();
  };
  const firstCard = (page: Page) => page.getByRole('tabpanel').last().locator('[data-state]').first();

  test.each(['kk', 'ru'] as const)(
    'each of the six states has its own sign, its words and, where something is to be done, one step (%s)',
    async (language) => {
      const locale = LOCALES[language];
      const signs = new Map<string, string>();
      for (const state of ['valid', 'check-signer', 'undecided', 'not-checked', 'invalid', 'absent'] as const) {
        const opened = await openFiling(state, { settings: { language } });
        const card = firstCard(opened.page);
        expect(await card.getAttribute('data-state')).toBe(state);
        expect(await card.getByRole('heading').innerText()).toBe(locale[`sig.${state}`]);
        const reasons = await card.getByText(`${locale['sig.why']}:`).count();
        expect(reasons).toBe(['check-signer', 'undecided', 'invalid'].includes(state) ? 1 : 0);
        expect(await card.getByText(`${locale['sig.whatToDo']}:`).count()).toBe(reasons);
        signs.set(state, await card.locator('svg').first().innerHTML());
        const tab = opened.page.getByRole('tab').first();
        expect(await tab.locator('svg').innerHTML(), 'the same sign stands on the document').toBe(signs.get(state));
        expect(await tab.innerText()).toContain(locale[`sig.short.${state}`]);
        await end(opened);
      }
      expect(new Set(signs.values()).size).toBe(6);
    },
  );

  test('a state that may still change says when it is tried again and can be tried now; the answer is said', async () => {
    const opened = await openFiling('undecided');
    const { page } = opened;
    const card = firstCard(page);
    await card.getByText(/Келесі тексеру: /).waitFor();
    await page.keyboard.press('r');
    await page
      .getByRole('status')
      .filter({ hasText: /қайта тексерілді, нәтиже өзгерген жоқ/ })
      .waitFor();
    expect(await callsOf(page, 'filing.recheck')).toHaveLength(1);
    await end(opened);
  });

  test('a broken signature leads to the marking of defects', async () => {
    const opened = await openFiling('invalid');
    await firstCard(opened.page).getByRole('button', { name: kk['sig.markDefect'] }).press('Enter');
    await opened.page.getByRole('textbox').or(opened.page.getByRole('checkbox')).first().waitFor();
    expect(await opened.page.getByRole('tabpanel').count()).toBe(1);
    await end(opened);
  });

  test('a sound signature after the first is a line that opens; a problem never shrinks', async () => {
    const opened = await openFiling('invalid');
    const { page } = opened;
    const panel = page.getByRole('tabpanel').last();
    expect(await panel.locator('article[data-state="invalid"]').count()).toBe(1);
    const lines = panel.locator('button[data-state="valid"]');
    expect(await lines.count()).toBeGreaterThan(0);
    expect(await lines.first().innerText()).not.toMatch(/\d{12}/);
    const before = await panel.locator('article').count();
    await lines.first().press('Enter');
    expect(await panel.locator('article').count()).toBe(before + 1);
    await end(opened);
  });

  test('the list of checks is in words by subject, and the facts hold the codes', async () => {
    const opened = await openFiling('invalid');
    const card = firstCard(opened.page);
    await card.locator('[data-view="checks"] summary').press('Enter');
    const digest = card.locator('[data-check-id="cryptography.digest"]');
    expect(await digest.innerText()).toContain(kk['sigCheck.cryptography.digest']);
    expect(await digest.innerText()).toContain(`${kk['sigResult.fail']}: ${kk['sigCode.content-changed']}`);
    expect(await card.getByRole('heading', { level: 3 }).allInnerTexts()).toContain(kk['sigGroup.content']);
    await card.locator('[data-view="facts"] summary').press('Enter');
    const facts = await card.locator('[data-view="facts"]').innerText();
    expect(facts).toContain('TOTAL-FAILED · HASH_FAILURE');
    expect(facts).toContain('kz-incoming · 2026-1');
    expect(facts).toContain(makeFiling(numberOf('invalid')).documents[0]!.sha256);
    await end(opened);
  });

  test('the protocol is saved by the core, as a paper or as data, and the window says so', async () => {
    const opened = await openFiling('valid');
    const { page } = opened;
    await page.getByRole('button', { name: kk['sig.saveProtocol'], exact: true }).press('Enter');
    await page.getByRole('status').filter({ hasText: kk['sig.protocolSaved'] }).waitFor();
    await page.getByRole('button', { name: kk['sig.saveProtocolJson'] }).press('Enter');
    const filingId = makeFiling(numberOf('valid')).id;
    await expect
      .poll(() => callsOf(page, 'protocol.save'))
      .toEqual([
        { filingId, format: 'pdf' },
        { filingId, format: 'json' },
      ]);
    await end(opened);
  });

  test('the number of a signer that the program has compared is not left on the screen', async () => {
    const sound = await openFiling('valid');
    expect(await firstCard(sound.page).locator('dl').first().innerText()).not.toMatch(/\d{12}/);
    await end(sound);
    const foreign = await openFiling('check-signer');
    expect(await firstCard(foreign.page).locator('dl').first().innerText()).toMatch(/\d{12}/);
    await end(foreign);
  });
});
