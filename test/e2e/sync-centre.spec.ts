import { copyFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page, TestInfo } from '@playwright/test';
import { profilePaths } from '../../main/store/profile.ts';
import { layCable, type Cable } from '../support/desk/cable.ts';
import { expect, seenByFiler, test as cabled } from '../support/e2e/cabled-desk.ts';
import { test as plain } from '../support/e2e/fixtures.ts';
import { launchKense, mainWindow } from '../support/e2e/launch.ts';
import { Person } from '../support/e2e/person.ts';
import { runKense } from '../support/cli/run-kense.ts';

/** The window's desk has a cable of its own, so that its line can fall while the registry and another desk go on. */
const test = cabled.extend<{ readonly cable: Cable }>({
  cable: async ({ registry }, use) => {
    const cable = await layCable(registry.url);
    await use(cable);
    await cable.close();
  },
  options: async ({ cable }, use) => {
    await use(['--training', `--registry=${cable.url}`]);
  },
});
test.describe.configure({ timeout: 300_000 });
plain.describe.configure({ timeout: 300_000 });

async function begin(app: ElectronApplication, page: Page, language: 'kk' | 'ru', info: TestInfo): Promise<Person> {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768));
  const person = new Person(app, page, language, info);
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await person.chooseLanguage();
  return person;
}

async function signInSecretary(page: Page, person: Person): Promise<void> {
  await person.signIn('secretary');
  await expect(page.getByRole('row')).toHaveCount(13);
  await expect(page.getByRole('row').filter({ hasText: person.t('sig.short.not-checked') })).toHaveCount(0);
}

/** Checks and registers the filing that is open, by the keyboard; answers its cabinet number and the number it got. */
async function registerOpen(page: Page, person: Person): Promise<{ cabinetNumber: string; incomingNumber: string }> {
  const { t } = person;
  const checks = page.getByRole('region', { name: t('check.yours') }).getByRole('checkbox');
  await expect(checks.first()).toBeVisible();
  await expect(page.locator('canvas').first()).toBeVisible();
  const cabinetNumber = /\b\d{12}\b/.exec(await page.getByRole('complementary', { name: t('filing.work') }).innerText())![0];
  const count = await checks.count();
  for (let check = 1; check <= count; check++) await person.press(`Digit${check}`);
  await person.press('Control+Enter');
  await expect(page.getByRole('button', { name: t('reg.actionNext') })).toBeFocused();
  await person.press('Enter');
  const notice = page.getByRole('status', { name: t('reg.notice') });
  await expect(notice).toContainText(/9900-\d\d-\d{6}/);
  return { cabinetNumber, incomingNumber: /9900-\d\d-\d{6}/.exec(await notice.innerText())![0] };
}

/** What the core has found, also before anybody has signed in. */
async function findingOf(page: Page): Promise<string | null> {
  const answer = await page.evaluate(() => {
    type Answer = { readonly value?: { readonly finding: { readonly code: string } | null } };
    return (globalThis as unknown as { kense: { sync: { status(input: object): Promise<Answer> } } }).kense.sync.status({});
  });
  return answer.value?.finding?.code ?? null;
}

const chipOf = (page: Page) => page.getByRole('banner').getByRole('status');
const listOf = (page: Page, name: string) => page.getByRole('region', { name });

test('what waits is named with its filing while the line is down, and is gone when it is back', async ({
  app,
  page,
  cable,
  registry,
}, info) => {
  const person = await begin(app, page, 'kk', info);
  const { t } = person;
  await signInSecretary(page, person);
  await expect(chipOf(page).filter({ hasText: t('sync.online') })).toBeVisible();
  cable.out = true;
  await person.press('Enter');
  const { cabinetNumber, incomingNumber } = await registerOpen(page, person);

  await page
    .getByRole('banner')
    .getByRole('button')
    .filter({ hasText: t('sync.offline') })
    .press('Enter');
  const waiting = listOf(page, t('sync.waiting'));
  const row = waiting
    .getByRole('listitem')
    .filter({ hasText: cabinetNumber })
    .filter({ hasText: t('outbox.filing.register') });
  await expect(row).toContainText(incomingNumber);
  await expect(row).toContainText(t('sync.waitsForLine'));
  await expect(page.getByText(t('sync.offlineBanner'))).toBeVisible();
  await expect(page.getByText(new RegExp(t('sync.nextAt', { when: '\\d\\d:\\d\\d:\\d\\d' })))).toBeVisible();
  await expect(listOf(page, t('sync.parkedTitle'))).toContainText(t('sync.nothingParked'));
  await person.look('sync-offline');

  cable.out = false;
  await person.press('F5');
  await expect(waiting).toContainText(t('sync.nothingWaits'));
  await expect(chipOf(page)).toHaveText(t('sync.online'));
  expect(await seenByFiler(registry, cabinetNumber)).toMatchObject({ incomingNumber, talon: true });
  await person.look('sync-online');
  await person.press('Escape');
  await expect(page.getByRole('complementary', { name: t('filing.work') })).toBeVisible();
});

test('a filing that another desk registered meanwhile is compared fact by fact and taken over with a reason', async ({
  app,
  page,
  cable,
  registry,
}, info) => {
  const profile = info.outputPath('second-desk');
  const office = async (...args: string[]) => {
    const run = await runKense(['office', ...args, '--profile', profile, '--json'], { home: info.outputPath('home'), input: '123456' });
    expect(run.code, `${args.join(' ')}: ${run.stdout}`).toBe(0);
    return JSON.parse(run.stdout) as unknown;
  };
  const person = await begin(app, page, 'ru', info);
  const { t } = person;
  await signInSecretary(page, person);
  await person.press('Enter');
  await expect(
    page
      .getByRole('region', { name: t('check.yours') })
      .getByRole('checkbox')
      .first(),
  ).toBeVisible();
  await office('enrol', '--registry', registry.url, '--code', registry.enrolmentCode, '--training');
  await office('pull');
  cable.out = true;
  const lost = await registerOpen(page, person);

  const queue = (await office('queue')) as { id: string; cabinetNumber: string }[];
  const { id } = queue.find((row) => row.cabinetNumber === lost.cabinetNumber)!;
  await office('sign-in', '--key', path.join(profile, 'training', 'keys', 'office-head.p12'), '--pin-stdin');
  await office('take-over', id, '--reason', 'Байланыс жоқ');
  const kept = (await office('register', id)) as { incomingNumber: string };
  await office('sync');
  expect(kept.incomingNumber).not.toBe(lost.incomingNumber);

  cable.out = false;
  await person.press('F5');
  await expect(chipOf(page)).toHaveText(t('sync.parked_one', { count: 1 }));
  await page
    .getByRole('banner')
    .getByRole('button')
    .filter({ hasText: t('sync.parked_one', { count: 1 }) })
    .press('Enter');
  const parked = listOf(page, t('sync.parkedTitle'));
  await expect(parked).toContainText(t('parked.already-registered.why'));
  await expect(parked).toContainText(t('parked.already-registered.do'));
  await person.look('sync-parked');

  await parked.getByRole('button', { name: t('sync.compare') }).press('Enter');
  const dialog = page.getByRole('dialog');
  const fact = (name: string) => dialog.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
  await expect(fact(t('conflict.fact.incomingNumber'))).toContainText(lost.incomingNumber);
  await expect(fact(t('conflict.fact.incomingNumber'))).toContainText(kept.incomingNumber);
  await expect(fact(t('conflict.fact.incomingNumber'))).toContainText(t('conflict.differs'));
  await expect(fact(t('conflict.fact.joinsCase'))).toContainText(t('conflict.same'));
  await expect(dialog).toContainText(t('conflict.ruleText'));
  await expect(dialog.getByRole('button', { name: t('conflict.take') })).toBeDisabled();
  await person.look('conflict');
  await dialog.getByRole('textbox').fill('Другое рабочее место зарегистрировало раньше');
  await dialog.getByRole('button', { name: t('conflict.take') }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(parked).toContainText(t('sync.itemGone'));
  await expect(chipOf(page)).toHaveText(t('sync.online'));
  expect(await seenByFiler(registry, lost.cabinetNumber)).toMatchObject({ incomingNumber: kept.incomingNumber });

  await person.press('Control+1');
  await person.press('Control+2');
  await page.getByRole('row').filter({ hasText: kept.incomingNumber }).click();
  await expect(page.getByRole('complementary', { name: t('filing.work') })).toContainText(kept.incomingNumber);
  await person.press('Alt+Digit4');
  const history = page.getByRole('tabpanel').filter({ hasText: t('journal.registry.taken') });
  await expect(history).toContainText('Другое рабочее место зарегистрировало раньше');
  await expect(history).toContainText(lost.incomingNumber);
});

test('a program that is too old keeps on registering and sends by itself when it may', async ({ app, page, registry }, info) => {
  const person = await begin(app, page, 'ru', info);
  const { t } = person;
  await signInSecretary(page, person);
  await registry.stop();
  await registry.start(['--minimum-desk', '99.0.0']);
  await person.press('F5');
  await expect(chipOf(page).filter({ hasText: t('sync.updateNeeded') })).toBeVisible();
  await person.press('Enter');
  const { cabinetNumber } = await registerOpen(page, person);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: t('sync.title') })
    .press('Enter');
  await expect(page.getByText(/99\.0\.0/).first()).toBeVisible();
  const waiting = listOf(page, t('sync.waiting')).getByRole('listitem').filter({ hasText: cabinetNumber });
  await expect(waiting.filter({ hasText: t('outbox.filing.register') })).toBeVisible();
  await expect(listOf(page, t('sync.parkedTitle'))).toContainText(t('sync.nothingParked'));
  await person.look('update-needed');
  await registry.stop();
  await registry.start();
  await person.press('F5');
  await expect(chipOf(page)).toHaveText(t('sync.online'));
  expect(await seenByFiler(registry, cabinetNumber)).toMatchObject({ talon: true });
});

plain(
  'a database that was put back to an older copy is found, shown, and goes on by decision of the head',
  async ({ desk, faults }, info) => {
    const { database } = profilePaths(path.join(desk, 'training'));
    const older = info.outputPath('older.db');
    const open = async () => {
      const app = await launchKense({ userData: desk, args: ['--training'] });
      const page = await mainWindow(app);
      page.on('pageerror', (error) => faults.push(error.message));
      return { app, page, person: await begin(app, page, 'kk', info) };
    };
    const first = await open();
    await signInSecretary(first.page, first.person);
    await expect(chipOf(first.page).filter({ hasText: first.person.t('sync.online') })).toBeVisible();
    await first.app.close();
    copyFileSync(database, older);
    const second = await open();
    await signInSecretary(second.page, second.person);
    await second.person.press('Enter');
    await registerOpen(second.page, second.person);
    await second.person.press('F5');
    await expect(chipOf(second.page)).toHaveText(second.person.t('sync.online'));
    await second.app.close();
    copyFileSync(older, database);

    const { app, page, person } = await open();
    const { t } = person;
    // signing in writes to the journal, and then it would be called an edited one
    await expect.poll(() => findingOf(page)).toBe('journal-rolled-back');
    await person.signIn('secretary');
    await expect(chipOf(page)).toHaveText(t('sync.findingTitle'));
    await page
      .getByRole('banner')
      .getByRole('button')
      .filter({ hasText: t('sync.findingTitle') })
      .press('Enter');
    const finding = page.getByRole('alert').filter({ hasText: t('error.journal-rolled-back.title') });
    await expect(finding).toContainText(t('error.journal-rolled-back.action'));
    await expect(finding).toContainText(t('sync.findingWho'));
    await expect(finding.getByRole('button')).toHaveCount(0);
    await person.look('finding-secretary');
    await person.signOut();
    await person.signIn('office-head');
    await page
      .getByRole('banner')
      .getByRole('button')
      .filter({ hasText: t('sync.findingTitle') })
      .press('Enter');
    await expect(finding.getByRole('button', { name: t('sync.findingAccept') })).toBeDisabled();
    await finding.getByRole('textbox').fill('Дискі ауыстырылды, көшірме әдейі қайтарылды');
    await person.look('finding-head');
    await finding.getByRole('button', { name: t('sync.findingAccept') }).press('Enter');
    await expect(finding).toBeHidden();
    await expect(chipOf(page)).toHaveText(t('sync.online'));
    await app.close();
  },
);
