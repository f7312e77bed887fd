import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withCheckDigit } from '../../../shared/domain/identifier.ts';
import { readAdministration } from '../../../registry/journal/read-administration.ts';
import { recordAdministration } from '../../../registry/journal/administration-entries.ts';
import { openEmbedded } from '../../../registry/store/embedded.ts';
import { openPostgres } from '../../../registry/store/postgres.ts';
import type {
  AdministrationPage,
  AdministrationQuestion,
  CommandEnvelope,
  CommandKind,
  CommandPayload,
} from '../../../shared/registry/index.ts';
import { enrolDesk, sha256, signAssertion, type Desk } from '../../support/registry/desk.ts';
import type { Answer } from '../../support/registry/documented-client.ts';
import { describeOnEveryDatabase, type FreshDatabase } from '../../support/registry/every-database.ts';
import {
  hoursFromNow,
  makeCertificate,
  makePerson,
  provenAs,
  proven,
  sendEnvelope,
  signIn,
  type Mandated,
} from '../../support/registry/person.ts';
import { ALMATY, ASTANA, NOW, NOW_MS, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';
import { tempDir } from '../../support/temp-dir.ts';

const CODE = 'ABCD-EFGH-2345-6789';
const EVERYTHING: AdministrationQuestion = { before: null, limit: 100, from: null, until: null, action: null };
const HOUR_MS = 3_600_000;

describeOnEveryDatabase('what administrators changed', (fresh) => {
  let open: OpenRegistry;
  let desk: Desk;
  let admin: Mandated;
  let database: Awaited<ReturnType<FreshDatabase>>;
  let nowMs = NOW_MS;

  beforeAll(async () => {
    database = await fresh();
    if (database.database === 'embedded') database = { ...database, dataDir: tempDir() };
    open = await openRegistry(() => Promise.resolve(database), {
      ...{ mode: 'real', courts: [ALMATY, ASTANA], clock: () => new Date(nowMs).toISOString() },
    });
    desk = await open.desk(ALMATY.code);
    admin = await signIn(desk, await makePerson(open, ALMATY.code, ['admin']));
  });
  afterAll(() => open?.registry.close());

  const send = <K extends CommandKind>(kind: K, payload: CommandPayload<K>) => sendEnvelope(desk, proven(admin, kind, payload));
  const asking = (by: Mandated, question: Partial<AdministrationQuestion> = {}, more: Partial<CommandEnvelope> = {}) =>
    provenAs(by, 'administration.read', { ...EVERYTHING, ...question }, more);
  const ask = (envelope: object, at = desk): Promise<Answer> => at.call('askAdministration', { json: envelope });
  const told = async (question: Partial<AdministrationQuestion> = {}): Promise<AdministrationPage> =>
    (await ask(asking(admin, question))).json;
  const refusal = ({ status, json }: Answer) => [status, json.code];
  const adds = (name: string) => ({
    ...{ userId: randomUUID(), seen: null, name, iin: withCheckDigit('87013140001'), roles: ['secretary' as const] },
    ...{ certificates: [], active: true },
  });

  it('tells who did what at which desk, with both sides, newest first', async () => {
    const person = adds('Әлия Өмірбекова');
    await send('user.keep', person);
    await send('court.configure', { offlineSignInDays: 3, idleLockMinutes: 5 });
    const { entries, nextBefore } = await told();
    const by = { id: admin.actor, name: 'Сәуле Әбдірахманова' };
    const workstation = { id: desk.id, name: 'Desk' };
    expect(entries.slice(0, 2)).toMatchObject([
      {
        ...{ at: NOW, by, workstation, action: 'court.configured', subject: ALMATY.code },
        ...{ before: { offlineSignInDays: 14, idleLockMinutes: 10 }, after: { offlineSignInDays: 3, idleLockMinutes: 5 } },
      },
      {
        ...{ at: NOW, by, workstation, action: 'user.kept', subject: person.userId, before: null },
        after: { name: person.name, iin: person.iin, roles: ['secretary'], certificates: [], active: true },
      },
    ]);
    // what the operator did has nobody and no desk
    expect(entries.at(-1)).toMatchObject({
      by: null,
      workstation: null,
      action: 'court.added',
      before: null,
      after: { nameRu: ALMATY.nameRu },
    });
    expect(nextBefore).toBeNull();
  });

  it('gives pages that join without a gap, whatever is changed meanwhile', async () => {
    const all = (await told()).entries.map(({ position }) => position);
    const paged: number[] = [];
    let before: number | null = null;
    do {
      const page: AdministrationPage = await told({ before, limit: 2 });
      expect(page.entries.length).toBeLessThanOrEqual(2);
      paged.push(...page.entries.map(({ position }) => position));
      before = page.nextBefore;
      await send('court.configure', { offlineSignInDays: 1, idleLockMinutes: paged.length });
    } while (before !== null);
    expect(paged).toEqual(all);
  });

  it('narrows by time and by action, whole or by its first part', async () => {
    nowMs += 60_000;
    await send('court.rename', { nameKk: 'Жаңа сот', nameRu: 'Новый суд' });
    nowMs = NOW_MS;
    const actionsOf = async (question: Partial<AdministrationQuestion>) => [
      ...new Set((await told(question)).entries.map(({ action }) => action)),
    ];
    expect(await actionsOf({ from: new Date(NOW_MS + 1).toISOString() })).toEqual(['court.renamed']);
    expect(await actionsOf({ until: NOW })).toEqual([]);
    expect(await actionsOf({ action: 'user' })).toEqual(['user.kept']);
    expect(await actionsOf({ action: 'court.renamed' })).toEqual(['court.renamed']);
    expect(await actionsOf({ action: 'use' })).toEqual([]);
  });

  it('is told to the head of office too, and to nobody else', async () => {
    const head = await signIn(desk, await makePerson(open, ALMATY.code, ['office-head']));
    expect((await ask(asking(head))).status).toBe(200);
    for (const roles of [['secretary'], ['judge'], []])
      expect(refusal(await ask(asking(await signIn(desk, await makePerson(open, ALMATY.code, roles)))))).toEqual([403, 'role-not-allowed']);
    expect(refusal(await ask(asking(admin, {}, { actor: null })))).toEqual([422, 'user-unknown']);
  });

  it('needs the proof of somebody who is signed in now, for this very question', async () => {
    const person = await makePerson(open, ALMATY.code, ['admin']);
    const session = await signIn(desk, person);
    const right = asking(session);
    expect((await ask(right)).status).toBe(200);
    expect(refusal(await ask({ ...right, payload: { ...EVERYTHING, limit: 1 } }))).toEqual([403, 'proof-invalid']);
    expect(refusal(await ask({ ...right, proof: undefined }))).toEqual([403, 'proof-missing']);
    expect(refusal(await ask({ ...right, session: null, proof: undefined }))).toEqual([403, 'proof-missing']);
    expect(refusal(await ask({ ...right, session: undefined, proof: undefined }))).toEqual([403, 'proof-missing']);
    expect(refusal(await ask({ ...right, session: 'A'.repeat(43) }))).toEqual([403, 'session-unknown']);
    expect(refusal(await ask(asking(session, { limit: 101 })))).toEqual([400, 'input-invalid']);
    // a command is no question, and a question no command
    expect(refusal(await ask(proven(session, 'court.configure', { offlineSignInDays: 1, idleLockMinutes: 5 })))).toEqual([
      400,
      'input-invalid',
    ]);
    expect(await sendEnvelope(desk, right)).toMatchObject({ outcome: 'update-needed' });

    // the same words again after the person has signed out tell nothing, though they were proven before
    nowMs += 13 * HOUR_MS;
    const assertion = await signAssertion(desk.key, desk.id, nowMs);
    const { accessToken: token } = (await open.client.call('takeToken', { json: { assertion } })).json;
    const late = await open.client.call('askAdministration', { json: right, token });
    nowMs = NOW_MS;
    expect(refusal(late)).toEqual([403, 'session-over']);
    await desk.call('endSession', { path: { id: session.request.publicKey }, query: { at: hoursFromNow(1) } });
    expect(refusal(await ask(right))).toEqual([403, 'session-over']);
  });

  it('shows a court nothing of another, and its people no other desk', async () => {
    const there = await open.desk(ASTANA.code);
    const other = await signIn(there, await makePerson(open, ASTANA.code, ['admin']));
    const { entries } = (await ask(asking(other), there)).json as AdministrationPage;
    expect(entries.map(({ action }) => action)).toEqual(['user.kept', 'court.added']);
    expect(JSON.stringify(entries)).not.toContain(admin.actor);
    // a place in the journal of another court opens nothing of it
    await send('court.configure', { offlineSignInDays: 2, idleLockMinutes: 5 });
    const { position } = (await told()).entries[0]!;
    expect((await ask(asking(other, { before: position + 1 }), there)).json).toEqual({ entries, nextBefore: null });
    expect(refusal(await ask(asking(admin), there))).toEqual([422, 'user-unknown']);
    expect(refusal(await ask(asking(other)))).toEqual([422, 'user-unknown']);
  });

  it('is told to the operator for any court', async () => {
    const read = (code: string, query: Record<string, string | number> = {}) =>
      open.client.call('readCourtJournal', { token: open.registry.adminToken, path: { code }, query });
    expect((await read(ALMATY.code)).json).toEqual(await told());
    expect((await read(ALMATY.code, { limit: 1, action: 'court.added' })).json.entries).toHaveLength(1);
    expect(refusal(await read('0001'))).toEqual([404, 'not-found']);
    for (const query of [{ limit: 0 }, { before: 'x' }, { from: 'yesterday' }])
      expect(refusal(await read(ALMATY.code, query))).toEqual([400, 'input-invalid']);
  });

  it('holds no code, token or key, whatever is done', async () => {
    const invitation = (name: string, code: string) => ({ invitationId: randomUUID(), name, codeSha256: sha256(code) });
    const withdrawn = invitation('Кеңсе 3', 'WWWW-WWWW-WWWW-WWWW');
    await send('workstation.invite', invitation('Кеңсе 2', CODE));
    await send('workstation.invite', withdrawn);
    await send('workstation.withdraw', { invitationId: withdrawn.invitationId });
    const taken = await enrolDesk({ client: open.client, code: CODE, training: false, nowMs: NOW_MS });
    await send('workstation.rename', { workstationId: taken.id, name: 'Мұрағат' });
    await send('workstation.revoke', { workstationId: taken.id });
    const certificate = makeCertificate();
    const pem = readFileSync(certificate.pem, 'utf8');
    const key = readFileSync(certificate.key, 'utf8');
    const kept = { ...adds('Ерлан'), iin: null, certificates: [pem] };
    expect(await send('user.keep', kept)).toMatchObject({ outcome: 'applied' });
    // a certificate file with its key in it is no certificate
    const withKey = { ...kept, userId: randomUUID(), certificates: [pem + key] };
    expect(await send('user.keep', withKey)).toMatchObject({ outcome: 'refused', code: 'input-invalid' });
    const byOperator = await open.client.call('keepUser', {
      token: open.registry.adminToken,
      json: { court: ALMATY.code, name: 'x', iin: null, roles: [], certificates: [pem + key], active: true },
    });
    expect(refusal(byOperator)).toEqual([400, 'input-invalid']);
    const codesOf = async () =>
      (await open.client.call('listCourts', { token: open.registry.adminToken })).json.courts.map(
        ({ enrolmentCode }: { enrolmentCode: string }) => enrolmentCode,
      );
    const secrets = [
      CODE,
      sha256(CODE),
      withdrawn.codeSha256,
      open.registry.adminToken,
      taken.key.publicKey.x,
      'PRIVATE KEY',
      ...(await codesOf()),
    ];
    const { entries } = await told();
    for (const action of ['invited', 'withdrawn', 'enrolled', 'renamed', 'revoked'])
      expect(entries.map((entry) => entry.action)).toContain(`workstation.${action}`);
    expect(entries.find(({ subject }) => subject === kept.userId)!.after!.certificates).toEqual([
      { sha256: sha256(Buffer.from(certificate.der)), name: 'ӨМІРБЕКОВА ӘЛИЯ', validUntil: expect.any(String) as string },
    ]);
    const withoutLeaf = JSON.stringify(entries);
    for (const secret of secrets) expect(withoutLeaf).not.toContain(secret);

    // nor does the table behind it, also when a row with more in it is handed to the journal
    await open.registry.close();
    const db = database.database === 'embedded' ? await openEmbedded(database.dataDir) : openPostgres(database.database);
    try {
      const side = { name: 'Кеңсе', enrolment_code: CODE, nested: { token: CODE } };
      await recordAdministration(db, {
        ...{
          court: ALMATY.code,
          at: NOW,
          by: null,
          workstation: null,
          action: 'workstation.renamed',
          subject: 'x',
          before: side,
          after: side,
        },
      });
      const rows = await db.query('SELECT before, after FROM administration_entry');
      expect(rows.length).toBeGreaterThan(8);
      for (const secret of secrets) expect(JSON.stringify(rows)).not.toContain(secret);
      // an entry of an older version with more in it is read without that
      await db.query(
        `INSERT INTO administration_entry (court, at, action, subject, before, after) VALUES ($1, $2, 'court.renamed', $1, NULL, $3::jsonb)`,
        [ALMATY.code, NOW, JSON.stringify({ nameRu: 'Суд', enrolmentCode: CODE })],
      );
      const [newest] = (await readAdministration(db, ALMATY.code, { ...EVERYTHING, limit: 1 })).entries;
      expect(newest!.after).toEqual({ nameRu: 'Суд' });
    } finally {
      await db.close();
    }
  });
});
