import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Delivery, DispatchStep } from '../../../shared/registry/index.ts';
import { startGateway, type GatewayServer } from '../../support/gateway.ts';
import { keepUser, type Desk } from '../../support/registry/desk.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { submitFiling } from '../../support/registry/filer.ts';
import { NOW_MS, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

const SECRET = 'shared with the gateway of these tests';
const HOUR_MS = 3_600_000;
const SMS: DispatchStep = { channel: 'sms', address: '+7 701 123 45 67', waitHours: 24 };
const EMAIL: DispatchStep = { channel: 'email', address: 'a@example.kz', waitHours: 24 };
const LETTER: DispatchStep = { channel: 'post', address: 'Алматы қаласы, Абай даңғылы, 1', waitHours: null };
const CABINET: DispatchStep = { channel: 'cabinet', address: null, waitHours: 24 };

const settled = (work: () => Promise<void>) => vi.waitFor(work, { timeout: 20_000, interval: 25 });

describeOnEveryDatabase('acts are sent to people', (fresh) => {
  let gateway: GatewayServer;
  let open: OpenRegistry;
  let desk: Desk;
  let clerk: string;
  let judge: string;
  let nowMs = NOW_MS;
  let answer: (channel: string) => number = () => 202;
  let incoming = 0;

  beforeAll(async () => {
    gateway = await startGateway(({ body }) => answer(String(body['channel'])));
    const config = { url: gateway.url, secret: SECRET, channels: ['push' as const, 'sms' as const], timeoutSeconds: 5 };
    const notifications = { gateway: config, pollSeconds: 0.05, retrySeconds: [0], maxAgeHours: 1 };
    open = await openRegistry(fresh, { clock: () => new Date(nowMs).toISOString(), notifications });
    desk = await open.desk();
    clerk = await keepUser(open.client, open.registry, '9900', ['secretary']);
    judge = await keepUser(open.client, open.registry, '9900', ['judge']);
    incoming = (await desk.lease('incoming', 50)).first;
  });
  afterAll(async () => {
    await open?.registry.close();
    await gateway?.stop();
  });

  /** An issued act of a filing, sent to nobody yet. */
  async function issued() {
    const parties = [{ side: 'claimant', type: 'person', name: 'Әлия Қуанышқызы' }];
    const filing = await submitFiling(open.client, '9900', randomUUID(), { parties });
    const incomingNumber = `9900-26-${String(incoming++).padStart(6, '0')}`;
    await desk.take(filing.id, clerk);
    const at = new Date(nowMs).toISOString();
    const registering = { registeredAt: at, verdict: 'valid' as const, flagged: false, defects: [], caseNumber: null, joinsCase: null };
    await desk.send('filing.register', { filingId: filing.id, incomingNumber, ...registering }, clerk);
    const act = { actId: randomUUID(), ...(await desk.upload(Buffer.from(`%PDF ${filing.id}`))) };
    const issue = { ...act, filingId: filing.id, kind: 'ruling-accept', level: 'B', signedAt: at, state: 'accepted' } as const;
    expect((await desk.send('act.issue', issue, judge)).outcome).toBe('applied');
    return { filing, act };
  }
  type Issued = Awaited<ReturnType<typeof issued>>;

  /** Sends to one person; answers how to see what became of it. */
  async function send({ filing, act }: Issued, steps: DispatchStep[], reads = false, name = 'Болат') {
    const id = randomUUID();
    const recipients = [{ id, name, filingId: reads ? filing.id : null, steps }];
    const sent = await desk.send('dispatch.send', { actId: act.actId, filingId: filing.id, recipients }, clerk);
    return { id, sent, see: async () => (await deliveries(filing.id)).find((delivery) => delivery.id === id) };
  }
  async function advance(hours: number) {
    nowMs += hours * HOUR_MS;
    await desk.renewToken();
  }
  const deliveries = async (filingId: string): Promise<Delivery[]> =>
    (await desk.call('listDeliveries', { path: { id: filingId } })).json.deliveries.filter(({ steps }: Delivery) => steps !== undefined);
  let receipts = 0;
  async function receipt(key: string, state: 'delivered' | 'failed', code?: string) {
    const body = JSON.stringify({ receipts: [{ key, state, ...(code ? { code } : {}) }] });
    const timestamp = String(Math.floor(nowMs / 1000) + receipts++);
    const signature = `v1=${createHmac('sha256', SECRET).update(`${timestamp}.${body}`).digest('hex')}`;
    const headers = { 'content-type': 'application/json', 'x-kense-timestamp': timestamp, 'x-kense-signature': signature };
    return (await open.client.call('takeReceipts', { body, headers })).json.known as number;
  }
  const tell = (delivery: Delivery | undefined) => delivery?.attempts?.map(({ channel, outcome, code }) => [channel, outcome, code]);

  it('nothing is sent of an act that the registry does not hold, and nobody sees it', async () => {
    const known = await issued();
    const unknown = { ...known, act: { ...known.act, actId: randomUUID() } };
    expect((await send(unknown, [CABINET], true)).sent).toMatchObject({ outcome: 'refused', code: 'not-found' });
    expect(await deliveries(known.filing.id)).toEqual([]);
    const asked = { path: { number: known.filing.cabinetNumber, actId: known.act.actId } };
    expect((await open.client.call('readAct', asked)).status).toBe(404);
  });

  it('in the cabinet it lies at once, and reading it there ends the ladder with its time', async () => {
    const one = await issued();
    const { id, sent, see } = await send(one, [CABINET, SMS], true);
    expect(sent.filing?.acts).toEqual([expect.objectContaining({ dispatched: true })]);
    expect(await see()).toMatchObject({
      ...{ channel: 'cabinet', via: 'cabinet', state: 'sent', nextAt: new Date(nowMs + 24 * HOUR_MS).toISOString() },
    });
    await advance(1);
    await open.client.call('readAct', { path: { number: one.filing.cabinetNumber, actId: one.act.actId } });
    const read = await see();
    expect(read).toMatchObject({ state: 'read', nextAt: null });
    expect(read?.attempts?.at(-1)).toMatchObject({ channel: 'cabinet', outcome: 'read', at: new Date(nowMs).toISOString() });
    const told = (await desk.feed()).flatMap(({ kind, subject, data }) =>
      kind === 'delivery.changed' && subject === id ? [data as Delivery] : [],
    );
    expect(told.map(({ state }) => state)).toEqual(['sent', 'read']);
    await open.client.call('readAct', { path: { number: one.filing.cabinetNumber, actId: one.act.actId } });
    expect((await see())?.attempts).toHaveLength(2);
  });

  it('is sent when the gateway has taken it, with the key and the answer; a receipt delivers it', async () => {
    const { id, see } = await send(await issued(), [SMS, LETTER]);
    await settled(async () => expect((await see())?.state).toBe('sent'));
    expect((await see())?.attempts).toEqual([
      expect.objectContaining({ channel: 'sms', outcome: 'sent', code: 'gateway-202', reference: `${id}.sms`, by: null }),
    ]);
    expect(await receipt(`${id}.push`, 'delivered')).toBe(0);
    expect(await receipt(`${id}.sms`, 'delivered')).toBe(1);
    expect(await receipt(`${id}.sms`, 'failed', 'late')).toBe(1);
    expect(await see()).toMatchObject({ state: 'delivered', nextAt: null });
    expect(tell(await see())).toEqual([
      ['sms', 'sent', 'gateway-202'],
      ['sms', 'delivered', null],
    ]);
  });

  it('without a receipt the next channel comes when its time is over, and the letter last of all', async () => {
    const { see } = await send(await issued(), [SMS, EMAIL, LETTER]);
    await settled(async () => expect((await see())?.state).toBe('sent'));
    await advance(23);
    const witness = await send(await issued(), [SMS], false, 'Дана');
    await settled(async () => expect((await witness.see())?.state).toBe('sent'));
    expect(await see()).toMatchObject({ state: 'sent', via: 'sms' }); // its time has not come
    await advance(1);
    // no mail server is named in this configuration: that way fails, and says so
    await settled(async () => expect(await see()).toMatchObject({ state: 'waiting', via: 'post', nextAt: null }));
    expect(tell(await see())).toEqual([
      ['sms', 'sent', 'gateway-202'],
      ['email', 'failed', 'channel-closed'],
    ]);
  });

  it('trouble is tried again, then the next channel', async () => {
    answer = () => 503;
    const { see } = await send(await issued(), [SMS, LETTER]);
    await settled(async () => expect(await see()).toMatchObject({ state: 'waiting', via: 'post', reason: null }));
    answer = () => 202;
    expect(tell(await see())).toEqual([
      ['sms', 'retry', 'gateway-503'],
      ['sms', 'retry', 'gateway-503'],
    ]);
  });

  it('a letter is handed over by a person, with its number and day, and comes back or not', async () => {
    const one = await issued();
    const { id, see } = await send(one, [LETTER]);
    expect(await see()).toMatchObject({ state: 'waiting', via: 'post', attempts: [] });
    const record = (event: 'handed-over' | 'returned' | 'delivered', number: string | null) =>
      desk.send('dispatch.record', { deliveryId: id, filingId: one.filing.id, event, at: '2026-11-20T05:00:00.000Z', number }, clerk);
    expect((await record('handed-over', 'RR123456789KZ')).outcome).toBe('applied');
    expect(await see()).toMatchObject({ state: 'sent' });
    expect((await see())?.attempts).toEqual([
      { channel: 'post', at: '2026-11-20T05:00:00.000Z', outcome: 'sent', code: null, reference: 'RR123456789KZ', by: clerk },
    ]);
    await record('returned', null);
    expect(await see()).toMatchObject({ state: 'failed', reason: 'letter-returned' });
    const again = { deliveryId: id, filingId: one.filing.id, steps: [{ ...LETTER, address: 'Алматы қаласы, Төле би көшесі, 2' }] };
    expect((await desk.send('dispatch.resend', again, judge)).outcome).toBe('applied');
    expect(await see()).toMatchObject({ state: 'waiting', via: 'post', steps: again.steps });
    await record('delivered', null);
    expect(await see()).toMatchObject({ state: 'delivered' });
  });

  it('sent once more a message has a key of its own, and a late answer about the first does not end the second', async () => {
    const one = await issued();
    answer = () => 422;
    const { id, see } = await send(one, [SMS]);
    await settled(async () => expect((await see())?.state).toBe('failed'));
    answer = () => 202;
    const steps = [{ ...SMS, address: '87017654321' }];
    await desk.send('dispatch.resend', { deliveryId: id, filingId: one.filing.id, steps }, clerk);
    await settled(async () => expect((await see())?.state).toBe('sent'));
    const keys = gateway.got.map(({ body }) => String(body['key'])).filter((key) => key.startsWith(id));
    expect(keys).toEqual([`${id}.sms`, `${id}.sms.2`]);
    await receipt(`${id}.sms.2`, 'delivered');
    expect((await see())?.state).toBe('delivered');
    // what has reached the person is not begun anew
    await desk.send('dispatch.resend', { deliveryId: id, filingId: one.filing.id, steps }, clerk);
    expect((await see())?.state).toBe('delivered');
  });

  it('two people with one name are both told, each once', async () => {
    const { filing, act } = await issued();
    const sent = async (namesake?: number) => {
      const recipient = {
        id: randomUUID(),
        name: 'Болат',
        filingId: null,
        steps: [LETTER],
        ...(namesake === undefined ? {} : { namesake }),
      };
      const answer = await desk.send('dispatch.send', { actId: act.actId, filingId: filing.id, recipients: [recipient] }, clerk);
      expect(answer.outcome).toBe('applied');
      return recipient.id;
    };
    const [father, son] = [await sent(), await sent(1)];
    await sent();
    await sent(1);
    const told = await deliveries(filing.id);
    expect(told.map(({ id, name, namesake }) => [id, name, namesake])).toEqual([
      [father, 'Болат', undefined],
      [son, 'Болат', 1],
    ]);
  });

  it('nobody is told twice of one act, whoever sends it', async () => {
    const one = await issued();
    const { id, see } = await send(one, [LETTER]);
    const second = await send(one, [SMS]);
    expect(second.sent.outcome).toBe('applied');
    expect(await second.see()).toBeUndefined();
    expect(await see()).toMatchObject({ id, via: 'post' });
    expect(await deliveries(one.filing.id)).toHaveLength(1);
  });

  it('a delivery is moved only by the filing it is about', async () => {
    const [one, two] = [await issued(), await issued()];
    const { id } = await send(one, [LETTER]);
    const moved = { deliveryId: id, filingId: two.filing.id };
    expect((await desk.send('dispatch.resend', { ...moved, steps: [SMS] }, clerk)).code).toBe('not-found');
    expect(
      (await desk.send('dispatch.record', { ...moved, event: 'delivered', at: '2026-11-20T05:00:00Z', number: null }, clerk)).code,
    ).toBe('not-found');
  });
});
