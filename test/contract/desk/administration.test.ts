import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  configureCourt,
  createProfile,
  inviteWorkstation,
  keepPerson,
  pull,
  readAdministration,
  readChanges,
  renameCourt,
  renameWorkstation,
  revokeWorkstation,
  withdrawCode,
} from '../../../main/core/index.ts';
import path from 'node:path';
import { courtDayOf } from '../../../shared/domain/court-day.ts';
import { changeCourt } from '../../../main/sync/index.ts';
import type { Administration } from '../../../shared/contract/index.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { must, signInAs, trainingOffice, type TrainingOffice } from '../../support/desk/training-office.ts';

let office: TrainingOffice;
let admin: string;
beforeEach(async () => {
  office = await trainingOffice();
  must(await pull(office.desk));
  admin = await signInAs(office, 'office-head');
});
afterEach(() => office.close());

async function now(): Promise<Administration> {
  must(await pull(office.desk));
  return readAdministration(office.desk, admin);
}
const personNamed = ({ people }: Administration, role: 'secretary' | 'admin') => people.find(({ roles }) => roles.includes(role))!;
const changeOf = ({ id, seen, name, iin, roles, certificates, active }: Administration['people'][number]) => ({
  ...{ id, seen, name, iin, roles, active },
  certificates: certificates.map(({ pem }) => pem),
});
const enrol = (code: string) => {
  const { clock, newId } = office.desk.config;
  const profileDir = path.join(tempDir(), 'desk');
  const enrolment = { profileDir, registryUrl: office.registry.url, enrolmentCode: code, training: true, clock, newId };
  return createProfile({ ...enrolment, protector: { kind: 'open' } });
};
const journalOf = (action: string) =>
  office.desk.store.read
    .all<{ actor: string; details: string }>('SELECT actor, details FROM journal WHERE action = ? ORDER BY seq', action)
    .map(({ actor, details }) => [actor, JSON.parse(details) as Record<string, string>] as const);

describe('the administrator at a desk', () => {
  it('revokes a person as he saw him, and gives the access back; both stand in the journal', async () => {
    const secretary = personNamed(await now(), 'secretary');
    must(await keepPerson(office.desk, admin, { ...changeOf(secretary), active: false }));
    // the same look at the person again is out of date
    expect(await keepPerson(office.desk, admin, changeOf(secretary))).toMatchObject({ ok: false, error: { code: 'user-outdated' } });
    const revoked = (await now()).people.find(({ id }) => id === secretary.id)!;
    expect(revoked.active).toBe(false);
    must(await keepPerson(office.desk, admin, { ...changeOf(revoked), active: true }));
    expect((await now()).people.find(({ id }) => id === secretary.id)!.active).toBe(true);
    expect(journalOf('user.changed').map(([by, { before, after }]) => [by, before!.split(';')[0], after!.split(';')[0]])).toEqual([
      [admin, 'active', 'revoked'],
      [admin, 'revoked', 'active'],
    ]);
  });

  it('reads in the journal of the desk whom the operator of the registry made head, and nothing of whom the desk found', async () => {
    const secretary = personNamed(await now(), 'secretary');
    expect(journalOf('user.changed')).toEqual([]);
    const { id, name, iin, certificates } = office.desk.store.read.get<Record<string, string>>(
      'SELECT id, name, iin, certificates FROM app_user WHERE id = ?',
      secretary.id,
    )!;
    const body = { id, name, iin, court: '9900', roles: ['secretary', 'office-head'], active: true };
    const answer = await fetch(`${office.registry.url}/v1/admin/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${office.registry.adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, certificates: JSON.parse(certificates!) as string[] }),
    });
    expect(answer.status).toBe(200);
    expect((await now()).people.find((person) => person.id === id)!.roles).toContain('office-head');
    const [before, after] = ['active; certificates 1; secretary', 'active; certificates 1; secretary; office-head'];
    expect(journalOf('user.changed')).toEqual([[null, { person: id, before, after, changed: '' }]]);
  });

  it('cannot revoke himself, and a secretary cannot administer at all', async () => {
    const me = personNamed(await now(), 'admin');
    expect(me.isMe).toBe(true);
    expect(await keepPerson(office.desk, admin, { ...changeOf(me), active: false })).toMatchObject({
      ok: false,
      error: { code: 'own-account' },
    });
    const secretary = await signInAs(office, 'secretary');
    expect(await keepPerson(office.desk, secretary, { ...changeOf(me), active: false })).toMatchObject({
      ok: false,
      error: { code: 'role-not-allowed' },
    });
    expect(personNamed(await now(), 'admin').active).toBe(true);
  });

  it('makes a code that takes in one workstation under its name; it is renamed and put out', async () => {
    const code = must(await inviteWorkstation(office.desk, admin, 'Қабылдау 2'));
    expect(code).toMatch(/^[0-9A-HJ-NP-Z-]{19}$/);
    expect((await now()).workstations!.invitations.map(({ name }) => name)).toEqual(['Қабылдау 2']);
    must(await enrol(code));
    expect(await enrol(code)).toMatchObject({ ok: false, error: { code: 'enrolment-code-expired' } });
    const taken = (await now()).workstations!;
    const added = taken.workstations.find(({ name }) => name === 'Қабылдау 2')!;
    expect([taken.invitations, added.isHere, added.revokedAt]).toEqual([[], false, null]);
    must(await renameWorkstation(office.desk, admin, added.id, 'Мұрағат'));
    must(await revokeWorkstation(office.desk, admin, added.id));
    const after = (await now()).workstations!.workstations;
    expect(after.find(({ id }) => id === added.id)).toMatchObject({ name: 'Мұрағат', revokedAt: expect.any(String) as string });
    const here = after.find(({ isHere }) => isHere)!;
    expect(await revokeWorkstation(office.desk, admin, here.id)).toMatchObject({ ok: false, error: { code: 'own-workstation' } });
    expect(journalOf('workstation.renamed')).toEqual([[admin, { workstation: added.id, before: 'Қабылдау 2', after: 'Мұрағат' }]]);
    expect(journalOf('workstation.revoked').map(([by, { workstation }]) => [by, workstation])).toEqual([[admin, added.id]]);
    // the code is nowhere in the store of the desk
    expect(JSON.stringify(office.desk.store.read.all('SELECT * FROM journal'))).not.toContain(code);
  });

  it('takes a code back that nobody has used; the journal says so and the code takes nobody in', async () => {
    const code = must(await inviteWorkstation(office.desk, admin, 'Қабылдау 3'));
    const { id } = (await now()).workstations!.invitations[0]!;
    must(await withdrawCode(office.desk, admin, id));
    expect((await now()).workstations!.invitations).toEqual([]);
    expect(await enrol(code)).toMatchObject({ ok: false, error: { code: 'enrolment-code-expired' } });
    expect(journalOf('workstation.withdrawn')).toEqual([[admin, { workstation: id, before: 'Қабылдау 3', after: '' }]]);
  });

  it('renames the court: every paper from then on has the new names, also after the desk was opened anew, and the journal has both', async () => {
    const { nameKk, nameRu } = office.desk.profile.court;
    const names = { nameKk: 'Өңірлік оқу соты', nameRu: 'Региональный учебный суд' };
    const parts = [office.desk.registration.court, office.desk.acts.court, office.desk.profile.court];
    must(await renameCourt(office.desk, admin, names));
    expect((await now()).courtNames).toEqual(names);
    for (const court of parts) expect({ ...court }).toEqual({ code: '9900', ...names });
    expect(journalOf('court.renamed')).toEqual([
      [admin, { before: `${nameKk} / ${nameRu}`, after: 'Өңірлік оқу соты / Региональный учебный суд' }],
    ]);
    await office.reopen();
    expect(office.desk.profile.court).toMatchObject(names);
  });

  it('a court that was revoked lets nobody in until it is reinstated, and both stand in the journal then', async () => {
    const { url: registryUrl, adminToken } = office.registry;
    must(await changeCourt({ registryUrl, adminToken }, '9900', 'revoke'));
    expect(await pull(office.desk)).toMatchObject({ ok: false, error: { code: 'workstation-revoked' } });
    expect(await enrol(office.registry.courts[0]!.enrolmentCode)).toMatchObject({ ok: false, error: { code: 'court-revoked' } });
    must(await changeCourt({ registryUrl, adminToken }, '9900', 'reinstate'));
    must(await pull(office.desk));
    expect(journalOf('court.revoked')).toEqual([[null, {}]]);
    expect(journalOf('court.reinstated')).toEqual([[null, {}]]);
    expect(await changeCourt({ registryUrl, adminToken: 'wrong' }, '9900', 'revoke')).toMatchObject({
      ok: false,
      error: { code: 'registry-refused', params: { code: 'admin-token-wrong' } },
    });
  });

  it('reads what was changed at every desk, newest first, field by field, and only with a line', async () => {
    const everything = { before: null, from: null, until: null, about: null };
    const secretary = personNamed(await now(), 'secretary');
    must(await keepPerson(office.desk, admin, { ...changeOf(secretary), roles: ['secretary', 'judge'], active: false }));
    must(await inviteWorkstation(office.desk, admin, 'Қабылдау 2'));
    must(await renameCourt(office.desk, admin, { nameKk: 'Өңірлік оқу соты', nameRu: 'Региональный учебный суд' }));
    const { lines } = must(await readChanges(office.desk, admin, everything));
    const { name: by } = (await now()).people.find(({ id }) => id === admin)!;
    const here = (await now()).workstations!.workstations.find(({ isHere }) => isHere)!.name;
    expect(lines.slice(0, 3)).toMatchObject([
      {
        ...{ action: 'court.renamed', by, workstation: here, added: false, about: null },
        changes: [
          { field: 'nameKk', after: 'Өңірлік оқу соты' },
          { field: 'nameRu', before: office.registry.courts[0]!.nameRu, after: 'Региональный учебный суд' },
        ],
      },
      {
        ...{ action: 'workstation.invited', by, workstation: here, added: true, about: 'Қабылдау 2' },
        changes: [{ field: 'name', before: null, after: 'Қабылдау 2' }],
      },
      {
        ...{ action: 'user.kept', by, workstation: here, added: false, about: secretary.name },
        changes: [
          { field: 'roles', before: ['secretary'], after: ['secretary', 'judge'] },
          { field: 'active', before: true, after: false },
        ],
      },
    ]);
    expect(lines.at(-1)).toMatchObject({ action: 'court.added', by: null, workstation: null });
    // an IIN leaves the core masked only
    expect(lines.flatMap(({ changes }) => changes).filter(({ field }) => field === 'iin').length).toBeGreaterThan(0);
    expect(JSON.stringify(lines)).not.toContain(secretary.iin);

    const today = courtDayOf(office.desk.config.clock());
    const ofCourt = must(await readChanges(office.desk, admin, { ...everything, from: today, until: today, about: 'court' })).lines;
    expect(new Set(ofCourt.map(({ action }) => action.split('.')[0]))).toEqual(new Set(['court']));
    expect(must(await readChanges(office.desk, admin, { ...everything, until: '2020-01-01' }))).toEqual({ lines: [], nextBefore: null });
    const judge = await signInAs(office, 'judge');
    expect(await readChanges(office.desk, judge, everything)).toMatchObject({ ok: false, error: { code: 'role-not-allowed' } });
    await office.registry.close();
    expect(await readChanges(office.desk, admin, everything)).toMatchObject({ ok: false, error: { code: 'registry-unreachable' } });
  });

  it('reads the lists without a line, as they were, and changes nothing', async () => {
    must(await configureCourt(office.desk, admin, { offlineSignInDays: 3, idleLockMinutes: 5 }));
    const before = await now();
    await office.registry.close();
    const offline = await readAdministration(office.desk, admin);
    expect(offline).toEqual({ ...before, offline: 'registry-unreachable' });
    expect(offline.policy).toEqual({ offlineSignInDays: 3, idleLockMinutes: 5 });
    const { code } = (await inviteWorkstation(office.desk, admin, 'x')) as { code?: string; error?: { code: string } };
    expect(code).toBeUndefined();
    expect(office.desk.store.read.all("SELECT * FROM outbox WHERE kind LIKE 'workstation.%'")).toEqual([]);
  });
});
