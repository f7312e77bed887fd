import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withCheckDigit } from '../../../shared/domain/identifier.ts';
import { userText, type CommandKind, type CommandPayload } from '../../../shared/registry/index.ts';
import { enrolDesk, makeDeskKey, sha256, type Desk } from '../../support/registry/desk.ts';
import { describeOnEveryDatabase } from '../../support/registry/every-database.ts';
import { makeCertificate, makePerson, proven, sendEnvelope, signIn, type Mandated, type Person } from '../../support/registry/person.ts';
import { ALMATY, ASTANA, NOW_MS, openRegistry, type OpenRegistry } from '../../support/registry/open-registry.ts';

type Keep = CommandPayload<'user.keep'>;
const CODE = 'ABCD-EFGH-2345-6789';
const HOUR_MS = 3_600_000;

describeOnEveryDatabase('an administrator of a court', (fresh) => {
  let open: OpenRegistry;
  let desk: Desk;
  let admin: Person;
  let session: Mandated;
  let nowMs = NOW_MS;

  beforeAll(async () => {
    open = await openRegistry(fresh, { mode: 'real', courts: [ALMATY, ASTANA], clock: () => new Date(nowMs).toISOString() });
    desk = await open.desk(ALMATY.code);
    admin = await makePerson(open, ALMATY.code, ['admin']);
    session = await signIn(desk, admin);
  });
  afterAll(() => open?.registry.close());

  const send = <K extends CommandKind>(kind: K, payload: CommandPayload<K>, by = session) => sendEnvelope(desk, proven(by, kind, payload));
  const adds = (more: Partial<Keep> = {}): Keep => ({
    ...{ userId: randomUUID(), seen: null, name: 'Әлия Өмірбекова', iin: null, roles: ['secretary'], certificates: [], active: true },
    ...more,
  });
  const seenAs = ({ name, iin, roles, certificates, active }: Keep) => sha256(userText({ name, iin, roles, certificates, active }));
  const told = async (subject: string) =>
    (await desk.feed()).filter((item) => item.subject === subject).map(({ kind, data }) => ({ kind, data }));
  const invite = async (code: string, name = 'Кеңсе 2') => {
    const invitationId = randomUUID();
    expect(await send('workstation.invite', { invitationId, name, codeSha256: sha256(code) })).toMatchObject({ outcome: 'applied' });
    return invitationId;
  };
  const enrolled = async (code: string, key = makeDeskKey()) =>
    (await open.client.call('enrol', { json: { code, name: 'PC-17', training: false, publicKey: key.publicKey } })).json;

  it('adds a person and changes him as he was seen, and the desks are told by whom', async () => {
    const added = adds({ iin: withCheckDigit('87013140001') });
    expect(await send('user.keep', added)).toMatchObject({ outcome: 'applied', filing: null });
    const changed = { ...added, seen: seenAs(added), name: 'Әлия Серікова', roles: ['secretary', 'office-head'] as Keep['roles'] };
    expect(await send('user.keep', changed)).toMatchObject({ outcome: 'applied' });
    const [first, second, ...rest] = await told(added.userId);
    expect(rest).toEqual([]);
    expect(first!.data).toMatchObject({ name: added.name, by: admin.id });
    expect(second).toMatchObject({ kind: 'user.changed', data: { name: changed.name, roles: changed.roles, by: admin.id } });
    // who saw the person as he was before decides anew
    expect(await send('user.keep', { ...changed, name: 'Ерлан' })).toMatchObject({ outcome: 'conflict', code: 'user-outdated' });
    expect(await send('user.keep', { ...changed, seen: null })).toMatchObject({ code: 'user-outdated' });
    expect(await told(added.userId)).toHaveLength(2);
  });

  it('takes no IIN that is none, no certificate that is none, and nobody twice', async () => {
    const iin = withCheckDigit('90010140002')!;
    const certificate = readFileSync(makeCertificate().pem, 'utf8');
    const known = adds({ iin, certificates: [certificate] });
    expect(await send('user.keep', known)).toMatchObject({ outcome: 'applied' });
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    for (const [more, code] of [
      [{ iin: '9001' }, 'input-invalid'],
      [{ certificates: [broken] }, 'input-invalid'],
      [{ name: '  ' }, 'input-invalid'],
      [{ iin }, 'person-known'],
      [{ certificates: [certificate] }, 'person-known'],
    ] as const) {
      const refused = adds(more as Partial<Keep>);
      expect(await send('user.keep', refused)).toMatchObject({ outcome: 'refused', code });
      expect(await told(refused.userId)).toEqual([]);
    }
  });

  it('cannot shut himself out, and the operator cannot leave the court without an administrator', async () => {
    const self = { userId: admin.id, name: 'Админ', iin: null, certificates: [admin.pem] };
    const { json } = await open.client.call('listUsers', { token: open.registry.adminToken, query: { court: ALMATY.code } });
    const own = json.users.find((user: { id: string }) => user.id === admin.id);
    const seen = sha256(userText(own));
    for (const more of [
      { roles: ['admin'], active: false },
      { roles: ['secretary'], active: true },
    ] as const)
      expect(await send('user.keep', { ...self, seen, ...more, roles: [...more.roles] })).toMatchObject({ code: 'own-account' });
    // his own key stays with him, and the court an administrator who has one
    const other = readFileSync(makeCertificate().pem, 'utf8');
    for (const certificates of [[], [other]])
      expect(await send('user.keep', { ...self, seen, roles: ['admin'], active: true, certificates })).toMatchObject({
        code: 'own-account',
      });
    const withoutKey = adds({ name: 'Кілтсіз', roles: ['admin'] });
    expect(await send('user.keep', withoutKey)).toMatchObject({ outcome: 'applied' });
    const revoke = { token: open.registry.adminToken, json: { ...own, active: false } };
    expect((await open.client.call('keepUser', revoke)).json.code).toBe('last-administrator');
    await makePerson(open, ASTANA.code, ['admin']); // of another court: does not count
    expect((await open.client.call('keepUser', revoke)).json.code).toBe('last-administrator');
    expect(await send('workstation.revoke', { workstationId: desk.id })).toMatchObject({ outcome: 'refused', code: 'own-workstation' });
    expect((await desk.call('readWorkstations')).status).toBe(200);
  });

  it('revokes a person in the middle of work: nothing that comes later is taken, also what was done before', async () => {
    const clerk = await makePerson(open, ALMATY.code, ['office-head']);
    const working = await signIn(desk, clerk);
    const { json } = await open.client.call('listUsers', { token: open.registry.adminToken, query: { court: ALMATY.code } });
    const { id: userId, court, ...kept } = json.users.find((user: { id: string }) => user.id === clerk.id);
    expect(court).toBe(ALMATY.code);
    expect(await send('user.keep', { userId, ...kept, seen: sha256(userText(kept)), active: false })).toMatchObject({ outcome: 'applied' });
    const late = { filingId: randomUUID(), reason: 'done before' };
    expect((await sendEnvelope(desk, proven(working, 'lease.take-over', late))).code).toBe('user-inactive');
    await expect(signIn(desk, clerk)).rejects.toThrow('user-inactive');
  });

  it('takes a certificate away from a person: what was signed in with it counts no more, what was with another goes on', async () => {
    const clerk = await makePerson(open, ALMATY.code, ['office-head']);
    const second = makeCertificate();
    const pem = readFileSync(second.pem, 'utf8');
    const { json } = await open.client.call('listUsers', { token: open.registry.adminToken, query: { court: ALMATY.code } });
    const { id: userId, court, ...kept } = json.users.find((user: { id: string }) => user.id === clerk.id);
    expect(court).toBe(ALMATY.code);
    const both = { ...kept, iin: null, certificates: [...kept.certificates, pem] };
    expect(await send('user.keep', { userId, ...both, seen: sha256(userText(kept)) })).toMatchObject({ outcome: 'applied' });
    const bySecond = (text: Buffer) => sign('sha256', text, createPrivateKey(readFileSync(second.key)));
    const [lost, other] = [await signIn(desk, clerk), await signIn(desk, { ...clerk, certificate: second, pem, sign: bySecond })];
    const left = { ...both, certificates: [pem] };
    expect(await send('user.keep', { userId, ...left, seen: sha256(userText(both)) })).toMatchObject({ outcome: 'applied' });
    const late = { filingId: randomUUID(), reason: 'with the lost key' };
    expect((await sendEnvelope(desk, proven(lost, 'lease.take-over', late))).code).toBe('session-over');
    expect((await sendEnvelope(desk, proven(other, 'lease.take-over', late))).code).toBe('not-found');
  });

  it('what a person did before the revocation stands when it had arrived; what arrives later waits until he confirms it in a new session', async () => {
    const clerk = await makePerson(open, ALMATY.code, ['office-head']);
    const working = await signIn(desk, clerk);
    const finding = () => ({ entries: 1, head: sha256(randomUUID()), finding: 'journal-edited', lastGood: 0, reason: 'restored' });
    const arrived = proven(working, 'journal.accept', finding());
    const waits = proven(working, 'journal.accept', finding());
    expect(await sendEnvelope(desk, arrived)).toMatchObject({ outcome: 'applied' });
    const { json } = await open.client.call('listUsers', { token: open.registry.adminToken, query: { court: ALMATY.code } });
    const { id: userId, court, ...kept } = json.users.find((user: { id: string }) => user.id === clerk.id);
    expect(court).toBe(ALMATY.code);
    const [again, gone] = [true, false].map((active) => ({ ...kept, iin: null, active })) as [typeof kept, typeof kept];
    expect(await send('user.keep', { userId, ...gone, seen: sha256(userText(kept)) })).toMatchObject({ outcome: 'applied' });
    expect(await sendEnvelope(desk, arrived)).toMatchObject({ outcome: 'duplicate' });
    expect(await sendEnvelope(desk, waits)).toMatchObject({ outcome: 'refused', code: 'user-inactive' });
    // let in again: the old session stays over, the person confirms under a new one, and the work keeps its time
    expect(await send('user.keep', { userId, ...again, seen: sha256(userText(gone)) })).toMatchObject({ outcome: 'applied' });
    expect(await sendEnvelope(desk, waits)).toMatchObject({ outcome: 'refused', code: 'session-over' });
    const { at, payload } = waits;
    const confirmed = proven(await signIn(desk, clerk), 'journal.accept', payload as ReturnType<typeof finding>, {
      id: waits.id,
      at,
      confirmedAt: at,
    });
    expect(await sendEnvelope(desk, confirmed)).toMatchObject({ outcome: 'applied' });
  });

  it('makes a code that takes one workstation in under the name given to it, within a day', async () => {
    await invite(CODE);
    expect((await desk.call('readWorkstations')).json.invitations).toEqual([expect.objectContaining({ name: 'Кеңсе 2' })]);
    const key = makeDeskKey();
    const taken = await enrolled(CODE.toLowerCase(), key);
    expect(taken.court.code).toBe(ALMATY.code);
    // the answer was lost: the same key gets the same workstation; anybody else gets none
    expect((await enrolled(CODE, key)).workstationId).toBe(taken.workstationId);
    expect((await enrolled(CODE)).code).toBe('enrolment-code-expired');
    const { workstations, invitations } = (await desk.call('readWorkstations')).json;
    expect(workstations).toContainEqual(expect.objectContaining({ id: taken.workstationId, name: 'Кеңсе 2', revokedAt: null }));
    expect(invitations).toEqual([]);
    expect((await told(taken.workstationId))[0]).toMatchObject({ kind: 'workstation.changed', data: { change: 'enrolled', by: admin.id } });
  });

  it('a code that nobody used in a day takes nobody in', async () => {
    await invite('ZZZZ-ZZZZ-ZZZZ-ZZZZ');
    nowMs += 24 * HOUR_MS;
    expect((await enrolled('ZZZZ-ZZZZ-ZZZZ-ZZZZ')).code).toBe('enrolment-code-expired');
    nowMs = NOW_MS;
  });

  it('takes a code back before anybody used it: it takes nobody in, is not offered any more, and both are told', async () => {
    const code = 'WWWW-WWWW-WWWW-WWWW';
    const invitationId = await invite(code, 'Кеңсе 4');
    expect(await send('workstation.withdraw', { invitationId })).toMatchObject({ outcome: 'applied', filing: null });
    expect(await send('workstation.withdraw', { invitationId })).toMatchObject({ outcome: 'applied' });
    expect((await enrolled(code)).code).toBe('enrolment-code-expired');
    const { workstations, invitations } = (await desk.call('readWorkstations')).json;
    for (const listed of [invitations, workstations]) expect(listed).not.toContainEqual(expect.objectContaining({ name: 'Кеңсе 4' }));
    expect((await told(invitationId)).map(({ data }) => data)).toMatchObject([
      { change: 'invited', by: admin.id },
      { change: 'withdrawn', name: 'Кеңсе 4', by: admin.id },
    ]);
  });

  it('does not take back a code by which a workstation has come in', async () => {
    const code = 'VVVV-VVVV-VVVV-VVVV';
    const invitationId = await invite(code, 'Кеңсе 5');
    const { workstationId } = await enrolled(code);
    expect(await send('workstation.withdraw', { invitationId })).toMatchObject({ outcome: 'conflict', code: 'move-not-allowed' });
    expect(await send('workstation.withdraw', { invitationId: randomUUID() })).toMatchObject({ outcome: 'refused', code: 'not-found' });
    const { workstations } = (await desk.call('readWorkstations')).json;
    expect(workstations).toContainEqual(expect.objectContaining({ id: workstationId, revokedAt: null }));
    expect(await told(invitationId)).toHaveLength(1);
  });

  it('who is no administrator any more takes no workstation in: his codes are worth nothing', async () => {
    const code = 'TTTT-TTTT-TTTT-TTTT';
    const second = await makePerson(open, ALMATY.code, ['admin']);
    const by = await signIn(desk, second);
    expect(await send('workstation.invite', { invitationId: randomUUID(), name: 'Кеңсе 6', codeSha256: sha256(code) }, by)).toMatchObject({
      outcome: 'applied',
    });
    const { json } = await open.client.call('listUsers', { token: open.registry.adminToken, query: { court: ALMATY.code } });
    const listed = json.users.find((user: { id: string }) => user.id === second.id);
    for (const change of [{ active: false }, { roles: ['secretary'] }]) {
      await open.client.call('keepUser', { token: open.registry.adminToken, json: { ...listed, ...change } });
      expect((await enrolled(code)).code).toBe('enrolment-code-expired');
      const { workstations, invitations } = (await desk.call('readWorkstations')).json;
      for (const named of [invitations, workstations]) expect(named).not.toContainEqual(expect.objectContaining({ name: 'Кеңсе 6' }));
    }
  });

  it('renames a workstation and puts it out for good, with both names told', async () => {
    await invite('YYYY-YYYY-YYYY-YYYY', 'Кеңсе 3');
    const neighbour = await enrolDesk({ client: open.client, code: 'YYYY-YYYY-YYYY-YYYY', training: false, nowMs: NOW_MS });
    const workstationId = neighbour.id;
    expect(await send('workstation.rename', { workstationId, name: 'Қабылдау' })).toMatchObject({ outcome: 'applied' });
    expect(await send('workstation.revoke', { workstationId })).toMatchObject({ outcome: 'applied' });
    expect((await neighbour.call('readFeed')).json.code).toBe('workstation-revoked');
    expect((await told(workstationId)).map(({ data }) => data)).toMatchObject([
      { change: 'enrolled', name: 'Кеңсе 3' },
      { change: 'renamed', before: 'Кеңсе 3', name: 'Қабылдау', by: admin.id },
      { change: 'revoked', before: 'Қабылдау', by: admin.id },
    ]);
    expect(await send('workstation.rename', { workstationId, name: 'again' })).toMatchObject({
      outcome: 'conflict',
      code: 'move-not-allowed',
    });
    expect(await send('workstation.revoke', { workstationId })).toMatchObject({ outcome: 'applied' });
    expect(await told(workstationId)).toHaveLength(3);
  });

  it('gives his court other names, once said, and no other court', async () => {
    const names = { nameKk: 'Алматы қаласының жаңа соты', nameRu: 'Новый суд Алматы' };
    expect(await send('court.rename', names)).toMatchObject({ outcome: 'applied', filing: null });
    expect(await send('court.rename', names)).toMatchObject({ outcome: 'applied' });
    const changes = (await told(ALMATY.code)).filter(({ kind }) => kind === 'court.changed');
    expect(changes.map(({ data }) => data)).toEqual([
      { change: 'renamed', ...names, before: { nameKk: ALMATY.nameKk, nameRu: ALMATY.nameRu }, by: admin.id },
    ]);
    const { courts } = (await open.client.call('listCourts', { token: open.registry.adminToken })).json;
    expect(courts).toContainEqual(expect.objectContaining({ code: ALMATY.code, ...names }));
    expect(courts).toContainEqual(expect.objectContaining(ASTANA));
    expect(await send('court.rename', { ...names, nameKk: '  x  ' })).toMatchObject({ code: 'input-invalid' });
  });

  it('says how long a desk may be signed in at without a line', async () => {
    expect(await send('court.configure', { offlineSignInDays: 3, idleLockMinutes: 5 })).toMatchObject({ outcome: 'applied' });
    expect((await told(ALMATY.code)).at(-1)).toEqual({
      kind: 'court.configured',
      data: { offlineSignInDays: 3, idleLockMinutes: 5, by: admin.id },
    });
    expect(await send('court.configure', { offlineSignInDays: 32, idleLockMinutes: 5 })).toMatchObject({ code: 'input-invalid' });
    expect(await send('court.configure', { offlineSignInDays: 3, idleLockMinutes: 0 })).toMatchObject({ code: 'input-invalid' });
  });
});
