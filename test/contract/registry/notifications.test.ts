import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Notifications } from '../../../registry/notifications/configuration.ts';
import type { Delivery, Recipient } from '../../../shared/registry/index.ts';
import { startGateway, type GatewayServer } from '../../support/gateway.ts';
import { keepUser } from '../../support/registry/desk.ts';
import { openPostgres } from '../../../registry/store/postgres.ts';
import { describeOnEveryDatabase, postgresPrograms } from '../../support/registry/every-database.ts';
import { submitFiling } from '../../support/registry/filer.ts';
import { NOW_MS, openRegistry } from '../../support/registry/open-registry.ts';
import { startPostgresCluster, type PostgresCluster } from '../../support/registry/postgres-cluster.ts';
import { hasMailServer, startMailServer, type Mail, type MailServer } from '../../support/smtp/mail-server.ts';

const SECRET = 'shared with the gateway of these tests';
const SENDER = 'Әлия Қуанышқызы Өмірбекова';
const FROM = { name: 'Соттардың орталық тізілімі', address: 'tizilim@sot.example' };
const sending = (more: Partial<Notifications>): Notifications => ({ pollSeconds: 0.05, retrySeconds: [0, 0], maxAgeHours: 72, ...more });
const headerOf = (mail: Mail, name: string) => mail.headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value);

/** A training office that dispatches an act to people. */
async function openOffice(fresh: Parameters<typeof openRegistry>[0], notifications: Notifications | null) {
  const lines: object[] = [];
  const open = await openRegistry(fresh, { log: (line) => lines.push(line), ...(notifications ? { notifications } : {}) });
  const desk = await open.desk();
  const clerk = await keepUser(open.client, open.registry, '9900', ['secretary']);
  const judge = await keepUser(open.client, open.registry, '9900', ['judge']);
  /** A registered filing, and an act of it that the recipients are told of. */
  async function dispatch(
    recipients: Recipient[],
    parties = [{ side: 'claimant', type: 'person', name: SENDER }] as Party[],
    language = 'kk',
  ) {
    const filing = await submitFiling(open.client, '9900', randomUUID(), { parties, language });
    const { first } = await desk.lease('incoming', 1);
    const incomingNumber = `9900-26-${String(first).padStart(6, '0')}`;
    await desk.take(filing.id, clerk);
    const at = new Date(NOW_MS).toISOString();
    const registering = { registeredAt: at, verdict: 'valid' as const, flagged: false, defects: [], caseNumber: null, joinsCase: null };
    await desk.send('filing.register', { filingId: filing.id, incomingNumber, ...registering }, clerk);
    const act = { actId: randomUUID(), ...(await desk.upload(Buffer.from(`%PDF ${filing.id}`))) };
    const issue = { ...act, filingId: filing.id, kind: 'ruling-accept', level: 'B', signedAt: at, state: 'accepted' } as const;
    await desk.send('act.issue', issue, judge);
    await desk.send('act.dispatch', { actId: act.actId, filingId: filing.id, recipients }, judge);
    const deliveries = async (): Promise<Delivery[]> => (await desk.call('listDeliveries', { path: { id: filing.id } })).json.deliveries;
    return {
      filing,
      act,
      incomingNumber,
      deliveries,
      ofAct: async () => (await deliveries()).filter(({ notice }) => notice === 'act-dispatched'),
    };
  }
  return { open, desk, dispatch, lines };
}
type Party = { side: string; type: string; name: string; phone?: string; email?: string };
type Office = Awaited<ReturnType<typeof openOffice>>;
const settled = (work: () => Promise<void>) => vi.waitFor(work, { timeout: 20_000, interval: 25 });

describe.skipIf(!hasMailServer)('e-mail', () => {
  describeOnEveryDatabase('by STARTTLS', (fresh) => {
    let server: MailServer;
    let office: Office;
    beforeAll(async () => {
      server = await startMailServer({ starttls: true });
      const smtp = { host: 'localhost', port: server.port, tls: 'starttls', ca: server.ca, from: FROM } as const;
      office = await openOffice(fresh, sending({ smtp }));
    });
    afterAll(async () => {
      await office?.open.registry.close();
      await server?.stop();
    });

    it('carries Kazakh letters in subject, names and text, and is sent when the server has it', async () => {
      const { filing, deliveries } = await office.dispatch([{ name: SENDER, channel: 'email', address: 'aliya@example.kz' }]);
      const mail = await server.next();
      expect(mail).toMatchObject({ to: ['aliya@example.kz'], from: FROM.address, tls: true, defects: [], attachments: 0 });
      expect(headerOf(mail, 'subject')).toEqual(['Сот актісі шықты']);
      expect(headerOf(mail, 'to')).toEqual([`${SENDER} <aliya@example.kz>`]);
      expect(headerOf(mail, 'from')).toEqual([`${FROM.name} <${FROM.address}>`]);
      expect(headerOf(mail, 'content-language')).toEqual(['kk']);
      expect(mail.body.replaceAll('\r\n', '\n')).toBe(
        `Құрметті ${SENDER}!\n\nОқу соты: өтінішіңіз бойынша сот актісі шықты.\n\n` +
          `Толық мәліметті Сот кабинетінен көріңіз, бірегей нөмірі ${filing.cabinetNumber}. Анықтама: 1401.\n`,
      );
      await settled(async () =>
        expect((await deliveries()).map(({ notice, via, state }) => [notice, via, state])).toEqual([
          ['registered', null, 'waiting'],
          ['act-dispatched', 'email', 'sent'],
        ]),
      );
      const [, delivery] = await deliveries();
      expect(headerOf(mail, 'message-id')).toEqual([`<${delivery?.id}.email@sot.example>`]);
    });

    it('a name or an address cannot write headers', async () => {
      const evil = `Ә\r\nBcc: spy@example.com\r\n\r\nҚош келдіңіз <x@y.z>, "${'ұ'.repeat(1500)}`;
      const parties = [{ side: 'claimant', type: 'person', name: evil, email: 'good@example.kz' }];
      const { ofAct } = await office.dispatch(
        [
          { name: evil, channel: 'email' },
          { name: evil, channel: 'email', address: 'a@example.kz\r\nBcc: spy@example.com' },
          { name: evil, channel: 'email', address: 'a@example.kz, spy@example.com' },
        ],
        parties,
      );
      // the filer is told by e-mail that it is registered, and of the act
      for (const mail of [await server.next(), await server.next()]) {
        expect(mail.to).toEqual(['good@example.kz']);
        expect(mail.defects).toEqual([]);
        expect(headerOf(mail, 'bcc')).toEqual([]);
        expect(headerOf(mail, 'to')).toHaveLength(1);
        expect(headerOf(mail, 'to')[0]!.length).toBeLessThan(120);
        expect(mail.body).not.toMatch(/^Bcc/m);
        expect(mail.body.length).toBeLessThan(500);
      }
      await settled(async () =>
        expect((await ofAct()).map(({ state, reason }) => [state, reason])).toEqual([
          ['sent', null],
          ['failed', 'address-invalid'],
          ['failed', 'address-invalid'],
        ]),
      );
    });

    it('a mailbox that does not exist has failed at once; a busy one after its attempts', async () => {
      const { ofAct } = await office.dispatch([
        { name: 'Болат', channel: 'email', address: 'nobody@gone.example' },
        { name: 'Дана', channel: 'email', address: 'somebody@busy.example' },
      ]);
      await settled(async () =>
        expect((await ofAct()).map(({ state, reason }) => [state, reason])).toEqual([
          ['failed', 'smtp-550'],
          ['failed', 'smtp-451'],
        ]),
      );
      const attempts = office.lines
        .filter((line) => 'notice' in line && 'reason' in line)
        .map((line) => (line as { reason: string }).reason);
      expect(attempts.filter((reason) => reason === 'smtp-550')).toHaveLength(1);
      expect(attempts.filter((reason) => reason === 'smtp-451')).toHaveLength(3);
    });

    it('the log names nobody', () => {
      const log = JSON.stringify(office.lines);
      for (const personal of [SENDER, 'aliya', 'example.kz', 'Болат', 'gone.example', 'Өмірбекова']) expect(log).not.toContain(personal);
      expect(log).toContain('smtp-550');
    });
  });

  it('does not go out in the clear when STARTTLS is asked for', async () => {
    const server = await startMailServer({ starttls: false });
    const smtp = { host: 'localhost', port: server.port, tls: 'starttls', from: FROM } as const;
    const office = await openOffice(() => Promise.resolve({ database: 'embedded', dataDir: null }), sending({ smtp, retrySeconds: [] }));
    const { ofAct } = await office.dispatch([{ name: SENDER, channel: 'email', address: 'aliya@example.kz' }], undefined, 'ru');
    await settled(async () => expect((await ofAct())[0]?.state).toBe('failed'));
    expect(server.taken).toEqual([]);
    await office.open.registry.close();

    const plain = await openOffice(
      () => Promise.resolve({ database: 'embedded', dataDir: null }),
      sending({ smtp: { ...smtp, tls: 'none' } }),
    );
    await plain.dispatch([{ name: SENDER, channel: 'email', address: 'aliya@example.kz' }], undefined, 'ru');
    const mail = await server.next();
    expect([mail.tls, ...headerOf(mail, 'subject')]).toEqual([false, 'Вынесен судебный акт']);
    await plain.open.registry.close();
    await server.stop();
  });
});

describeOnEveryDatabase('push and SMS', (fresh) => {
  let gateway: GatewayServer;
  let office: Office;
  let answer: (channel: string, n: number) => number = () => 200;
  beforeAll(async () => {
    gateway = await startGateway(({ body }, n) => answer(String(body['channel']), n));
    const config = { url: gateway.url, secret: SECRET, channels: ['push' as const, 'sms' as const], timeoutSeconds: 5 };
    office = await openOffice(fresh, sending({ gateway: config }));
  });
  afterAll(async () => {
    await office?.open.registry.close();
    await gateway?.stop();
  });

  let receipts = 0;
  const receipt = async (key: string, state: string, code?: string) => {
    const body = JSON.stringify({ receipts: [{ key, state, ...(code ? { code } : {}) }] });
    const timestamp = String(NOW_MS / 1000 + receipts++);
    const signature = `v1=${createHmac('sha256', SECRET).update(`${timestamp}.${body}`).digest('hex')}`;
    const headers = { 'content-type': 'application/json', 'x-kense-timestamp': timestamp, 'x-kense-signature': signature };
    return (await office.open.client.call('takeReceipts', { body, headers })).json;
  };
  const changes = async (before: number) =>
    (await office.desk.feed(before)).flatMap(({ kind, data }) => (kind === 'delivery.changed' ? [data as Delivery] : []));

  it('a message is signed, has its key, and is delivered when the gateway says so', async () => {
    const { ofAct } = await office.dispatch([{ name: 'Болат', channel: 'sms', address: '+7 (701) 123-45-67' }]);
    await settled(async () => expect((await ofAct())[0]?.state).toBe('sent'));
    const message = gateway.got.find(({ body }) => body['channel'] === 'sms')!;
    const [delivery] = await ofAct();
    expect(message.body).toEqual({
      key: `${delivery?.id}.sms`,
      channel: 'sms',
      to: { phone: '+77011234567' },
      language: 'kk',
      title: 'Сот актісі шықты',
      text: 'Оқу соты: өтінішіңіз бойынша сот актісі шықты. Анықтама: 1401.',
    });
    const timestamp = String(message.headers['x-kense-timestamp']);
    expect(message.headers['x-kense-signature']).toBe(
      `v1=${createHmac('sha256', SECRET).update(`${timestamp}.${message.text}`).digest('hex')}`,
    );
    expect(message.headers['idempotency-key']).toBe(`${delivery?.id}.sms`);

    const place = (await office.desk.feed()).length;
    expect(await receipt(`${randomUUID()}.sms`, 'delivered')).toEqual({ known: 0 });
    expect(await receipt(`${delivery?.id}.push`, 'delivered')).toEqual({ known: 0 });
    expect(await receipt(`${delivery?.id}.sms`, 'delivered')).toEqual({ known: 1 });
    await receipt(`${delivery?.id}.sms`, 'failed', 'late');
    expect((await changes(place)).map(({ id, state }) => [id, state])).toEqual([[delivery?.id, 'delivered']]);
    expect((await ofAct())[0]).toMatchObject({ name: 'Болат', channel: 'sms', via: 'sms', state: 'delivered' });
  });

  it('trouble is tried again under the same key, then the next channel; what is read in the cabinet is delivered there', async () => {
    const from = gateway.got.length;
    answer = (channel) => (channel === 'push' ? 503 : 200);
    const parties = [{ side: 'claimant', type: 'person', name: SENDER, phone: '+77010000001' }];
    const { filing, act, ofAct } = await office.dispatch([{ name: SENDER, channel: 'cabinet' }], parties);
    await settled(async () => expect((await ofAct())[0]).toMatchObject({ via: 'sms', state: 'sent' }));
    answer = () => 200;
    const [delivery] = await ofAct();
    const tried = gateway.got.slice(from).filter(({ body }) => String(body['key']).startsWith(`${delivery?.id}.`));
    expect(tried.map(({ body }) => [body['channel'], body['to']])).toEqual([
      ...Array.from({ length: 3 }, () => ['push', { cabinetNumber: filing.cabinetNumber }]),
      ['sms', { phone: '+77010000001' }],
    ]);
    expect(new Set(tried.map(({ body }) => body['key'])).size).toBe(2);
    await receipt(`${delivery?.id}.sms`, 'delivered');
    expect((await ofAct())[0]?.state).toBe('sent'); // the message came, the act has not been read
    await office.open.client.call('readAct', { path: { number: filing.cabinetNumber, actId: act.actId } });
    expect((await ofAct())[0]?.state).toBe('delivered');
  });

  it('a refusal for good and a broken line end a channel; without another one it has failed', async () => {
    answer = (_, n) => (n % 2 === 0 ? 422 : 0);
    const { ofAct } = await office.dispatch([{ name: 'Дана', channel: 'sms', address: '87012345678' }]);
    await settled(async () => expect((await ofAct())[0]?.state).toBe('failed'));
    expect(['gateway-422', 'gateway-unreachable']).toContain((await ofAct())[0]?.reason);
    answer = () => 200;
    const told = await office.dispatch([{ name: 'Ерлан', channel: 'sms', address: '87012345679' }]);
    await settled(async () => expect((await told.ofAct())[0]?.state).toBe('sent'));
    await receipt(`${(await told.ofAct())[0]?.id}.sms`, 'failed', 'absent');
    expect((await told.ofAct())[0]).toMatchObject({ state: 'failed', reason: 'receipt-absent' });
    const wrong = await office.dispatch([{ name: 'Сәуле', channel: 'sms', address: 'not a number' }]);
    await settled(async () => expect((await wrong.ofAct())[0]).toMatchObject({ state: 'failed', reason: 'address-missing' }));
  });
});

it('without a configuration nothing is sent, and everything waits to be read', async () => {
  const office = await openOffice(() => Promise.resolve({ database: 'embedded', dataDir: null }), null);
  const { deliveries } = await office.dispatch([
    { name: SENDER, channel: 'cabinet' },
    { name: 'Болат', channel: 'sms', address: '87012345678' },
  ]);
  expect((await deliveries()).map(({ channel, via, state }) => [channel, via, state])).toEqual([
    ['cabinet', null, 'waiting'],
    ['cabinet', null, 'waiting'],
    ['sms', null, 'waiting'],
  ]);
  await office.open.registry.close();
});

describe.skipIf(postgresPrograms === null)('several senders over one database', () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgresCluster(postgresPrograms!);
  });
  afterAll(() => cluster?.stop());
  const gatewayOf = ({ url }: GatewayServer) => ({ url, secret: SECRET, channels: ['sms' as const], timeoutSeconds: 5 });

  it('hand each notice over once', async () => {
    const shared = await cluster.freshDatabase();
    const fresh = () => Promise.resolve({ database: shared, dataDir: null });
    const office = await openOffice(fresh, null);
    const numbers = Array.from({ length: 60 }, (_, n) => `8701000${1000 + n}`);
    const { ofAct } = await office.dispatch(numbers.map((address) => ({ name: 'Болат', channel: 'sms', address })));
    const gateway = await startGateway(() => 200);
    const senders = await Promise.all(
      [1, 2, 3].map(() => openRegistry(fresh, { notifications: sending({ gateway: gatewayOf(gateway) }) })),
    );
    await settled(async () => expect((await ofAct()).every(({ state }) => state === 'sent')).toBe(true));
    expect(gateway.got.map(({ body }) => (body['to'] as { phone: string }).phone).sort()).toEqual(numbers);
    for (const { registry } of senders) await registry.close();
    await office.open.registry.close();
    await gateway.stop();
  });

  it('a notice whose sender died is handed over again under the same key', async () => {
    const shared = await cluster.freshDatabase();
    const fresh = () => Promise.resolve({ database: shared, dataDir: null });
    const office = await openOffice(fresh, null);
    const { ofAct } = await office.dispatch([{ name: 'Болат', channel: 'sms', address: '87010001000' }]);
    const db = openPostgres(shared);
    // as a sender leaves it that took the notice and died before it knew what became of it
    await db.query("UPDATE notice SET via = 'sms', attempts = 1, due_at = $1 WHERE asked = 'sms'", [
      new Date(NOW_MS + 120_000).toISOString(),
    ]);
    const gateway = await startGateway(() => 200);
    const options = (ms: number) => ({
      clock: () => new Date(NOW_MS + ms).toISOString(),
      notifications: sending({ gateway: gatewayOf(gateway), retrySeconds: [30] }),
    });
    const early = await openRegistry(fresh, options(119_000));
    const witness = await office.dispatch([{ name: 'Дана', channel: 'sms', address: '87010002000' }]);
    await settled(async () => expect((await witness.ofAct())[0]?.state).toBe('sent'));
    expect((await ofAct())[0]).toMatchObject({ via: 'sms', state: 'waiting' }); // its time has not come
    await early.registry.close();
    const late = await openRegistry(fresh, options(121_000));
    await settled(async () => expect((await ofAct())[0]?.state).toBe('sent'));
    expect(gateway.got.map(({ body }) => body['key'])).toEqual([`${(await witness.ofAct())[0]?.id}.sms`, `${(await ofAct())[0]?.id}.sms`]);
    await late.registry.close();
    await db.close();
    await office.open.registry.close();
    await gateway.stop();
  });

  it('what is older than it may be is not sent any more', async () => {
    const shared = await cluster.freshDatabase();
    const fresh = () => Promise.resolve({ database: shared, dataDir: null });
    const office = await openOffice(fresh, null);
    await office.dispatch([{ name: 'Болат', channel: 'sms', address: '87010001000' }]);
    await office.open.registry.close();
    const gateway = await startGateway(() => 200);
    const clock = () => new Date(NOW_MS + 72 * 3_600_000).toISOString();
    const later = await openOffice(fresh, null);
    const sender = await openRegistry(fresh, { clock, notifications: sending({ gateway: gatewayOf(gateway), maxAgeHours: 71 }) });
    const db = openPostgres(shared);
    const young = await later.dispatch([{ name: 'Дана', channel: 'sms', address: '87010002000' }]);
    await db.query('UPDATE notice SET created_at = $1 WHERE about = $2', [clock(), young.filing.id]);
    await settled(async () => expect((await young.ofAct())[0]?.state).toBe('sent'));
    expect(gateway.got.map(({ body }) => body['to'])).toEqual([{ phone: '87010002000' }]);
    await sender.registry.close();
    await later.open.registry.close();
    await db.close();
    await gateway.stop();
  });
});
