import { describe, expect, test } from 'vitest';
import kk from '../../../resources/locales/kk.json' with { type: 'json' };
import { PARKED, type FakeOffice } from '../../support/renderer/fake-kense.ts';
import { hasBrowser, useFakeWindow } from '../../support/renderer/window-page.ts';

type WithOffice = { readonly fakeOffice: FakeOffice };

describe.skipIf(!hasBrowser)('the sync centre', { timeout: 120_000 }, () => {
  const window = useFakeWindow();

  test('opens by key, keeps its rows still under the focus, compares both sides and takes the centre over with a reason', async () => {
    const { page, breaches } = await window.open({ signedIn: 'secretary', sync: { waiting: 4, parked: PARKED } });
    await page.getByRole('grid').getByRole('row').nth(1).waitFor();
    await page.getByRole('navigation').getByRole('button', { name: kk['sync.title'] }).press('Enter');
    const parked = page.getByRole('region', { name: kk['sync.parkedTitle'] });
    await parked.getByRole('button', { name: kk['sync.compare'] }).focus();
    await page.evaluate((items) => {
      const { fakeOffice } = globalThis as unknown as WithOffice;
      fakeOffice.setSync({ parked: [{ ...items[0]!, id: 'new', code: 'talon-issued', cabinetNumber: '261100429999' }, items[0]!] });
    }, PARKED);
    await parked.getByRole('button', { name: kk['sync.arrived'].replace('{{n}}', '1') }).waitFor();
    expect(await parked.getByRole('listitem').count()).toBe(1);

    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    const take = dialog.getByRole('button', { name: kk['conflict.take'] });
    await dialog
      .getByRole('row', { name: new RegExp(kk['conflict.fact.incomingNumber']) })
      .getByText(kk['conflict.differs'])
      .waitFor();
    expect(await take.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('Орталықтағы нөмір дұрыс');
    await take.click();
    await dialog.waitFor({ state: 'detached' });
    await parked.getByText(kk['sync.itemGone']).waitFor();
    const calls = await page.evaluate(() => (globalThis as unknown as WithOffice).fakeOffice.calls);
    expect(calls.filter((call) => call.name === 'sync.take-registry').map((call) => call.input)).toEqual([
      { outboxId: PARKED[0]!.id, reason: 'Орталықтағы нөмір дұрыс' },
    ]);
    expect(await breaches()).toEqual([]);
    await page.context().close();
  });

  test('the chip leads there and Esc leads back; a judge decides nothing', async () => {
    const { page } = await window.open({ signedIn: 'judge', sync: { parked: PARKED } });
    await page.getByRole('main').getByRole('region', { name: kk['act.title'] }).waitFor();
    await page.getByRole('banner').getByRole('button').first().press('Enter');
    const parked = page.getByRole('region', { name: kk['sync.parkedTitle'] });
    await parked.getByText(kk['sync.retryBySecretary']).waitFor();
    expect(await parked.getByRole('button', { name: kk['sync.retry'] }).count()).toBe(0);
    await parked.getByRole('button', { name: kk['sync.compare'] }).press('Enter');
    await page.getByRole('dialog').getByText(kk['conflict.officeDecides']).waitFor();
    expect(await page.getByRole('dialog').getByRole('button', { name: kk['conflict.take'] }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByRole('main').getByRole('region', { name: kk['act.title'] }).waitFor();
    await page.context().close();
  });

  test('says that the program is too old, and what waits meanwhile', async () => {
    const { page } = await window.open({
      signedIn: 'secretary',
      sync: { waiting: 4, connection: 'trouble', problem: 'update-needed', updateHold: { minimum: '1.2.0' } },
    });
    await page.getByRole('grid').getByRole('row').nth(1).waitFor();
    await page.getByRole('navigation').getByRole('button', { name: kk['sync.title'] }).press('Enter');
    await page
      .getByText(/1\.2\.0/)
      .first()
      .waitFor();
    await page.getByRole('region', { name: kk['sync.waiting'] }).getByText(kk['outbox.filing.register']).waitFor();
    expect(await page.getByRole('banner').getByRole('status').first().innerText()).toContain(kk['sync.updateNeeded']);
    await page.context().close();
  });
});
