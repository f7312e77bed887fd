import type { Administration, AdministrationChanges, WindowApi } from '../../../shared/contract/index.ts';
import { COURT_POLICY } from '../../../shared/domain/court-policy.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { NOW, instant } from './fake-data.ts';

type Answer = <I, O>(name: string, work: (input: I) => Result<O> | Promise<Result<O>>) => (input: I) => Promise<Result<O>>;

const person = (n: number, name: string, roles: Administration['people'][number]['roles'], isMe = false) => ({
  ...{ id: `01980000-0000-7000-8000-00000000010${n}`, seen: 'a'.repeat(64), name, iin: '870131400012', roles, active: true, isMe },
  certificates: [{ pem: '-----BEGIN CERTIFICATE-----', name, iin: null, validUntil: instant(NOW + 20 * 86_400_000) }],
  lastSignInAt: instant(NOW),
});

const change = { at: instant(NOW), by: 'СЕЙІТОВ ЕРЛАН', workstation: 'Кеңсе 1', added: false };
const NEWEST: AdministrationChanges = {
  lines: [
    {
      ...{ ...change, position: 7, action: 'user.kept', about: 'АХМЕТОВА АЙГҮЛ' },
      changes: [
        { field: 'roles', before: ['secretary'], after: ['secretary', 'judge'] },
        { field: 'certificates', before: [], after: [{ name: 'АХМЕТОВА АЙГҮЛ', validUntil: instant(NOW + 20 * 86_400_000) }] },
        { field: 'active', before: false, after: true },
      ],
    },
    {
      ...{ ...change, position: 5, action: 'court.configured', about: null },
      changes: [{ field: 'idleLockMinutes', before: 10, after: 5 }],
    },
  ],
  nextBefore: 5,
};
const OLDER: AdministrationChanges = {
  lines: [
    {
      ...{ ...change, position: 2, by: null, workstation: null, action: 'user.kept', about: 'СЕЙІТОВ ЕРЛАН', added: true },
      changes: [{ field: 'name', before: null, after: 'СЕЙІТОВ ЕРЛАН' }],
    },
  ],
  nextBefore: null,
};

/** A court with two people and two workstations. */
export function fakeAdministration(answer: Answer): Pick<WindowApi, 'administration'> {
  let now: Administration = {
    offline: null,
    people: [person(1, 'АХМЕТОВА АЙГҮЛ', ['secretary']), person(2, 'СЕЙІТОВ ЕРЛАН', ['office-head', 'admin'], true)],
    peopleAsOf: instant(NOW),
    workstations: {
      asOf: instant(NOW),
      workstations: ['Кеңсе 1', 'Кеңсе 2'].map((name, place) => ({
        ...{ id: `01980000-0000-7000-8000-00000000020${place}`, name, enrolledAt: instant(NOW), revokedAt: null },
        ...{ version: '0.1.0', isHere: place === 0 },
      })),
      invitations: [{ id: '01980000-0000-7000-8000-000000000301', name: 'Кеңсе 3', until: instant(NOW + 3_600_000) }],
    },
    policy: COURT_POLICY,
    courtNames: { nameKk: 'Алматы қаласының аудандық соты', nameRu: 'Районный суд города Алматы' },
  };
  return {
    administration: {
      read: answer('administration.read', () => ok(now)),
      keepPerson: answer('administration.keep-person', () => ok(now)),
      readCertificate: answer('administration.read-certificate', () => ok(now.people[0]!.certificates[0]!)),
      invite: answer('administration.invite', () => ok({ code: 'ABCD-EFGH-JKMN-2345', now })),
      withdraw: answer('administration.withdraw', ({ id }) => {
        const { invitations, ...others } = now.workstations!;
        now = { ...now, workstations: { ...others, invitations: invitations.filter((one) => one.id !== id) } };
        return ok(now);
      }),
      rename: answer('administration.rename', () => ok(now)),
      revoke: answer('administration.revoke', () => ok(now)),
      configure: answer('administration.configure', () => ok(now)),
      changes: answer('administration.changes', ({ before }) => ok(before === null ? NEWEST : OLDER)),
      renameCourt: answer('administration.rename-court', (courtNames) => ok((now = { ...now, courtNames }))),
    },
  };
}
