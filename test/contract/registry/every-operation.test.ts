import { createPublicKey, randomUUID, verify } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  FEED_START,
  feedHeadText,
  feedLinkText,
  LIMITS,
  MINIMUM_PROTOCOL,
  PROTOCOL_VERSION,
  type FeedPage,
  type FilingSubmission,
} from '../../../shared/registry/index.ts';
import { signatureOf } from '../../../registry/notifications/gateway-signature.ts';
import { keepUser, makeDeskKey, sha256, signAssertion, type Desk } from '../../support/registry/desk.ts';
import { operations, type Answer, type Call } from '../../support/registry/documented-client.ts';
import { describeOnEveryDatabase, postgresPrograms } from '../../support/registry/every-database.ts';
import { makeSubmission, submitFiling } from '../../support/registry/filer.ts';
import { makePerson, mandate } from '../../support/registry/person.ts';
import { ALMATY, CABINET_TOKEN, NOW, NOW_MS, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

const refusal = (answer: Answer) => [answer.status, answer.json?.code];
const GATEWAY = {
  url: 'http://127.0.0.1:9/',
  secret: 'shared with the gateway of the tests',
  channels: ['sms'],
  timeoutSeconds: 1,
} as const;
const NOTIFICATIONS = { gateway: { ...GATEWAY, channels: ['sms' as const] }, pollSeconds: 3600, retrySeconds: [], maxAgeHours: 72 };
const unknownHash = sha256('nobody has these bytes');

it('PostgreSQL is there where the tests must be complete', () => {
  expect(postgresPrograms !== null || process.env['CI'] !== 'true').toBe(true);
});

describeOnEveryDatabase('every operation of the registry', (fresh) => {
  let training: OpenRegistry;
  let real: OpenRegistry;
  let desk: Desk;
  let revoked: Desk;
  let call: OpenRegistry['client']['call'];
  let admin: string;

  beforeAll(async () => {
    training = await openRegistry(fresh, { courts: [ALMATY], notifications: NOTIFICATIONS });
    real = await openRegistry(fresh, { mode: 'real', courts: [ALMATY] });
    call = training.client.call;
    admin = training.registry.adminToken;
    desk = await training.desk();
    revoked = await training.desk();
    await call('revokeWorkstation', { token: admin, path: { id: revoked.id } });
  });
  afterAll(async () => {
    await training?.registry.close();
    await real?.registry.close();
  });

  /** No token, a token of nobody, and the token of a revoked workstation. */
  async function refusesStrangers(operationId: string, given: Call = {}) {
    expect(refusal(await call(operationId, given))).toEqual([401, 'not-signed-in']);
    expect(refusal(await call(operationId, { ...given, token: admin }))).toEqual([401, 'not-signed-in']);
    expect(refusal(await revoked.call(operationId, given))).toEqual([403, 'workstation-revoked']);
  }
  async function refusesWithoutAdminToken(operationId: string, given: Call = {}) {
    expect(refusal(await call(operationId, given))).toEqual([401, 'admin-token-wrong']);
    expect(refusal(await call(operationId, { ...given, token: `${admin}x` }))).toEqual([401, 'admin-token-wrong']);
  }
  async function refusesWithoutCabinetToken(operationId: string, given: Call = {}) {
    expect(refusal(await real.client.call(operationId, given))).toEqual([401, 'cabinet-token-wrong']);
    expect(refusal(await real.client.call(operationId, { ...given, token: real.registry.adminToken }))).toEqual([
      401,
      'cabinet-token-wrong',
    ]);
  }

  /** A filing of the training court that is registered, with people who may go on with it. */
  async function registeredFiling(title: string, more: Partial<FilingSubmission> = {}) {
    const filing = await submitFiling(training.client, '9900', title, more);
    const clerk = await keepUser(training.client, training.registry, '9900', ['secretary']);
    const judge = await keepUser(training.client, training.registry, '9900', ['judge']);
    const { first } = await desk.lease('incoming', 1);
    const incomingNumber = `9900-26-${String(first).padStart(6, '0')}`;
    const registering = { registeredAt: NOW, verdict: 'valid' as const, flagged: false, defects: [], joinsCase: null };
    await desk.take(filing.id, clerk);
    const registered = await desk.send('filing.register', { filingId: filing.id, incomingNumber, caseNumber: null, ...registering }, clerk);
    expect(registered.outcome).toBe('applied');
    return { filing, clerk, judge, incomingNumber, path: { number: filing.cabinetNumber } };
  }
  /** Whole, in part, unchanged, and not to those who ask wrongly. */
  async function servesBytes(operationId: string, given: Call & { path: Record<string, string> }, text: string) {
    const whole = await call(operationId, given);
    expect(whole.bytes.toString()).toBe(text);
    expect((await call(operationId, { ...given, headers: { range: 'bytes=5-' } })).bytes.toString()).toBe(text.slice(5));
    expect(refusal(await call(operationId, { ...given, headers: { range: 'bytes=99-' } }))).toEqual([416, 'range-unsatisfiable']);
    expect((await call(operationId, { ...given, headers: { 'if-none-match': whole.headers.get('etag')! } })).status).toBe(304);
    await refusesWrongNumbers(operationId, given.path);
  }
  async function refusesWrongNumbers(operationId: string, path: Record<string, string>, more: Call = {}) {
    expect(refusal(await call(operationId, { ...more, path: { ...path, number: '1' } }))).toEqual([400, 'input-invalid']);
    const unknown = { ...more, path: { ...path, number: '261199999999' } };
    expect(refusal(await call(operationId, unknown))).toEqual([404, 'not-found']);
    await refusesWithoutCabinetToken(operationId, unknown);
  }

  it('readHealth says the mode, the protocol and the time', async () => {
    const answer = await call('readHealth');
    expect(answer.json).toEqual({
      status: 'ok',
      mode: 'training',
      protocol: PROTOCOL_VERSION,
      time: NOW,
      historyKey: expect.stringMatching(/^[\w-]{43}$/),
      minimumProtocol: MINIMUM_PROTOCOL,
    });
    expect((await real.client.call('readHealth')).json.mode).toBe('real');
  });

  it('readMetrics counts requests and feed items', async () => {
    const { bytes } = await call('readMetrics');
    expect(bytes.toString()).toContain('kense_registry_requests_total{method="GET",route="/v1/health",status="200"} ');
    expect(bytes.toString()).toMatch(/kense_registry_feed_items\{court="9900"\} \d+/);
    expect(bytes.toString()).toMatch(/kense_registry_workstations\{court="9900"\} 1\n/);
  });

  it('enrol takes a code of a court and says which court it is', async () => {
    const { json } = await call('listCourts', { token: admin });
    const code = json.courts.find((court: { code: string }) => court.code === '9900').enrolmentCode as string;
    const { publicKey } = makeDeskKey();
    const request = { code: ` ${code.toLowerCase().replaceAll('-', '')} `, name: 'Кеңсе 1', training: true, publicKey };
    const first = await call('enrol', { json: request });
    expect(first.json.court).toEqual({ code: '9900', nameKk: 'Оқу соты', nameRu: 'Учебный суд' });
    expect((await call('enrol', { json: request })).json).toEqual(first.json);

    expect(refusal(await call('enrol', { json: { ...request, code: 'AAAA-BBBB' } }))).toEqual([403, 'enrolment-code-wrong']);
    expect(refusal(await call('enrol', { json: { ...request, training: false } }))).toEqual([409, 'registry-mode-mismatch']);
    expect(refusal(await call('enrol', { json: { ...request, publicKey: { ...publicKey, d: 'private' } } }))).toEqual([
      400,
      'input-invalid',
    ]);
    expect(refusal(await call('enrol', { headers: { 'content-type': 'application/json' }, body: '{"code":' }))).toEqual([
      400,
      'input-invalid',
    ]);
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(refusal(await call('enrol', { headers: { 'content-type': 'application/json' }, body: deep }))).toEqual([400, 'input-invalid']);
  });

  it('takeToken wants a fresh assertion by the key of the workstation, once', async () => {
    const assertion = await signAssertion(desk.key, desk.id, NOW_MS);
    expect((await call('takeToken', { json: { assertion } })).json.expiresInSeconds).toBe(600);
    expect(refusal(await call('takeToken', { json: { assertion } }))).toEqual([401, 'assertion-invalid']);
    const wrong = [
      await signAssertion(makeDeskKey(), desk.id, NOW_MS),
      await signAssertion(desk.key, desk.id, NOW_MS, { aud: 'another' }),
      await signAssertion(desk.key, desk.id, NOW_MS, { iss: revoked.id }),
      await signAssertion(desk.key, desk.id, NOW_MS, { sub: revoked.id }),
      await signAssertion(desk.key, desk.id, NOW_MS, { jti: '' }),
      await signAssertion(desk.key, randomUUID(), NOW_MS),
      await signAssertion(desk.key, 'nobody', NOW_MS),
      'not a token',
    ];
    for (const assertion of wrong) expect(refusal(await call('takeToken', { json: { assertion } }))).toEqual([401, 'assertion-invalid']);
    expect(refusal(await call('takeToken', { json: {} }))).toEqual([400, 'input-invalid']);
    const late = await signAssertion(revoked.key, revoked.id, NOW_MS);
    expect(refusal(await call('takeToken', { json: { assertion: late } }))).toEqual([403, 'workstation-revoked']);
  });

  it('readFeed pages through the court in order', async () => {
    await submitFiling(training.client, '9900', 'in the feed');
    const whole = await desk.feed();
    expect(whole.map((item) => item.seq)).toEqual(whole.map((_, index) => index + 1));
    const page = await desk.call('readFeed', { query: { after: 1, limit: 2 } });
    expect(page.json).toMatchObject({ items: whole.slice(1, 3), cursor: 3, more: true, head: { seq: 3 } });
    const end = await desk.call('readFeed', { query: { after: whole.length } });
    expect(end.json).toMatchObject({ items: [], cursor: whole.length, more: false, head: { seq: whole.length } });

    await refusesStrangers('readFeed');
    for (const query of [{ after: -1 }, { limit: 0 }, { limit: 501 }, { after: 'first' }, { after: 1e12 }, { wait: 26 }, { wait: -1 }])
      expect(refusal(await desk.call('readFeed', { query: query }))).toEqual([400, 'input-invalid']);
    // what a desk has read that is not here stops the numbers of its court
    const elsewhere = await training.desk(ALMATY.code);
    expect(refusal(await elsewhere.call('readFeed', { query: { after: 1_000_000 } }))).toEqual([409, 'feed-gap']);
    const block = { requestId: randomUUID(), series: 'incoming', year: '26', typeIndex: '', size: 1 };
    expect(refusal(await elsewhere.call('leaseNumbers', { json: block }))).toEqual([503, 'numbers-held']);
  });

  it('readFeedLinks and the heads of readFeed are one chain over the items, signed by the key of readHealth', async () => {
    const x = (await call('readHealth')).json.historyKey as string;
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    let link = FEED_START;
    const links = (await desk.feed()).map((item) => ({ seq: item.seq, hash: (link = sha256(feedLinkText(link, item))) }));
    expect((await desk.call('readFeedLinks')).json).toEqual({ links, more: false });
    expect((await desk.call('readFeedLinks', { query: { after: 1, limit: 1 } })).json).toEqual({ links: [links[1]], more: true });
    for (const { seq, hash } of [{ seq: 1, hash: links[0]!.hash }, links.at(-1)!]) {
      const query = seq === 1 ? { limit: 1 } : { after: seq };
      const { head } = (await desk.call('readFeed', { query })).json as FeedPage;
      expect([head?.seq, head?.hash]).toEqual([seq, hash]);
      expect(verify(null, Buffer.from(feedHeadText('9900', { seq, hash })), key, Buffer.from(head!.signature, 'base64url'))).toBe(true);
    }
    await refusesStrangers('readFeedLinks');
    expect(refusal(await desk.call('readFeedLinks', { query: { limit: 1001 } }))).toEqual([400, 'input-invalid']);
  });

  it('listJournalAnchors gives back what the workstation anchored, newest first, as it was signed', async () => {
    const writer = await training.desk();
    const receipts = [];
    for (const entries of [3, 5, 8])
      receipts.push((await writer.send('journal.anchor', { entries, head: sha256(`${entries}`) }, null)).receipt);
    expect((await writer.call('listJournalAnchors')).json).toEqual({ anchors: receipts.toReversed(), more: false });
    expect((await writer.call('listJournalAnchors', { query: { before: 8, limit: 1 } })).json).toEqual({
      anchors: [receipts[1]],
      more: true,
    });
    expect((await desk.call('listJournalAnchors')).json.anchors).not.toContainEqual(receipts[0]);
    await refusesStrangers('listJournalAnchors');
    expect(refusal(await desk.call('listJournalAnchors', { query: { before: 0 } }))).toEqual([400, 'input-invalid']);
  });

  it('readFeed ends a page before it becomes too large to take', async () => {
    const before = (await desk.feed()).length;
    const huge = { note: 'ж'.repeat(1_500_000) };
    for (const title of ['huge 1', 'huge 2', 'huge 3']) await submitFiling(training.client, '9900', title, huge);
    const first = (await desk.call('readFeed', { query: { after: before } })).json;
    expect([first.items.length, first.cursor, first.more]).toEqual([2, before + 2, true]);
    const rest = (await desk.call('readFeed', { query: { after: before + 2 } })).json;
    expect([rest.items.length, rest.cursor, rest.more]).toEqual([1, before + 3, false]);
    expect(Buffer.byteLength(JSON.stringify(first))).toBeLessThan(8 * 1024 * 1024);
  });

  it('keepDocument and readDocument carry bytes of any size up to the limit', async () => {
    const bytes = Buffer.from('0123456789');
    const path = { sha256: sha256(bytes) };
    await refusesStrangers('keepDocument', { path, body: new Uint8Array(bytes) });
    await refusesStrangers('readDocument', { path });
    expect(refusal(await desk.call('readDocument', { path }))).toEqual([404, 'not-found']);
    expect(await desk.upload(bytes)).toEqual({ sha256: path.sha256, size: 10 });
    expect(await desk.upload(bytes)).toEqual({ sha256: path.sha256, size: 10 });

    const read = async (headers: Record<string, string>) => {
      const answer = await desk.call('readDocument', { path, headers });
      return [answer.status, answer.status < 400 ? answer.bytes.toString() : answer.json.code, answer.headers.get('content-range')];
    };
    const etag = `"${path.sha256}"`;
    expect((await desk.call('readDocument', { path })).headers.get('etag')).toBe(etag);
    expect(await read({})).toEqual([200, '0123456789', null]);
    expect(await read({ range: 'bytes=4-' })).toEqual([206, '456789', 'bytes 4-9/10']);
    expect(await read({ range: 'bytes=0-0' })).toEqual([206, '0', 'bytes 0-0/10']);
    expect(await read({ range: 'bytes=8-100' })).toEqual([206, '89', 'bytes 8-9/10']);
    expect(await read({ range: 'bytes=-3' })).toEqual([206, '789', 'bytes 7-9/10']);
    expect(await read({ range: 'bytes=0-1,4-5' })).toEqual([200, '0123456789', null]);
    expect(await read({ range: 'lines=1-2' })).toEqual([200, '0123456789', null]);
    expect(await read({ range: 'bytes=10-' })).toEqual([416, 'range-unsatisfiable', 'bytes */10']);
    expect(await read({ range: 'bytes=4-', 'if-range': etag })).toEqual([206, '456789', 'bytes 4-9/10']);
    expect(await read({ range: 'bytes=4-', 'if-range': '"another"' })).toEqual([200, '0123456789', null]);
    expect(await read({ 'if-none-match': etag })).toEqual([304, '', null]);
    expect(await read({ 'if-none-match': '"another"' })).toEqual([200, '0123456789', null]);

    expect(await desk.upload(Buffer.alloc(0))).toEqual({ sha256: sha256(''), size: 0 });
    expect((await desk.call('readDocument', { path: { sha256: sha256('') } })).bytes).toHaveLength(0);
    expect(refusal(await desk.call('readDocument', { path: { sha256: 'ABC' } }))).toEqual([400, 'input-invalid']);
    expect(refusal(await desk.call('keepDocument', { path: { sha256: 'ABC' }, body: 'x' }))).toEqual([400, 'input-invalid']);
    expect(refusal(await desk.call('keepDocument', { path: { sha256: unknownHash }, body: 'x' }))).toEqual([422, 'document-hash-mismatch']);
    expect(refusal(await desk.call('readDocument', { path: { sha256: unknownHash } }))).toEqual([404, 'not-found']);
  });

  it('keepDocument and uploadToCabinet refuse more than the limit, whether the length was told or not', async () => {
    const chunk = new Uint8Array(1024 * 1024);
    const told = () => new Uint8Array(LIMITS.wireDocumentBytes + 1);
    const untold = () =>
      new ReadableStream({
        async start(controller) {
          for (let sent = 0; sent <= LIMITS.wireDocumentBytes; sent += chunk.length) controller.enqueue(chunk);
          controller.close();
        },
      });
    const path = { sha256: unknownHash };
    expect(refusal(await desk.call('keepDocument', { path, body: told() }))).toEqual([413, 'document-too-large']);
    expect(refusal(await desk.call('keepDocument', { path, body: untold() }))).toEqual([413, 'document-too-large']);
    expect(refusal(await call('uploadToCabinet', { body: told() }))).toEqual([413, 'document-too-large']);
  });

  it('sendCommand answers what became of a command', async () => {
    const envelope = {
      id: randomUUID(),
      kind: 'journal.anchor',
      schemaVersion: 1,
      subject: 'journal',
      actor: null,
      at: NOW,
      payload: { entries: 1, head: sha256('1') },
    };
    await refusesStrangers('sendCommand', { json: envelope });
    expect((await desk.call('sendCommand', { json: envelope })).json).toMatchObject({ outcome: 'applied', code: null, filing: null });
    expect(refusal(await desk.call('sendCommand', { json: { ...envelope, id: 'x' } }))).toEqual([400, 'input-invalid']);
    expect(refusal(await desk.call('sendCommand', { json: { ...envelope, subject: 'a\u0000b' } }))).toEqual([400, 'input-invalid']);
  });

  it('leaseNumbers gives blocks', async () => {
    const request = { requestId: randomUUID(), series: 'incoming', year: '26', typeIndex: '', size: 10 };
    await refusesStrangers('leaseNumbers', { json: request });
    const block = (await desk.call('leaseNumbers', { json: request })).json;
    expect(block).toMatchObject({ series: 'incoming', year: '26', typeIndex: '', first: 1, last: 10 });
    expect((await desk.call('leaseNumbers', { json: request })).json).toEqual(block);
    expect(refusal(await desk.call('leaseNumbers', { json: { ...request, size: 11 } }))).toEqual([409, 'request-id-reused']);
    for (const bad of [
      { size: 0 },
      { size: 501 },
      { year: '2026' },
      { typeIndex: '2' },
      { series: 'case' },
      { series: 'case', typeIndex: 'x' },
    ])
      expect(refusal(await desk.call('leaseNumbers', { json: { ...request, requestId: randomUUID(), ...bad } }))).toEqual([
        400,
        'input-invalid',
      ]);
  });

  it('takeLease gives a filing to a person of the office, and to nobody else meanwhile', async () => {
    const { id: filingId } = await submitFiling(training.client, '9900', 'taken');
    const clerk = await keepUser(training.client, training.registry, '9900', ['secretary']);
    const judge = await keepUser(training.client, training.registry, '9900', ['judge']);
    const request = { filingId, holderId: clerk, keep: false };
    await refusesStrangers('takeLease', { json: request });
    expect(refusal(await desk.call('takeLease', { json: { ...request, keep: 'yes' } }))).toEqual([400, 'input-invalid']);
    expect(refusal(await desk.take(randomUUID(), clerk))).toEqual([404, 'not-found']);
    expect(refusal(await desk.take(filingId, randomUUID()))).toEqual([422, 'user-unknown']);
    expect(refusal(await desk.take(filingId, judge))).toEqual([403, 'role-not-allowed']);
    const { lease } = (await desk.take(filingId, clerk, false)).json;
    expect(lease).toMatchObject({ filingId, holderId: clerk, workstationId: desk.id, reserved: false });
    const neighbour = await training.desk();
    expect(refusal(await neighbour.take(filingId, clerk))).toEqual([409, 'lease-held']);
    await desk.keep({ giveBack: [lease.id] });
    expect((await neighbour.take(filingId, clerk)).status).toBe(200);
  });

  it('keepLeases tells who has what in the court', async () => {
    const word = { known: null, reserve: { count: 0, onlyAlone: false }, renew: [], release: [], giveBack: [] };
    await refusesStrangers('keepLeases', { json: word });
    expect(refusal(await desk.call('keepLeases', { json: { ...word, known: -1 } }))).toEqual([400, 'input-invalid']);
    const told = await desk.keep();
    expect(told.leases).not.toBeNull();
    expect((await desk.keep({ known: told.version })).leases).toBeNull();
  });

  it('readWorkstations tells a desk which others its court has', async () => {
    await refusesStrangers('readWorkstations');
    const { workstations, invitations } = (await desk.call('readWorkstations')).json;
    expect(workstations).toContainEqual(expect.objectContaining({ id: desk.id, revokedAt: null }));
    expect(invitations).toEqual([]);
  });

  it('askAdministration and readCourtJournal tell what was changed of a court', async () => {
    const payload = { before: null, limit: 10, from: null, until: null, action: null };
    const asking = (actor: string | null) => ({
      ...{ id: randomUUID(), kind: 'administration.read', schemaVersion: 1, subject: '9900', actor, at: NOW, payload, session: null },
    });
    await refusesStrangers('askAdministration', { json: asking(null) });
    await refusesWithoutAdminToken('readCourtJournal', { path: { code: '9900' } });
    const head = await keepUser(training.client, training.registry, '9900', ['office-head']);
    const page = (await desk.call('askAdministration', { json: asking(head) })).json;
    expect(page.entries[0]).toMatchObject({ action: 'user.kept', subject: head, by: null });
    expect(refusal(await desk.call('askAdministration', { json: asking(null) }))).toEqual([422, 'user-unknown']);
    expect(refusal(await desk.call('askAdministration', { json: { ...asking(head), payload: {} } }))).toEqual([400, 'input-invalid']);
    const read = (code: string) => call('readCourtJournal', { token: admin, path: { code }, query: { limit: 10 } });
    expect((await read('9900')).json).toEqual(page);
    expect(refusal(await read('0001'))).toEqual([404, 'not-found']);
    expect(refusal(await read('x'))).toEqual([400, 'input-invalid']);
  });

  it('accountNumbers says what became of the numbers of a year', async () => {
    const query = { series: 'incoming', year: '26' };
    await refusesStrangers('accountNumbers', { query });
    expect(refusal(await desk.call('accountNumbers', { query: { ...query, year: '2026' } }))).toEqual([400, 'input-invalid']);
    const block = await desk.lease('incoming', 3);
    const { blocks } = (await desk.call('accountNumbers', { query })).json;
    expect(blocks).toContainEqual(expect.objectContaining({ id: block.id, used: [], void: [], returned: null, open: 3 }));
  });

  it('listFilings pages in order of id', async () => {
    for (const title of ['first', 'second', 'third']) await submitFiling(training.client, '9900', title);
    await refusesStrangers('listFilings');
    const whole = (await desk.call('listFilings')).json;
    const ids = whole.filings.map((filing: { id: string }) => filing.id);
    expect(ids).toEqual(ids.toSorted());
    expect(whole.nextAfter).toBeNull();
    const page = (await desk.call('listFilings', { query: { limit: 2 } })).json;
    expect(page).toEqual({ filings: whole.filings.slice(0, 2), nextAfter: ids[1] });
    const rest = (await desk.call('listFilings', { query: { limit: 2, after: ids[1] } })).json;
    expect(rest.filings).toEqual(whole.filings.slice(2, 4));
    expect(refusal(await desk.call('listFilings', { query: { after: 'x' } }))).toEqual([400, 'input-invalid']);
  });

  it('readFiling answers one filing as listFilings has it', async () => {
    const { id } = await submitFiling(training.client, '9900', 'to be compared');
    await refusesStrangers('readFiling', { path: { id } });
    const listed = (await desk.call('listFilings', { query: { limit: 500 } })).json.filings;
    expect((await desk.call('readFiling', { path: { id } })).json).toEqual(listed.find((filing: { id: string }) => filing.id === id));
    expect(refusal(await desk.call('readFiling', { path: { id: randomUUID() } }))).toEqual([404, 'not-found']);
    expect(refusal(await desk.call('readFiling', { path: { id: 'x' } }))).toEqual([400, 'input-invalid']);
  });

  it('the first training kit holds, and its people become users of the training court', async () => {
    const kit = {
      users: [{ id: randomUUID(), name: 'Айгүл Сейітқызы', iin: null, roles: ['judge'], certificate: 'PEM' }],
      kit: { authority: ['any', { thing: 1 }] },
    };
    await refusesStrangers('readTrainingKit');
    await refusesStrangers('leaveTrainingKit', { json: kit });
    const guest = await training.desk(ALMATY.code);
    expect(refusal(await guest.call('leaveTrainingKit', { json: kit }))).toEqual([404, 'not-found']);
    expect(refusal(await desk.call('readTrainingKit'))).toEqual([404, 'not-found']);
    expect(refusal(await desk.call('leaveTrainingKit', { json: { users: 1 } }))).toEqual([400, 'input-invalid']);
    expect(refusal(await desk.call('leaveTrainingKit', { json: { users: [], kit: 'x'.repeat(LIMITS.jsonBytes) } }))).toEqual([
      413,
      'body-too-large',
    ]);
    const elsewhere = await keepUser(training.client, training.registry, ALMATY.code, ['judge']);
    const taken = { ...kit, users: [{ ...kit.users[0], id: elsewhere }] };
    expect(refusal(await desk.call('leaveTrainingKit', { json: taken }))).toEqual([409, 'user-of-another-court']);

    const before = (await desk.feed()).length;
    const answers = await Promise.all([kit, { users: [], kit: 'later' }].map((json) => desk.call('leaveTrainingKit', { json })));
    const held = (await desk.call('readTrainingKit')).json;
    expect(answers.map((answer) => answer.json)).toEqual([held, held]);
    const told = (await desk.feed(before)).filter((item) => item.kind === 'user.changed').map((item) => item.data);
    const people = (held as typeof kit).users.map(({ certificate, ...person }) => ({
      ...person,
      certificates: [certificate],
      active: true,
    }));
    expect(told).toEqual(people);
    expect(refusal(await (await real.desk(ALMATY.code)).call('readTrainingKit'))).toEqual([404, 'not-found']);
  });

  it('uploadToCabinet answers the hash and the size', async () => {
    expect((await call('uploadToCabinet', { body: 'бір' })).json).toEqual({ sha256: sha256('бір'), size: 6 });
    expect((await call('uploadToCabinet')).json).toEqual({ sha256: sha256(''), size: 0 });
    await refusesWithoutCabinetToken('uploadToCabinet', { body: 'x' });
    expect((await real.client.call('uploadToCabinet', { body: 'x', token: CABINET_TOKEN })).status).toBe(200);
  });

  it('submitFiling receives a whole filing for its court', async () => {
    const { submission, files } = makeSubmission('9900', 'submitted', { kind: 'a kind of tomorrow', future: { kept: true } });
    expect(refusal(await call('submitFiling', { json: submission }))).toEqual([422, 'document-missing']);
    await call('uploadToCabinet', { body: new Uint8Array(files[0]!) });
    expect(refusal(await call('submitFiling', { json: submission }))).toEqual([422, 'document-missing']);
    await call('uploadToCabinet', { body: new Uint8Array(files[1]!) });
    const resized = { ...submission, documents: [{ ...submission.documents[0], size: 1 }] };
    expect(refusal(await call('submitFiling', { json: resized }))).toEqual([422, 'document-missing']);
    expect(refusal(await call('submitFiling', { json: { ...submission, court: '0001' } }))).toEqual([422, 'court-unknown']);
    expect(refusal(await call('submitFiling', { json: { ...submission, parties: 'me' } }))).toEqual([400, 'input-invalid']);
    const halfCharacter = { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...submission, kind: '\ud800' }) };
    expect(refusal(await call('submitFiling', halfCharacter))).toEqual([400, 'input-invalid']);
    expect(refusal(await call('submitFiling', { body: 'a', headers: { 'content-type': 'text/plain' } }))).toEqual([
      415,
      'media-type-unsupported',
    ]);
    expect(refusal(await call('submitFiling', { json: { ...submission, note: 'x'.repeat(LIMITS.jsonBytes) } }))).toEqual([
      413,
      'body-too-large',
    ]);

    const before = (await desk.feed()).length;
    const headers = { 'idempotency-key': 'filing-1' };
    const first = (await call('submitFiling', { json: submission, headers })).json;
    expect(first).toMatchObject({ cabinetNumber: expect.stringMatching(/^2611\d{8}$/), receivedAt: NOW });
    expect((await call('submitFiling', { json: submission, headers })).json).toEqual(first);
    expect(refusal(await call('submitFiling', { json: { ...submission, kind: 'other' }, headers }))).toEqual([409, 'request-id-reused']);
    expect(refusal(await call('submitFiling', { json: submission, headers: { 'idempotency-key': 'x'.repeat(201) } }))).toEqual([
      400,
      'input-invalid',
    ]);
    const told = await desk.feed(before);
    expect(told.map((item) => [item.kind, item.subject, item.version])).toEqual([['filing.submitted', first.id, 1]]);
    expect(told[0]!.data).toEqual({ ...submission, ...first, sentAt: NOW });
    for (const file of files) expect((await desk.call('readDocument', { path: { sha256: sha256(file) } })).bytes).toEqual(file);
    await refusesWithoutCabinetToken('submitFiling', { json: submission });
  });

  it('a refused submission does not use its idempotency key up', async () => {
    const { submission, files } = makeSubmission('9900', 'refused at first');
    const headers = { 'idempotency-key': 'filing-2' };
    expect(refusal(await call('submitFiling', { json: submission, headers }))).toEqual([422, 'document-missing']);
    for (const file of files) await call('uploadToCabinet', { body: new Uint8Array(file) });
    expect((await call('submitFiling', { json: submission, headers })).status).toBe(200);
  });

  it('readFilingStatus, readTalon and readAct show the filer what the registry holds', async () => {
    const filing = await submitFiling(training.client, '9900', 'followed');
    const path = { number: filing.cabinetNumber };
    const clerk = await keepUser(training.client, training.registry, '9900', ['secretary']);
    const judge = await keepUser(training.client, training.registry, '9900', ['judge']);
    const status = async () => (await call('readFilingStatus', { path })).json;
    const waiting = {
      cabinetNumber: filing.cabinetNumber,
      state: 'received',
      receivedAt: NOW,
      registeredAt: null,
      incomingNumber: null,
      caseNumber: null,
      joinsCase: null,
      talon: false,
      acts: [],
      timeline: [
        { event: 'sent', at: NOW, subject: null },
        { event: 'received', at: NOW, subject: null },
      ],
    };
    expect(await status()).toEqual(waiting);
    expect(refusal(await call('readTalon', { path }))).toEqual([404, 'not-found']);

    const block = await desk.lease('incoming', 1);
    const incomingNumber = `9900-26-${String(block.first).padStart(6, '0')}`;
    const registering = { registeredAt: NOW, verdict: 'valid' as const, flagged: false, defects: [] };
    await desk.take(filing.id, clerk);
    await desk.send(
      'filing.register',
      { filingId: filing.id, incomingNumber, caseNumber: null, joinsCase: '9900-26-00-2/1', ...registering },
      clerk,
    );
    const talon = await desk.upload(Buffer.from('%PDF talon'));
    expect((await desk.send('talon.issue', { filingId: filing.id, ...talon, qr: 'qr' }, clerk)).outcome).toBe('applied');
    const act = { actId: randomUUID(), ...(await desk.upload(Buffer.from('%PDF act'))) };
    const issue = { ...act, filingId: filing.id, kind: 'ruling-accept', level: 'B', signedAt: NOW, state: 'accepted' } as const;
    expect((await desk.send('act.issue', issue, judge)).outcome).toBe('applied');
    const actPath = { ...path, actId: act.actId };
    expect(refusal(await call('readAct', { path: actPath }))).toEqual([404, 'not-found']);
    expect((await status()).acts).toEqual([]);
    await desk.send('act.dispatch', { actId: act.actId, filingId: filing.id, recipients: [{ name: 'Әлия', channel: 'cabinet' }] }, judge);

    expect(await status()).toEqual({
      ...waiting,
      state: 'accepted',
      registeredAt: NOW,
      incomingNumber,
      joinsCase: '9900-26-00-2/1',
      talon: true,
      acts: [{ id: act.actId, kind: 'ruling-accept', signedAt: NOW }],
      timeline: [
        ...waiting.timeline,
        { event: 'registered', at: NOW, subject: null },
        { event: 'accepted', at: NOW, subject: null },
        { event: 'act-dispatched', at: NOW, subject: act.actId },
      ],
    });
    for (const [operation, given, text] of [
      ['readTalon', { path }, '%PDF talon'],
      ['readAct', { path: actPath }, '%PDF act'],
    ] as const) {
      const whole = await call(operation, given);
      expect(whole.bytes.toString()).toBe(text);
      expect(whole.headers.get('content-type')).toBe('application/pdf');
      expect((await call(operation, { ...given, headers: { range: 'bytes=5-' } })).bytes.toString()).toBe(text.slice(5));
      expect(refusal(await call(operation, { ...given, headers: { range: 'bytes=99-' } }))).toEqual([416, 'range-unsatisfiable']);
      expect((await call(operation, { ...given, headers: { 'if-none-match': whole.headers.get('etag')! } })).status).toBe(304);
      expect(refusal(await call(operation, { path: { ...given.path, number: '1' } }))).toEqual([400, 'input-invalid']);
      expect(refusal(await call(operation, { path: { ...given.path, number: '261199999999' } }))).toEqual([404, 'not-found']);
      await refusesWithoutCabinetToken(operation, given);
    }
    expect(refusal(await call('readAct', { path: { ...path, actId: randomUUID() } }))).toEqual([404, 'not-found']);
    expect(refusal(await call('readFilingStatus', { path: { number: 'x' } }))).toEqual([400, 'input-invalid']);
    expect(refusal(await call('readFilingStatus', { path: { number: '261199999999' } }))).toEqual([404, 'not-found']);
    await refusesWithoutCabinetToken('readFilingStatus', { path });
  });

  it('listHearings, readSummons and listDeliveries show whom the court told of what', async () => {
    const { filing, clerk, path } = await registeredFiling('heard');
    const hearingId = randomUUID();
    const hearing = {
      ...{ hearingId, filingId: filing.id, caseNumber: null, revision: 1, startsAt: '2026-12-01T05:00:00Z', place: 'Алматы, Абай 1' },
      ...{ room: '3', judgeId: null, mode: 'in-person' as const, link: null, recordingNote: null, recipients: [] },
    };
    expect((await desk.send('hearing.set', hearing, clerk)).outcome).toBe('applied');
    expect((await call('listHearings', { path })).json.hearings).toEqual([expect.objectContaining({ id: hearingId, summonses: [] })]);
    const summonsId = randomUUID();
    const recipient = { name: 'Әлия Қуанышқызы Өмірбекова', channel: 'cabinet' } as const;
    const pdf = await desk.upload(Buffer.from('%PDF summons'));
    expect((await desk.send('summons.issue', { summonsId, hearingId, recipient, ...pdf }, clerk)).outcome).toBe('applied');
    await servesBytes('readSummons', { path: { ...path, summonsId } }, '%PDF summons');
    expect(refusal(await call('readSummons', { path: { ...path, summonsId: randomUUID() } }))).toEqual([404, 'not-found']);
    await refusesWrongNumbers('listHearings', {});

    const deliveries = { path: { id: filing.id } };
    const told = (await desk.call('listDeliveries', deliveries)).json.deliveries;
    expect(told.map((delivery: { notice: string; state: string }) => [delivery.notice, delivery.state])).toEqual([
      ['registered', 'waiting'],
      ['summons', 'delivered'],
    ]);
    await refusesStrangers('listDeliveries', deliveries);
    expect(refusal(await desk.call('listDeliveries', { path: { id: 'x' } }))).toEqual([400, 'input-invalid']);
    expect(refusal(await desk.call('listDeliveries', { path: { id: randomUUID() } }))).toEqual([404, 'not-found']);
  });

  it('readFulfilment and readCaseFile give what the court gave', async () => {
    const { filing, clerk, judge, path } = await registeredFiling('asked', { kind: 'copy_request' });
    expect(refusal(await call('readFulfilment', { path }))).toEqual([404, 'not-found']);
    const copy = { ...(await desk.upload(Buffer.from('%PDF a copy'))), title: 'Шешімнің көшірмесі', fileName: 'sheshim.pdf' };
    const fulfil = { filingId: filing.id, documents: [copy], note: null };
    expect((await desk.send('request.fulfil', fulfil, clerk)).filing).toMatchObject({ state: 'fulfilled' });
    expect((await call('readFulfilment', { path })).json).toEqual({ fulfilledAt: NOW, note: null, documents: [copy] });
    await servesBytes('readFulfilmentDocument', { path: { ...path, sha256: copy.sha256 } }, '%PDF a copy');
    await refusesWrongNumbers('readFulfilment', {});

    const page = { ...(await desk.upload(Buffer.from('%PDF a page'))), title: 'Сараптама', fileName: 'saraptama.pdf' };
    const grant = { grantId: randomUUID(), filingId: filing.id, person: 'Әлия', documents: [page], until: '2026-12-01T00:00:00Z' };
    expect((await call('readCaseFile', { path })).json).toEqual({ documents: [] });
    expect((await desk.send('case-file.grant', grant, judge)).outcome).toBe('applied');
    const open = { ...page, grantId: grant.grantId, until: '2026-12-01T00:00:00.000Z' };
    expect((await call('readCaseFile', { path })).json).toEqual({ documents: [open] });
    await servesBytes('readCaseFileDocument', { path: { ...path, sha256: page.sha256 } }, '%PDF a page');
    expect(refusal(await call('readCaseFileDocument', { path: { ...path, sha256: copy.sha256 } }))).toEqual([404, 'not-found']);
    await refusesWrongNumbers('readCaseFile', {});
  });

  it('listSurveys and answerSurvey ask the filer', async () => {
    const { filing, clerk, path } = await registeredFiling('surveyed');
    const surveyId = randomUUID();
    await desk.send('survey.ask', { surveyId, filingId: filing.id, step: 'registration', questionSet: 'registration-1' }, clerk);
    const [survey] = (await call('listSurveys', { path })).json.surveys;
    expect(survey).toMatchObject({ id: surveyId, step: 'registration', askedAt: NOW, answeredAt: null });
    const answers = [
      { question: 'ease', value: 5 },
      { question: 'time', value: 3 },
      { question: 'visit', value: false },
    ];
    const answering = { path: { ...path, surveyId } };
    expect(refusal(await call('answerSurvey', { ...answering, json: { answers: answers.slice(1) } }))).toEqual([400, 'input-invalid']);
    expect((await call('answerSurvey', { ...answering, json: { answers } })).json).toEqual({ ...survey, answeredAt: NOW });
    expect((await call('answerSurvey', { ...answering, json: { answers } })).status).toBe(200);
    const others = [...answers.slice(0, 2), { question: 'visit', value: true }];
    expect(refusal(await call('answerSurvey', { ...answering, json: { answers: others } }))).toEqual([409, 'survey-answered']);
    await refusesWrongNumbers('listSurveys', {});
    await refusesWrongNumbers('answerSurvey', { surveyId }, { json: { answers } });
  });

  it('recordPayment records a payment once for its key', async () => {
    const payment = { amount: '2162.50', kbk: '108126', payerId: '870131400012', purpose: 'Мемлекеттік баж', paidAt: NOW };
    const headers = { 'idempotency-key': 'payment-1' };
    const recorded = (await call('recordPayment', { json: payment, headers })).json;
    expect(recorded).toEqual({ ...payment, receiptNumber: expect.stringMatching(/^2611\d{10}$/), recordedAt: NOW });
    expect((await call('recordPayment', { json: payment, headers })).json).toEqual(recorded);
    expect(refusal(await call('recordPayment', { json: { ...payment, amount: '2162.51' }, headers }))).toEqual([409, 'request-id-reused']);
    expect(refusal(await call('recordPayment', { json: payment }))).toEqual([400, 'input-invalid']);
    for (const bad of [
      { amount: '0' },
      { amount: '0.00' },
      { amount: '1.005' },
      { amount: '-1' },
      { amount: 5 },
      { payerId: '1' },
      { kbk: 'x' },
    ])
      expect(refusal(await call('recordPayment', { json: { ...payment, ...bad }, headers: { 'idempotency-key': randomUUID() } }))).toEqual([
        400,
        'input-invalid',
      ]);
    await refusesWithoutCabinetToken('recordPayment', { json: payment, headers });
  });

  it('takeReceipts believes the gateway alone', async () => {
    const body = JSON.stringify({ receipts: [{ key: `${randomUUID()}.sms`, state: 'delivered' }] });
    const signed = (text: string, seconds = Math.floor(NOW_MS / 1000), secret: string = GATEWAY.secret) => ({
      body: text,
      headers: {
        'content-type': 'application/json',
        'x-kense-timestamp': String(seconds),
        'x-kense-signature': signatureOf(secret, String(seconds), text),
      },
    });
    expect((await call('takeReceipts', signed(body))).json).toEqual({ known: 0 });
    const unproven = [401, 'receipt-unproven'];
    expect(refusal(await call('takeReceipts', signed(body)))).toEqual(unproven); // the same again
    expect(refusal(await call('takeReceipts', { ...signed(body, NOW_MS / 1000 + 1), body: `${body} ` }))).toEqual(unproven);
    expect(refusal(await call('takeReceipts', signed(body, NOW_MS / 1000 - 301)))).toEqual(unproven);
    expect(refusal(await call('takeReceipts', signed(body, NOW_MS / 1000 + 301)))).toEqual(unproven);
    expect(refusal(await call('takeReceipts', signed(body, NOW_MS / 1000, 'another secret that is long enough')))).toEqual(unproven);
    expect(refusal(await call('takeReceipts', { json: { receipts: [] } }))).toEqual(unproven);
    expect(refusal(await real.client.call('takeReceipts', signed(body)))).toEqual(unproven); // has no gateway
    expect(refusal(await call('takeReceipts', signed('{"receipts":1}')))).toEqual([400, 'input-invalid']);
    expect(refusal(await call('takeReceipts', signed('not JSON')))).toEqual([400, 'input-invalid']);
  });

  it('checkPaper and readCheckPage answer anyone, but not without end', async () => {
    expect((await real.client.call('checkPaper', { path: { number: '9900-26-000001' } })).json).toEqual({ found: false, original: null });
    expect(refusal(await real.client.call('checkPaper', { path: { number: 'Иванов' } }))).toEqual([400, 'input-invalid']);
    const page = await real.client.call('readCheckPage', { query: { lang: 'ru' } });
    expect(page.bytes.toString()).toContain('<html lang="ru">');
    expect(refusal(await real.client.call('readCheckPage', { query: { lang: 'en' } }))).toEqual([400, 'input-invalid']);
    const many = await Promise.all(
      Array.from({ length: 30 }, () => real.client.call('checkPaper', { path: { number: '9900-26-000001' } })),
    );
    expect(many.filter(({ status }) => status === 200).length).toBeLessThan(20);
    expect(refusal(many.at(-1)!)).toEqual([429, 'too-many-requests']);
    expect(refusal(await real.client.call('readCheckPage'))).toEqual([429, 'too-many-requests']);
    expect((await call('checkPaper', { path: { number: 'a'.repeat(16) } })).status).toBe(200); // another registry counts for itself
  });

  it('listCourts shows the codes to the administrator alone', async () => {
    await refusesWithoutAdminToken('listCourts');
    const { courts } = (await call('listCourts', { token: admin })).json;
    expect(courts).toEqual(training.registry.courts.map((court) => ({ ...court, revokedAt: null })));
    expect(courts.map((court: { code: string }) => court.code)).toEqual([ALMATY.code, '9900']);
  });

  it('keepCourt, revokeCourt and reinstateCourt keep the courts; a revoked one takes nothing in and lets nobody in', async () => {
    const court = { code: '7777', nameKk: 'Жаңа сот', nameRu: 'Новый суд' };
    for (const [operation, more] of [['keepCourt', { json: court }] as const, ['revokeCourt', { path: court }] as const])
      await refusesWithoutAdminToken(operation, more);
    await refusesWithoutAdminToken('reinstateCourt', { path: court });
    const added = (await call('keepCourt', { token: admin, json: court })).json;
    expect(added).toMatchObject({ ...court, revokedAt: null });
    const there = await training.desk('7777');
    expect(refusal(await call('keepCourt', { token: admin, json: { ...court, nameKk: 'x' } }))).toEqual([400, 'input-invalid']);
    expect(refusal(await real.client.call('keepCourt', { token: real.registry.adminToken, json: { ...court, code: '9900' } }))).toEqual([
      409,
      'registry-mode-mismatch',
    ]);
    const renamed = { ...court, nameRu: 'Суд' };
    expect((await call('keepCourt', { token: admin, json: renamed })).json).toEqual({ ...added, nameRu: 'Суд' });
    await call('keepCourt', { token: admin, json: renamed }); // says nothing new

    await call('keepCourt', { token: admin, json: { ...court, code: '7778' } });
    await submitFiling(training.client, '7778', 'waits');
    expect(refusal(await call('revokeCourt', { token: admin, path: { code: '7778' } }))).toEqual([409, 'court-has-open-filings']);
    await submitFiling(training.client, '7778', 'so it goes on taking filings');
    const revoked = (await call('revokeCourt', { token: admin, path: court })).json;
    expect(revoked.revokedAt).toBe(NOW);
    expect((await call('revokeCourt', { token: admin, path: court })).json).toEqual(revoked);
    expect(refusal(await there.call('listFilings'))).toEqual([403, 'workstation-revoked']);
    expect(refusal(await call('takeToken', { json: { assertion: await signAssertion(there.key, there.id, NOW_MS) } }))).toEqual([
      403,
      'workstation-revoked',
    ]);
    const enrolment = { name: 'Desk', training: true, publicKey: makeDeskKey().publicKey, code: added.enrolmentCode as string };
    expect(refusal(await call('enrol', { json: enrolment }))).toEqual([409, 'court-revoked']);
    expect(refusal(await call('enrol', { json: { ...enrolment, publicKey: there.key.publicKey } }))).toEqual([409, 'court-revoked']);
    const { submission } = makeSubmission('7777', 'late');
    expect(refusal(await call('submitFiling', { json: submission }))).toEqual([409, 'court-revoked']);

    expect((await call('reinstateCourt', { token: admin, path: court })).json).toEqual({ ...revoked, revokedAt: null });
    await call('reinstateCourt', { token: admin, path: court });
    const told = (await there.feed()).filter(({ kind }) => kind === 'court.changed').map(({ data }) => data as { change: string });
    expect(told.map(({ change }) => change)).toEqual(['renamed', 'revoked', 'reinstated']);
    expect(told[0]).toMatchObject({ nameRu: 'Суд', before: { nameRu: 'Новый суд' }, by: null });
    for (const operation of ['revokeCourt', 'reinstateCourt'] as const) {
      expect(refusal(await call(operation, { token: admin, path: { code: '1234' } }))).toEqual([404, 'not-found']);
      expect(refusal(await call(operation, { token: admin, path: { code: 'x' } }))).toEqual([400, 'input-invalid']);
    }
  });

  it('listWorkstations and revokeWorkstation put a workstation out at once', async () => {
    await refusesWithoutAdminToken('listWorkstations');
    await refusesWithoutAdminToken('revokeWorkstation', { path: { id: desk.id } });
    const leaving = await training.desk();
    expect((await leaving.call('listFilings')).status).toBe(200);
    const gone = await call('revokeWorkstation', { token: admin, path: { id: leaving.id } });
    expect(gone.json).toMatchObject({ id: leaving.id, court: '9900', revokedAt: NOW });
    expect(refusal(await leaving.call('listFilings'))).toEqual([403, 'workstation-revoked']);
    expect((await call('revokeWorkstation', { token: admin, path: { id: leaving.id } })).json).toEqual(gone.json);
    expect((await call('listWorkstations', { token: admin })).json.workstations).toContainEqual(gone.json);
    expect(refusal(await call('revokeWorkstation', { token: admin, path: { id: randomUUID() } }))).toEqual([404, 'not-found']);
    expect(refusal(await call('revokeWorkstation', { token: admin, path: { id: 'x' } }))).toEqual([400, 'input-invalid']);
    const { publicKey } = leaving.key;
    const code = training.registry.courts.find((court) => court.code === '9900')!.enrolmentCode;
    const again = await call('enrol', { json: { code, name: 'Desk', training: true, publicKey } });
    expect(refusal(again)).toEqual([403, 'workstation-revoked']);
  });

  it('keepUser and listUsers keep the people of the courts', async () => {
    const person = { court: '9900', name: 'Ерлан Қасымұлы', iin: null, roles: ['secretary', 'judge'], certificates: [], active: true };
    await refusesWithoutAdminToken('keepUser', { json: person });
    await refusesWithoutAdminToken('listUsers');
    const before = (await desk.feed()).length;
    const added = (await call('keepUser', { token: admin, json: person })).json;
    const changed = (await call('keepUser', { token: admin, json: { ...person, id: added.id, active: false } })).json;
    expect(changed).toEqual({ ...person, id: added.id, active: false });
    const told = await desk.feed(before);
    expect(told.map((item) => [item.kind, item.subject])).toEqual([
      ['user.changed', added.id],
      ['user.changed', added.id],
    ]);
    expect({ ...(told[1]!.data as object), court: '9900' }).toEqual(changed);
    expect((await call('listUsers', { token: admin, query: { court: '9900' } })).json.users).toContainEqual(changed);
    expect((await call('listUsers', { token: admin, query: { court: '0001' } })).json.users).toEqual([]);

    const send = (more: object) => call('keepUser', { token: admin, json: { ...person, ...more } });
    for (const bad of [{ roles: ['king'] }, { iin: '12' }, { certificates: ['not PEM'] }, { name: '' }, { extra: 1 }])
      expect(refusal(await send(bad))).toEqual([400, 'input-invalid']);
    expect(refusal(await send({ court: '0001' }))).toEqual([422, 'court-unknown']);
    expect(refusal(await send({ id: added.id, court: ALMATY.code }))).toEqual([409, 'user-of-another-court']);
    expect(refusal(await call('listUsers', { token: admin, query: { court: 'x' } }))).toEqual([400, 'input-invalid']);
  });

  it('giveChallenge, beginSession, endSession and endSessionsOfUser open and end the session of a person', async () => {
    const person = await makePerson(training, '9900', ['secretary']);
    const made = await mandate(desk, person);
    const id = made.request.publicKey;
    for (const operation of ['giveChallenge', 'beginSession', 'endSession'])
      await refusesStrangers(operation, {
        path: { id },
        query: { at: NOW },
        ...(operation === 'beginSession' ? { json: made.request } : {}),
      });
    const begin = (more: object) => desk.call('beginSession', { json: { ...made.request, ...more } });
    expect((await begin({})).json).toMatchObject({ id, userId: person.id, online: true, endedAt: null });
    expect(refusal(await begin({ signature: 'AAAA' }))).toEqual([409, 'request-id-reused']);
    const [another, unknown, unlisted] = [await mandate(desk, person), makeDeskKey().publicKey.x, (await mandate(desk, person)).request];
    expect(refusal(await begin({ ...another.request, userId: randomUUID() }))).toEqual([422, 'user-unknown']);
    expect(refusal(await begin({ ...unlisted, certificate: 'AAAA' }))).toEqual([403, 'certificate-unlisted']);
    expect(refusal(await begin({ online: 'yes' }))).toEqual([400, 'input-invalid']);

    const end = (session: string, at = NOW) => desk.call('endSession', { path: { id: session }, query: { at } });
    expect((await end(id)).json).toMatchObject({ id, endedAt: NOW, revokedAt: null });
    expect(refusal(await end(unknown))).toEqual([404, 'not-found']);
    expect(refusal(await end(id, 'now'))).toEqual([400, 'input-invalid']);

    const endAll = (user: string, token: string | undefined = admin) => call('endSessionsOfUser', { path: { id: user }, token });
    await refusesWithoutAdminToken('endSessionsOfUser', { path: { id: person.id } });
    expect((await endAll(person.id)).json.sessions).toEqual([expect.objectContaining({ id, revokedAt: NOW })]);
    expect(refusal(await endAll(randomUUID()))).toEqual([404, 'not-found']);
    expect(refusal(await endAll('x'))).toEqual([400, 'input-invalid']);
  });

  it('readReadiness says that requests may come', async () => {
    expect((await call('readReadiness')).json).toEqual({ status: 'ready' });
  });

  const TUS = { 'tus-resumable': '1.0.0' };
  it.each([
    ['desks', 'beginUpload', 'readUpload', 'continueUpload', 'endUpload'],
    ['the cabinet', 'beginCabinetUpload', 'readCabinetUpload', 'continueCabinetUpload', 'endCabinetUpload'],
  ] as const)('uploads of %s go on where they are and belong to whoever began them', async (who, begin, read, go, end) => {
    const bytes = Buffer.from(`a document of ${who} in two parts`);
    const sender = who === 'desks' ? desk : training.client;
    const metadata = `sha256 ${Buffer.from(sha256(bytes)).toString('base64')}`;
    const beginning = { headers: { ...TUS, 'upload-length': String(bytes.length), 'upload-metadata': metadata } };
    const begun = await sender.call(begin, beginning);
    expect(begun.status).toBe(201);
    const location = begun.headers.get('location')!;
    const path = { id: location.slice(location.lastIndexOf('/') + 1) };
    const at = (offset: number, part: Buffer, headers: Record<string, string> = {}): Omit<Call, 'token'> => ({
      path,
      headers: { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset), ...headers },
      body: new Uint8Array(part),
    });
    const half = bytes.subarray(0, 10);

    expect(refusal(await sender.call(begin, { headers: { ...TUS, 'upload-length': '1' } }))).toEqual([400, 'input-invalid']);
    expect(refusal(await sender.call(begin, { headers: { 'upload-length': '1' } }))).toEqual([412, 'tus-version-unsupported']);
    const huge = { headers: { ...beginning.headers, 'upload-length': String(LIMITS.wireDocumentBytes + 1) } };
    expect(refusal(await sender.call(begin, huge))).toEqual([413, 'document-too-large']);
    expect(refusal(await sender.call(go, at(0, half, { 'upload-offset': 'x' })))).toEqual([400, 'input-invalid']);
    expect(refusal(await sender.call(go, at(5, half)))).toEqual([409, 'upload-offset-differs']);
    expect(refusal(await sender.call(go, { ...at(0, half), headers: {} }))).toEqual([412, 'tus-version-unsupported']);
    expect(refusal(await sender.call(go, at(0, Buffer.concat([bytes, bytes]))))).toEqual([413, 'document-too-large']);
    expect(refusal(await sender.call(end, { path }))).toEqual([412, 'tus-version-unsupported']);
    expect(refusal(await sender.call(end, { path, headers: { ...TUS, 'upload-offset': 'x' } }))).toEqual([400, 'input-invalid']);
    expect((await sender.call(read, { path })).status).toBe(412);
    expect((await sender.call(read, { path, headers: { ...TUS, 'upload-offset': 'x' } })).status).toBe(400);
    const nowhere = { ...at(0, half), path: { id: 'x'.repeat(32) } };
    for (const operation of [go, end]) expect(refusal(await sender.call(operation, nowhere))).toEqual([404, 'not-found']);
    expect((await sender.call(read, { path: nowhere.path, headers: TUS })).status).toBe(404);
    if (who === 'desks') {
      for (const operation of [begin, go, end])
        await refusesStrangers(operation, { ...at(0, half), ...(operation === begin ? beginning : {}) });
      expect([(await call(read, { path, headers: TUS })).status, (await revoked.call(read, { path, headers: TUS })).status]).toEqual([
        401, 403,
      ]);
    } else {
      for (const operation of [begin, go, end]) await refusesWithoutCabinetToken(operation, at(0, half));
      expect((await real.client.call(read, { path, headers: TUS })).status).toBe(401);
    }

    expect((await sender.call(go, at(0, half))).headers.get('upload-offset')).toBe('10');
    expect((await sender.call(read, { path, headers: TUS })).headers.get('upload-offset')).toBe('10');
    expect(refusal(await sender.call(go, at(10, Buffer.alloc(bytes.length - 10))))).toEqual([422, 'document-hash-mismatch']);
    expect((await sender.call(read, { path, headers: TUS })).status).toBe(404);
    const again = (await sender.call(begin, beginning)).headers.get('location')!;
    const ended = { path: { id: again.slice(again.lastIndexOf('/') + 1) }, headers: TUS };
    expect((await sender.call(end, ended)).status).toBe(204);
    expect((await sender.call(read, ended)).status).toBe(404);
  });

  it('a path or a method that is not documented is not there', async () => {
    for (const [method, path] of [
      ['GET', '/'],
      ['DELETE', '/v1/filings'],
      ['POST', '/v1/feed'],
      ['GET', '/v1/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd%00'],
      ['GET', `/v1/documents/${'a'.repeat(5000)}`],
    ] as const) {
      const response = await fetch(training.registry.url + path, { method });
      expect([400, 401, 404]).toContain(response.status);
      expect(await response.json()).toMatchObject({ code: expect.stringMatching(/^(not-found|not-signed-in|input-invalid)$/) });
    }
  });

  it('every documented answer of every operation was seen', () => {
    const seen = new Set([...training.client.seen, ...real.client.seen]);
    const documented = operations.flatMap(({ operationId, responses }) =>
      Object.keys(responses).map((status) => `${operationId} ${status}`),
    );
    expect(documented.filter((answer) => !seen.has(answer))).toEqual([]);
  });
});
