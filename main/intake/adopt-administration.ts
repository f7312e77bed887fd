import { COURT_POLICY, POLICY_LIMITS, type CourtPolicy } from '../../shared/domain/court-policy.ts';
import type { Court, CourtChanged, CourtConfigured, CourtNames, UserMessage, WorkstationChanged } from '../../shared/registry/index.ts';
import { lastSuccessAt } from '../sync/index.ts';
import { readSetting, writeSetting, type Reading, type Writing } from '../store/index.ts';

type UserRow = { name: string; iin: string | null; roles: string; certificates: string; active: number };
const POLICY = 'court.policy';
const NAMES = 'court.names';

/**
 * A person as the registry has him now. What an administrator of the court changed stands in the journal as it was and as it is, and as nobody's what
 * the operator of the registry did; of a name and an IIN only that they changed, for the journal holds neither. Whom a new desk finds is no change.
 */
export function adoptUser(tx: Writing, user: UserMessage, at: string): void {
  const before = tx.get<UserRow>('SELECT name, iin, roles, certificates, active FROM app_user WHERE id = ?', user.id);
  tx.run(
    `INSERT INTO app_user (id, name, iin, roles, certificates, active) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, iin = excluded.iin, roles = excluded.roles, certificates = excluded.certificates, active = excluded.active`,
    user.id,
    user.name,
    user.iin,
    JSON.stringify(user.roles),
    JSON.stringify(user.certificates),
    user.active ? 1 : 0,
  );
  if (user.by === undefined && lastSuccessAt(tx) === null) return;
  const was = before && {
    ...before,
    roles: JSON.parse(before.roles) as string[],
    certificates: JSON.parse(before.certificates) as string[],
    active: before.active === 1,
  };
  const changed = was ? (['name', 'iin'] as const).filter((member) => was[member] !== user[member]) : [];
  const details = { person: user.id, before: was ? describe(was) : '', after: describe(user), changed: changed.join(' ') };
  tx.journal({ at, actor: user.by ?? null, action: 'user.changed', subject: null, details });
}

const describe = ({ roles, certificates, active }: Pick<UserMessage, 'roles' | 'certificates' | 'active'>): string =>
  [active ? 'active' : 'revoked', `certificates ${certificates.length}`, ...roles].join('; ');

const ACTION_OF = {
  invited: 'workstation.invited',
  withdrawn: 'workstation.withdrawn',
  enrolled: 'workstation.enrolled',
  renamed: 'workstation.renamed',
  revoked: 'workstation.revoked',
} as const;

export function adoptWorkstation(tx: Writing, { id, change, name, before, by }: WorkstationChanged, at: string): void {
  const details = { workstation: id, before: before ?? '', after: change === 'revoked' || change === 'withdrawn' ? '' : name };
  tx.journal({ at, actor: by, action: ACTION_OF[change], subject: null, details });
}

/** What the administrator has set for all desks of the court. */
export const readCourtPolicy = (read: Reading): CourtPolicy => readSetting<CourtPolicy>(read, POLICY) ?? COURT_POLICY;

export function adoptPolicy(tx: Writing, { offlineSignInDays, idleLockMinutes, by }: CourtConfigured, at: string): void {
  const before = readCourtPolicy(tx);
  const after = { offlineSignInDays, idleLockMinutes };
  writeSetting(tx, POLICY, after);
  const say = (policy: CourtPolicy) =>
    Object.keys(POLICY_LIMITS)
      .map((key) => `${key} ${policy[key as keyof CourtPolicy]}`)
      .join('; ');
  tx.journal({ at, actor: by, action: 'court.configured', subject: null, details: { before: say(before), after: say(after) } });
}

const COURT_ACTION_OF = { renamed: 'court.renamed', revoked: 'court.revoked', reinstated: 'court.reinstated' } as const;

/** The court of this desk under the names that the registry told last; each reading is of now, so whoever holds it needs no telling. */
export const namedCourt = (read: Reading, enrolled: Court): Court => ({
  code: enrolled.code,
  get nameKk() {
    return (readSetting<CourtNames>(read, NAMES) ?? enrolled).nameKk;
  },
  get nameRu() {
    return (readSetting<CourtNames>(read, NAMES) ?? enrolled).nameRu;
  },
});

export function adoptCourt(tx: Writing, { change, nameKk, nameRu, before, by }: CourtChanged, at: string): void {
  writeSetting(tx, NAMES, { nameKk, nameRu });
  const details = { before: `${before.nameKk} / ${before.nameRu}`, after: `${nameKk} / ${nameRu}` };
  tx.journal({ at, actor: by, action: COURT_ACTION_OF[change], subject: null, details: change === 'renamed' ? details : {} });
}
