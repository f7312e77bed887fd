import type { Role } from '../../shared/domain/role.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readFindings } from '../checking/index.ts';
import type { User } from '../core/index.ts';
import { readFiling } from '../intake/index.ts';
import { listOverrides as readOverrides } from '../office/index.ts';
import { overrideFinding } from '../registration/index.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall, OpenedDesk } from './office-call.ts';

/** `overrides`: in spite of what people of the court went on, and what waits for the head of office. */
export const listOverrides = ({ desk }: OfficeCall): Promise<Result<unknown>> => Promise.resolve(ok(readOverrides(desk.store.read)));

const roleOf = (user: User): Role => (user.roles.includes('office-head') ? 'office-head' : 'secretary');

/** Goes on in spite of one finding, or of all that the person may answer for, for the reason given. */
export function overrideFindings(
  desk: OpenedDesk,
  id: string,
  user: User,
  reason: string,
  finding: string | null,
): Result<{ finding: string }[]> {
  const role = roleOf(user);
  const open = readFindings(desk.store.read, desk.reference, id).filter(
    (found) => found.override === null && (finding === null ? isFor(role, found.severity) : found.id === finding),
  );
  if (finding !== null && open.length === 0) return fail('not-found');
  for (const found of open) {
    const filing = readFiling(desk.store.read, id);
    if (!filing) return fail('not-found');
    const seen = { id, revision: filing.revision, actor: user.id, role };
    const done = overrideFinding(desk.registration, seen, { finding: found.id, reason });
    if (!done.ok) return done;
  }
  return ok(open.map((found) => ({ finding: found.id })));
}
const isFor = (role: Role, severity: string): boolean => severity === 'error' || (severity === 'fatal' && role === 'office-head');

/** `override ID [FINDING] --reason TEXT` */
export async function override({ desk, id, rest, values }: OfficeCall, user: User): Promise<Result<unknown>> {
  if (!values.reason) throw new UsageError('override needs --reason TEXT');
  if (!readFiling(desk.store.read, id)) return fail('not-found');
  const done = overrideFindings(desk, id, user, values.reason, rest[1] ?? null);
  return done.ok ? ok({ id, overridden: done.value.map(({ finding }) => finding) }) : done;
}
