import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { submitFiling } from '../../main/sync/cabinet-client.ts';
import { REGISTRY_PATHS } from '../../shared/registry/index.ts';
import { runKense } from '../support/cli/run-kense.ts';
import { expect, test as base } from '../support/e2e/fixtures.ts';
import { Person, TRAINING_PIN } from '../support/e2e/person.ts';
import { TestRegistry } from '../support/e2e/registry.ts';
import { saveTo } from '../support/e2e/save-to.ts';
import { startGateway, type GatewayServer } from '../support/gateway.ts';
import { startMailServer, type MailServer } from '../support/smtp/mail-server.ts';

const SENDER = 'Әлия Қуанышқызы Өмірбекова';
const BY_MAIL = '«Өркен» ЖШС';
const BY_POST = 'Ғалымжанов Әділет';
const ADDRESS = 'Алматы қаласы, Әл-Фараби даңғылы, 77-үй';

type Court = {
  readonly registry: TestRegistry;
  readonly gateway: GatewayServer;
  readonly mail: MailServer;
  /** Ends the registry and starts it again as it was. */
  readonly pullCable: () => Promise<void>;
  readonly putBack: () => Promise<void>;
};
type Filing = { readonly id: string; readonly cabinetNumber: string };

/** A court with ways out: a gateway for push and SMS and a mail server; a ruling is signed at the desk and confirmed. */
const test = base.extend<{ readonly court: Court; readonly filing: Filing }>({
  court: async ({ desk }, use) => {
    const mail = await startMailServer({ starttls: true });
    const gateway = await startGateway(() => 202);
    const notifications = path.join(desk, 'notifications.json');
    writeFileSync(
      notifications,
      JSON.stringify({
        smtp: {
          host: 'localhost',
          port: mail.port,
          ca: mail.ca,
          from: { name: 'Соттардың орталық тізілімі', address: 'tizilim@sot.example' },
        },
        gateway: { url: gateway.url, secret: 'shared with the gateway of this test', channels: ['push', 'sms'] },
        pollSeconds: 0.2,
      }),
    );
    const registry = new TestRegistry(path.join(desk, 'training-registry'));
    const start = () => registry.start(['--notifications', notifications]);
    await start();
    await use({ registry, gateway, mail, pullCable: () => registry.stop(), putBack: start });
    await registry.stop();
    await gateway.stop();
    await mail.stop();
  },
  filing: async ({ desk, court }, use) => {
    const profile = path.join(desk, 'training');
    const file = path.join(profile, 'profile.json');
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), registryUrl: court.registry.url }));
    const home = mkdtempSync(path.join(os.tmpdir(), 'kense-home-'));
    const keys = path.join(profile, 'training', 'keys');
    const office = async (...args: string[]) => {
      const run = await runKense(['office', ...args, '--profile', profile], { home, input: `${TRAINING_PIN}\n` });
      expect(run.code, `${args[0]}: ${run.stderr}`).toBe(0);
    };
    const parties = [
      { side: 'claimant', type: 'person', iin: '870131400012', name: SENDER, phone: '+7 701 000 00 01' },
      { side: 'respondent', type: 'organisation', name: BY_MAIL, email: 'orken@example.kz' },
      { side: 'third_party', type: 'person', name: BY_POST, address: ADDRESS },
    ];
    const documents = [{ role: 'claim', title: 'Талап қою', file: 'talap.pdf', signatures: [] }];
    const folder = { court: '9900', kind: 'claim', language: 'kk' as const, parties, documents };
    const read = () => Promise.resolve(new Uint8Array(Buffer.from('%PDF-1.7 талап')));
    const sent = await submitFiling({ registryUrl: court.registry.url, folder, read, idempotencyKey: newId() });
    if (!sent.ok) throw new Error(sent.error.code);
    const { id } = sent.value;
    await office('sign-in', '--key', path.join(keys, 'secretary.p12'), '--pin-stdin');
    await office('pull');
    await office('flag', id, '--defect', 'signature');
    await office('register', id);
    await office('sync');
    await office('sign-act', id, '--key', path.join(keys, 'judge.p12'), '--pin-stdin', '--unsent');
    await office('sync');
    await use(sent.value);
  },
  options: async ({ court, filing }, use) => {
    expect(filing.id).not.toBe('');
    await use(['--training', `--registry=${court.registry.url}`]);
  },
});

test.describe.configure({ timeout: 300_000 });

test('an act goes to people by cabinet, push, e-mail and letter, and what becomes of it comes back', async ({
  app,
  page,
  court,
  filing,
}, info) => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768));
  const person = new Person(app, page, 'kk', info);
  const { t } = person;
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await person.chooseLanguage();
  await person.signIn('secretary');
  const inCabinet = async () => {
    const status = (await (await fetch(court.registry.url + REGISTRY_PATHS.cabinetStatus(filing.cabinetNumber))).json()) as {
      acts: { id: string }[];
    };
    return status.acts;
  };
  expect(await inCabinet(), 'the signature has sent it to nobody').toEqual([]);

  await person.press('Control+3');
  const rows = page.getByRole('grid', { name: t('dispatch.title') }).getByRole('row');
  const row = rows.filter({ hasText: SENDER });
  await expect(row).toContainText(t('dispatch.notSent'));
  await person.look('dispatch-list');
  await row.press('Enter');
  await expect(page.getByRole('heading', { name: t('dispatch.people') })).toBeVisible();
  await expect(page.getByText(t('dispatch.issued'))).toBeVisible();
  for (const name of [BY_MAIL, BY_POST]) await page.getByRole('checkbox', { name, exact: true }).press('Space');
  const ways = (name: string) => page.getByRole('group', { name: t('dispatch.ways', { name }) });
  await expect(ways(BY_POST).getByRole('textbox')).toHaveValue(ADDRESS);
  await expect(ways(BY_MAIL).getByRole('checkbox', { name: t('channel.email') })).toBeChecked();
  await person.look('dispatch-people');
  await person.press('Control+Enter');

  const card = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
  await expect(card(SENDER)).toContainText(t('dispatch.state.sent'));
  await expect(card(SENDER)).toContainText('gateway-202');
  const told = court.gateway.got.find(({ body }) => body['channel'] === 'push')!;
  expect(told.body['to']).toEqual({ cabinetNumber: filing.cabinetNumber });
  const mail = await court.mail.next();
  expect(mail.to).toEqual(['orken@example.kz']);
  await expect(card(BY_MAIL)).toContainText('smtp-250');
  await expect(card(BY_POST)).toContainText(t('dispatch.task.letter'));
  await expect(card(BY_POST)).not.toContainText(t('dispatch.state.sent'));
  await person.look('dispatch-sent');

  const [act] = await inCabinet();
  const read = await fetch(court.registry.url + REGISTRY_PATHS.cabinetAct(filing.cabinetNumber, act!.id));
  expect(read.status).toBe(200);
  await expect(card(SENDER)).toContainText(t('dispatch.state.read'));

  const save = async (button: string, dialogName: string, file: string) => {
    const saved = await saveTo(app, info, file);
    await page.getByRole('button', { name: button }).press('Enter');
    const paper = page.getByRole('dialog', { name: dialogName });
    await expect(paper.locator('canvas').first()).toBeVisible();
    await person.look(file.replace('.pdf', ''));
    await paper.getByRole('button', { name: t('dispatch.savePaper') }).press('Enter');
    await expect.poll(() => existsSync(saved)).toBe(true);
    await person.press('Escape');
    await expect(paper).toBeHidden();
    return execFileSync('pdftotext', ['-layout', saved, '-'], { encoding: 'utf8' });
  };
  expect(await save(t('dispatch.letterFor', { name: BY_POST }), t('dispatch.paper.letter'), 'letter.pdf')).toContain(ADDRESS);
  expect(await save(t('dispatch.paper.check'), t('dispatch.paper.check'), 'check.pdf')).toContain('ТЕКСЕРУ ПАРАҒЫ');

  const recordLetter = async (fill: () => Promise<void>) => {
    await page.getByRole('button', { name: t('dispatch.recordFor', { name: BY_POST }) }).press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await fill();
    await person.press('Control+Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
  };
  await recordLetter(() => page.getByRole('textbox', { name: t('dispatch.postalNumber') }).fill('RR123456789KZ'));
  await expect(card(BY_POST)).toContainText(t('dispatch.state.sent'));
  await expect(card(BY_POST)).toContainText('RR123456789KZ');

  await court.pullCable();
  await expect(page.getByText(t('dispatch.offline'))).toBeVisible({ timeout: 60_000 });
  await recordLetter(() => Promise.resolve());
  await expect(card(BY_POST)).toContainText(t('proceedings.standing.waiting'));
  await expect(card(BY_POST)).not.toContainText(t('dispatch.state.delivered'));
  await person.look('dispatch-offline');
  await court.putBack();
  await expect(card(BY_POST)).toContainText(t('dispatch.state.delivered'), { timeout: 90_000 });
  expect(await save(t('dispatch.paper.protocol'), t('dispatch.paper.protocol'), 'protocol.pdf')).toContain('RR123456789KZ');
});
