import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { REGISTRY_PATHS, type CabinetHearings, type Fulfilment } from '../../shared/registry/index.ts';
import { expect, seenByFiler, test } from '../support/e2e/cabled-desk.ts';
import { chooseIn } from '../support/e2e/choose-in.ts';
import type { TestRegistry } from '../support/e2e/registry.ts';
import { atTheDoor, openArrived, OTHER_SIDE, registerWithDefect, SENDER, submitWithoutPapers } from '../support/e2e/without-papers.ts';

test.describe.configure({ timeout: 300_000 });

const MINUTES = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';

async function read<T>({ url }: TestRegistry, path: string): Promise<T> {
  return (await (await fetch(url + path)).json()) as T;
}

/** A day next month that the court works on, as a clerk writes it. */
function dayOf(offset: number): string {
  const day = new Date(Date.now() + (30 + offset) * 24 * 3_600_000);
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10).split('-').reverse().join('.');
}

const sectionOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test('a request is registered; its hearing is set and moved, people are summoned, and the answer is given', async ({
  app,
  page,
  registry,
}, info) => {
  const person = await atTheDoor(app, page, info);
  const { t } = person;
  const number = await submitWithoutPapers(registry, 'minutes_request');
  await person.signIn('secretary');
  await openArrived(page, person, number);
  await expect(page.getByRole('tab', { name: t('filing.proceedings') })).toBeHidden();
  await registerWithDefect(page, person, 'signature');
  await expect(page.getByRole('status', { name: t('reg.notice') })).toContainText(/9900-\d\d-\d{6}/);
  await expect.poll(async () => (await seenByFiler(registry, number)).state).toBe('registered');

  await person.press('Control+2');
  await page.getByRole('row').filter({ hasText: SENDER }).click();
  const hearings = sectionOf(page, t('hearing.title'));
  await expect(page.getByRole('tab', { name: t('filing.proceedings') })).toHaveAttribute('aria-selected', 'true');
  await hearings.getByRole('button', { name: t('hearing.newAction') }).press('Enter');
  const day = hearings.getByRole('textbox', { name: t('proceedings.day'), exact: true });
  await expect(day).toBeFocused();

  await person.press('Control+Enter');
  await expect(hearings.getByText(t('proceedings.dayWrong'))).toBeVisible();
  await expect(hearings.getByText(t('proceedings.placeWrong'))).toBeVisible();
  await expect(day).toBeFocused();
  await person.look('hearing-wrong');
  await page.keyboard.type(dayOf(0).replaceAll('.', ''));
  await person.press('Tab');
  await expect(day).toHaveValue(dayOf(0));
  await page.keyboard.type('1030');
  await person.press('Tab');
  await page.keyboard.type('Астана қаласы, Сарыарқа даңғылы, 1');
  await person.press('Tab');
  await page.keyboard.type('214');

  await person.press('Control+1');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await person.press('Control+2');
  await page.getByRole('row').filter({ hasText: SENDER }).click();
  await expect(hearings.getByRole('textbox', { name: t('hearing.room'), exact: true }), 'what was typed is still there').toHaveValue('214');
  await expect(hearings.getByRole('checkbox')).toHaveCount(2);
  await person.look('hearing-form');
  await hearings.getByRole('textbox', { name: t('hearing.room'), exact: true }).focus();
  await person.press('Control+Enter');
  await expect(hearings.getByText(t('hearing.confirmed'))).toBeVisible();
  const inCabinet = async () =>
    (await read<CabinetHearings>(registry, REGISTRY_PATHS.cabinetHearings(number))).hearings.map(({ room, changes, summonses }) => ({
      room,
      events: changes.map(({ event }) => event),
      summonses: summonses.length,
    }));
  await expect.poll(inCabinet).toEqual([{ room: '214', events: ['hearing-set'], summonses: 0 }]);

  await hearings.getByRole('button', { name: t('hearing.moveAction') }).press('Enter');
  await expect(day).toBeFocused();
  await hearings.getByRole('textbox', { name: t('hearing.room'), exact: true }).fill('305');
  await hearings.getByRole('radio', { name: t('hearing.mode.video') }).press('Space');
  await hearings.getByRole('textbox', { name: t('hearing.link'), exact: true }).fill('https://video.example.kz/r/7');
  await person.press('Control+Enter');
  await expect.poll(inCabinet).toEqual([{ room: '305', events: ['hearing-set', 'hearing-moved'], summonses: 0 }]);
  await expect(hearings.getByText(t('hearing.confirmed'))).toBeVisible();

  await hearings.getByRole('button', { name: t('summons.action'), exact: true }).press('Enter');
  await expect(page.getByRole('dialog').getByRole('checkbox', { checked: true })).toHaveCount(2);
  await person.look('summons-form');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('summons.issueAction') })
    .press('Enter');
  const papers = hearings.getByRole('list', { name: t('summons.title') });
  await expect(papers.getByText(t('summons.issued'), { exact: true })).toHaveCount(2);
  await expect.poll(inCabinet).toEqual([{ room: '305', events: ['hearing-set', 'hearing-moved'], summonses: 1 }]);
  await papers.getByRole('button', { name: t('summons.of', { name: OTHER_SIDE }) }).press('Enter');
  await expect(page.getByRole('dialog').locator('canvas').first()).toBeVisible();
  await person.look('summons');
  await person.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  const delivery = sectionOf(page, t('delivery.title'));
  await delivery.getByRole('button', { name: t('delivery.refresh') }).press('Enter');
  await expect(
    delivery
      .getByRole('listitem')
      .filter({ hasText: SENDER })
      .filter({ hasText: t('delivery.state.delivered') })
      .first(),
  ).toBeVisible();

  const file = info.outputPath('hattama.pdf');
  writeFileSync(file, MINUTES);
  await chooseIn(app, file);
  const answer = sectionOf(page, t('answer.title'));
  await answer.getByRole('button', { name: t('answer.action') }).press('Enter');
  await expect(answer.getByText(t('answer.nothing'))).toBeVisible();
  await answer.getByRole('button', { name: t('answer.choose') }).press('Enter');
  await answer.getByRole('textbox', { name: t('answer.documentTitle'), exact: true }).fill('Сот отырысының хаттамасы');
  await answer.getByRole('textbox', { name: t('answer.note'), exact: true }).fill('Хаттама берілді');
  await person.look('answer-form');
  await answer.getByRole('button', { name: t('answer.action') }).press('Enter');
  await expect(answer.getByText(t('answer.given'))).toBeVisible();
  await expect.poll(async () => (await seenByFiler(registry, number)).state).toBe('fulfilled');
  const given = await read<Fulfilment>(registry, REGISTRY_PATHS.cabinetFulfilment(number));
  expect(given).toMatchObject({ note: 'Хаттама берілді', documents: [{ title: 'Сот отырысының хаттамасы', fileName: 'hattama.pdf' }] });
  const bytes = await fetch(registry.url + REGISTRY_PATHS.cabinetFulfilmentDocument(number, given.documents[0]!.sha256));
  expect(await bytes.text()).toBe(MINUTES);
  await person.look('answered');

  await sectionOf(page, t('survey.title'))
    .getByRole('button', { name: t('surveySet.hearing-1') })
    .press('Enter');
  await expect(sectionOf(page, t('survey.title')).getByText(t('survey.asked'), { exact: true })).toBeVisible();
  await person.look('survey');

  await page
    .getByRole('navigation', { name: t('nav.label') })
    .getByRole('button', { name: t('nav.hearings') })
    .press('Enter');
  await page.getByRole('textbox', { name: t('proceedings.day'), exact: true }).fill(dayOf(0));
  await person.press('Enter');
  await expect(page.getByRole('row').filter({ hasText: '305' })).toContainText(t('hearing.mode.video'));
  await person.look('hearing-day');
});
