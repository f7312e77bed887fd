import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mandateText } from '../../../shared/registry/index.ts';
import { enrolDesk, keepUser, makeDeskKey, sha256, signAssertion } from '../../support/registry/desk.ts';
import { createDocumentedClient, type Answer, type DocumentedClient } from '../../support/registry/documented-client.ts';
import { postgresPrograms } from '../../support/registry/every-database.ts';
import { makeSubmission } from '../../support/registry/filer.ts';
import { ALMATY, CABINET_TOKEN } from '../../support/registry/open-registry.ts';
import { makePerson, mandate, proven, sendEnvelope, type Mandated } from '../../support/registry/person.ts';
import { startPostgresCluster, type PostgresCluster } from '../../support/registry/postgres-cluster.ts';
import { tempDir } from '../../support/temp-dir.ts';

const main = path.resolve('registry/main.ts');

describe.skipIf(postgresPrograms === null)('a whole day of a real registry process on PostgreSQL', () => {
  let cluster: PostgresCluster;
  let child: ChildProcess;
  const logs: string[] = [];
  const secrets = new Set<string>([CABINET_TOKEN]);
  const refusals: Answer[] = [];
  let client: DocumentedClient;
  let admin: string;
  let code: string;
  let metrics = '';

  beforeAll(async () => {
    cluster = await startPostgresCluster(postgresPrograms!);
    const courts = path.join(tempDir(), 'courts.json');
    writeFileSync(courts, JSON.stringify([ALMATY]));
    const args = [main, '--mode', 'real', '--database', await cluster.freshDatabase(), '--courts', courts];
    child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, KENSE_CABINET_TOKEN: CABINET_TOKEN },
    });
    createInterface({ input: child.stderr! }).on('line', (line) => logs.push(line));
    const out = createInterface({ input: child.stdout! });
    const first = await new Promise<string>((resolve) => out.once('line', resolve));
    out.on('line', (line) => logs.push(line));
    const started = JSON.parse(first) as { url: string; adminToken: string; courts: { enrolmentCode: string }[] };
    client = createDocumentedClient(started.url);
    admin = started.adminToken;
    code = started.courts[0]!.enrolmentCode;
    for (const secret of [admin, code]) secrets.add(secret);
    await theDay();
    metrics = (await client.call('readMetrics')).bytes.toString();
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }, 120_000);
  afterAll(async () => {
    child?.kill('SIGKILL');
    await cluster?.stop();
  });

  async function theDay(): Promise<void> {
    const nowMs = Date.now();
    const at = new Date(nowMs).toISOString();
    const registry = { adminToken: admin } as never;
    const open = { client, registry } as never;
    const keep = (answer: Answer) => (answer.status >= 400 && refusals.push(answer), answer);

    keep(
      await client.call('enrol', { json: { code: 'AAAA-BBBB-CCCC', name: 'Desk', training: false, publicKey: makeDeskKey().publicKey } }),
    );
    const desk = await enrolDesk({ client, code, training: false, nowMs });
    const listed = (await client.call('listCourts', { token: admin })).json.courts as { enrolmentCode: string }[];
    for (const secret of [desk.token, desk.key.publicKey.x, listed[0]!.enrolmentCode]) secrets.add(secret);
    const assertion = await signAssertion(desk.key, desk.id, nowMs, { aud: 'another' });
    secrets.add(assertion);
    keep(await client.call('takeToken', { json: { assertion } }));
    keep(await client.call('readFeed', { token: `${desk.token}x` }));
    keep(await client.call('listUsers', { token: `${admin}x` }));

    const times = { notBefore: at, notAfter: new Date(nowMs + 8 * 3_600_000).toISOString() };
    const sessions: Mandated[] = [];
    for (const roles of [['secretary'], ['judge'], ['office-head']]) {
      const person = await makePerson(open, ALMATY.code, roles);
      const wrong = await mandate(desk, person, { ...times, by: () => Buffer.from('no signature at all') });
      keep(await desk.call('beginSession', { json: wrong.request }));
      const made = await mandate(desk, person, times);
      keep(await desk.call('beginSession', { json: made.request }));
      sessions.push(made);
      for (const { request, key } of [wrong, made]) {
        const { d } = key.export({ format: 'jwk' });
        for (const secret of [request.nonce, request.signature, request.publicKey, d!, mandateText(desk.id, request)]) secrets.add(secret);
        for (const line of [request.certificate.slice(200, 260), person.pem.split('\n')[3]!]) secrets.add(line);
      }
    }
    const [secretary, judge, head] = sessions as [Mandated, Mandated, Mandated];
    const send = async (...given: Parameters<typeof proven>) => {
      const command = proven(given[0], given[1], given[2], { at });
      secrets.add(command.proof!);
      return (await sendEnvelope(desk, command)).outcome;
    };

    const { submission, files } = makeSubmission(ALMATY.code, 'Құпия талап');
    for (const file of files) await client.call('uploadToCabinet', { token: CABINET_TOKEN, body: new Uint8Array(file) });
    const filing = (await client.call('submitFiling', { token: CABINET_TOKEN, json: submission })).json as {
      id: string;
      cabinetNumber: string;
    };
    keep(await client.call('submitFiling', { token: CABINET_TOKEN, json: { ...submission, parties: 'Өмірбекова' } }));
    keep(await client.call('submitFiling', { token: 'of nobody', json: submission }));
    for (const personal of ['Өмірбекова', 'Әбдірахманова', 'ӨМІРБЕКОВА', '870131400012', 'Құпия', filing.cabinetNumber])
      secrets.add(personal);

    await desk.feed();
    const { first } = await desk.lease('incoming', 2);
    const lease = (await desk.take(filing.id, secretary.actor)).json.lease.id as string;
    const registering = {
      ...{ filingId: filing.id, leaseId: lease, incomingNumber: `${ALMATY.code}-${at.slice(2, 4)}-${String(first).padStart(6, '0')}` },
      ...{ caseNumber: null, joinsCase: null, registeredAt: at, verdict: 'valid' as const, flagged: false, defects: [] },
    };
    secrets.add(registering.incomingNumber);
    const paper = await desk.upload(Buffer.from('%PDF Өмірбекова'));
    expect(await send(judge, 'filing.register', registering)).toBe('refused');
    expect(await send(secretary, 'filing.register', registering)).toBe('applied');
    expect((await desk.send('talon.issue', { filingId: filing.id, ...paper, qr: 'qr' }, secretary.actor)).outcome).toBe('applied');
    expect(await send(secretary, 'filing.send-to-judge', { filingId: filing.id, judgeId: judge.actor })).toBe('applied');
    const act = {
      actId: randomUUID(),
      filingId: filing.id,
      kind: 'ruling-accept',
      ...paper,
      level: 'B',
      signedAt: at,
      state: 'accepted',
    } as const;
    expect(await send(judge, 'act.issue', act)).toBe('applied');
    const recipients = [{ name: 'Өмірбекова', channel: 'cabinet' as const }];
    expect(await send(judge, 'act.dispatch', { actId: act.actId, filingId: filing.id, recipients })).toBe('applied');
    expect(await send(head, 'lease.take-over', { filingId: filing.id, reason: 'Құпия себеп' })).toBe('conflict');
    expect((await desk.send('journal.anchor', { entries: 9, head: sha256('journal') }, null)).outcome).toBe('applied');
    await client.call('readFilingStatus', { token: CABINET_TOKEN, path: { number: filing.cabinetNumber } });

    await desk.call('endSession', { path: { id: judge.request.publicKey }, query: { at } });
    await client.call('endSessionsOfUser', { token: admin, path: { id: head.actor } });
    await keepUser(client, registry, ALMATY.code, ['secretary'], { id: secretary.actor, active: false });
    keep(await desk.call('endSession', { path: { id: 'A'.repeat(43) }, query: { at } }));
    await client.call('revokeWorkstation', { token: admin, path: { id: desk.id } });
    keep(await desk.call('giveChallenge'));
  }

  const search = (text: string) => [...secrets].filter((secret) => text.includes(secret));

  it('is told in the log by route and status, and leaves no token, code, key, assertion, mandate, name or number there', () => {
    const text = logs.join('\n');
    for (const route of [
      '/v1/workstations/enrol',
      '/v1/token',
      '/v1/sign-in/sessions/{id}',
      '/v1/commands',
      '/v1/cabinet/filings/{number}',
    ])
      expect(text).toContain(`"route":"${route}"`);
    expect(logs.length).toBeGreaterThan(40);
    expect(search(text)).toEqual([]);
  });

  it('is refused where it must be, without a word of what was sent', () => {
    expect(refusals.map(({ json }) => json.code).sort()).toEqual(
      [
        ...['admin-token-wrong', 'assertion-invalid', 'cabinet-token-wrong', 'enrolment-code-wrong', 'input-invalid'],
        ...['mandate-invalid', 'mandate-invalid', 'mandate-invalid', 'not-found', 'not-signed-in', 'workstation-revoked'],
      ].sort(),
    );
    expect(search(refusals.map(({ bytes }) => bytes.toString()).join('\n'))).toEqual([]);
  });

  it('is counted without telling whom', () => {
    expect(metrics).toContain('kense_registry_requests_total');
    expect(search(metrics)).toEqual([]);
  });

  it('was searched for what it was given', () => {
    // the search itself finds such things where they are
    expect(search(`${readFileSync(main, 'utf8')} ${admin}`)).toEqual([admin]);
    expect(secrets.size).toBeGreaterThan(40);
  });
});
