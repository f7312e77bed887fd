import { createHash, randomInt, X509Certificate } from 'node:crypto';
import type { Administration, CourtPerson, PersonCertificate } from '../../shared/contract/index.ts';
import type { CourtPolicy } from '../../shared/domain/court-policy.ts';
import { newEnrolmentCode } from '../../shared/domain/enrolment-code.ts';
import { iinOfSubject } from '../../shared/domain/identifier.ts';
import { ROLES, type Role } from '../../shared/domain/role.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { userText, type CommandKind, type CommandPayload, type CourtNames, type CourtWorkstations } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readCourtPolicy } from '../intake/index.ts';
import { readSetting, writeSetting } from '../store/index.ts';
import type { Desk } from './desk.ts';
import { lastSuccessOf } from './sync-cycle.ts';

/** The workstations as the registry told of them last, for when there is no line. */
const KEPT = 'administration.workstations';

type UserRow = {
  id: string;
  name: string;
  iin: string | null;
  roles: string;
  certificates: string;
  active: number;
  last_sign_in_at: string | null;
};
export type PersonChange = Omit<CommandPayload<'user.keep'>, 'userId'> & { readonly id: string | null };

/** People, workstations and rules of the court: from the registry, else as this desk knew them last. */
export async function readAdministration(desk: Desk, me: string): Promise<Administration> {
  const told = await desk.client.courtWorkstations();
  if (told.ok) desk.store.write((tx) => writeSetting(tx, KEPT, told.value));
  const kept = told.ok ? told.value : readSetting<CourtWorkstations>(desk.store.read, KEPT);
  const { workstationId } = desk.profile;
  return {
    offline: told.ok ? null : told.error.code,
    people: desk.store.read.all<UserRow>('SELECT * FROM app_user ORDER BY active DESC, name, id').map((row) => personOf(row, me)),
    peopleAsOf: lastSuccessOf(desk),
    workstations: kept && {
      asOf: kept.at,
      workstations: kept.workstations.map(({ id, name, enrolledAt, revokedAt, version }) => ({
        ...{ id, name, enrolledAt, revokedAt, version },
        isHere: id === workstationId,
      })),
      invitations: kept.invitations.map(({ id, name, until }) => ({ id, name, until })),
    },
    policy: readCourtPolicy(desk.store.read),
    courtNames: { nameKk: desk.profile.court.nameKk, nameRu: desk.profile.court.nameRu },
  };
}

function personOf(row: UserRow, me: string): CourtPerson {
  const { id, name, iin } = row;
  const roles = JSON.parse(row.roles) as string[];
  const certificates = JSON.parse(row.certificates) as string[];
  const active = row.active === 1;
  return {
    ...{ id, name, iin, active },
    seen: createHash('sha256').update(userText({ name, iin, roles, certificates, active })).digest('hex'),
    roles: ROLES.filter((role): role is Role => roles.includes(role)),
    certificates: certificates.map(readCertificate).filter((read) => read !== null),
    lastSignInAt: row.last_sign_in_at,
    isMe: id === me,
  };
}

/** Null when the bytes (DER, PEM) are no certificate. */
export function readCertificate(bytes: Buffer | string): PersonCertificate | null {
  try {
    const certificate = new X509Certificate(bytes);
    const { subject, validTo } = certificate;
    return {
      pem: certificate.toString(),
      name: /^CN=(.*)$/m.exec(subject)?.[1] ?? subject,
      iin: iinOfSubject(subject),
      validUntil: new Date(validTo).toISOString(),
    };
  } catch {
    return null;
  }
}

/** Adds a person or changes one as he was seen. Errors: those of the registry's `user.keep`. */
export const keepPerson = (desk: Desk, actor: string, { id, ...given }: PersonChange): Promise<Result<null>> =>
  ask(desk, actor, 'user.keep', { userId: id ?? desk.config.newId(), ...given });

/** Makes a code that takes one workstation in. The registry gets its hash alone. */
export async function inviteWorkstation(desk: Desk, actor: string, name: string): Promise<Result<string>> {
  const code = newEnrolmentCode(randomInt);
  const codeSha256 = createHash('sha256').update(code).digest('hex');
  const asked = await ask(desk, actor, 'workstation.invite', { invitationId: desk.config.newId(), name, codeSha256 });
  return asked.ok ? ok(code) : asked;
}

/** Errors: `not-found`, `move-not-allowed` when a workstation has come in by the code. */
export const withdrawCode = (desk: Desk, actor: string, invitationId: string): Promise<Result<null>> =>
  ask(desk, actor, 'workstation.withdraw', { invitationId });
export const renameWorkstation = (desk: Desk, actor: string, workstationId: string, name: string): Promise<Result<null>> =>
  ask(desk, actor, 'workstation.rename', { workstationId, name });
export const revokeWorkstation = (desk: Desk, actor: string, workstationId: string): Promise<Result<null>> =>
  ask(desk, actor, 'workstation.revoke', { workstationId });
export const configureCourt = (desk: Desk, actor: string, policy: CourtPolicy): Promise<Result<null>> =>
  ask(desk, actor, 'court.configure', policy);
export const renameCourt = (desk: Desk, actor: string, names: CourtNames): Promise<Result<null>> => ask(desk, actor, 'court.rename', names);

const SAID: readonly ErrorCode[] = [
  'user-outdated',
  'own-account',
  'own-workstation',
  'person-known',
  'certificate-of-another',
  'role-not-allowed',
  'user-inactive',
  'session-over',
  'not-found',
  'move-not-allowed',
];

/** Asked at once and not through the outbox: who may come in is not decided later. Both journals keep it once the feed has brought it. */
async function ask<K extends CommandKind>(desk: Desk, actor: string, kind: K, payload: CommandPayload<K>): Promise<Result<null>> {
  const { newId, clock } = desk.config;
  const envelope = { id: newId(), kind, schemaVersion: 1, subject: desk.profile.court.code, actor, at: clock(), payload };
  const answer = await desk.sessions.command(envelope);
  if (!answer.ok) return answer;
  const { outcome, code } = answer.value;
  if (outcome === 'applied' || outcome === 'duplicate') return ok(null);
  return fail(SAID.find((said) => said === code) ?? 'registry-refused', { code: code ?? outcome });
}
