import { moveFiling, type FilingMove, type FilingState } from '../../shared/domain/filing-status.ts';
import type { Role } from '../../shared/domain/role.ts';
import type { CommandAnswer, Recipient } from '../../shared/registry/index.ts';
import type { Sql } from '../store/database.ts';
import type { Workstation } from '../workstations/workstation.ts';
import { refused } from './command-answer.ts';

/** What a command handler works with: the court is locked, the actor is known and has a fitting role. */
export type CommandContext = {
  readonly sql: Sql;
  readonly workstation: Workstation;
  /** The user who did it. */
  readonly actor: string;
  /** Now at the registry, UTC ISO. */
  readonly now: string;
};

export type FilingRow = { id: string; state: FilingState; incoming_number: string | null; talon_sha256: string | null };

/** A filing of the workstation's own court, or null; another court's filing is as unknown as one that never was. */
export async function findFiling(context: Pick<CommandContext, 'sql' | 'workstation'>, id: string): Promise<FilingRow | null> {
  const [row] = await context.sql.query<FilingRow>(
    'SELECT id, state, incoming_number, talon_sha256 FROM filing WHERE id = $1 AND court = $2',
    [id, context.workstation.court],
  );
  return row ?? null;
}

/** Whether every filing under whose number recipients read belongs to the court. */
export async function readHere(
  { sql, workstation }: Pick<CommandContext, 'sql' | 'workstation'>,
  recipients: readonly Recipient[],
): Promise<boolean> {
  for (const { filingId } of recipients) if (filingId && (await findFiling({ sql, workstation }, filingId)) === null) return false;
  return true;
}

/** The state after several moves one after the other, or null when the workflow does not allow them. */
export function moveThrough(state: FilingState, ...moves: readonly FilingMove[]): FilingState | null {
  return moves.reduce<FilingState | null>((reached, move) => (reached === null ? null : moveFiling(reached, move)), state);
}

type UnfitUser = 'user-unknown' | 'user-inactive' | 'role-not-allowed';

/** Null when the person is an active user of the court with one of the roles, else what is missing. */
export async function unfitUser(sql: Sql, court: string, id: string | null, roles: readonly Role[]): Promise<UnfitUser | null> {
  if (id === null) return 'user-unknown';
  const [user] = await sql.query<{ roles: string[]; active: boolean }>(
    'SELECT roles, active FROM court_user WHERE id = $1 AND court = $2',
    [id, court],
  );
  if (!user) return 'user-unknown';
  if (!user.active) return 'user-inactive';
  return roles.some((role) => user.roles.includes(role)) ? null : 'role-not-allowed';
}

/** The same as the answer to a command. */
export async function refuseUser(sql: Sql, court: string, id: string | null, roles: readonly Role[]): Promise<CommandAnswer | null> {
  const unfit = await unfitUser(sql, court, id, roles);
  return unfit === null ? null : refused(unfit);
}

/** Whether the filing that the payload names was registered at this very workstation, so that its talon follows from what a person has proven. */
export async function wasRegisteredAt(sql: Sql, { id }: Workstation, payload: object): Promise<boolean> {
  if (!('filingId' in payload)) return false;
  const here = await sql.query(
    'SELECT 1 FROM filing WHERE id = $1 AND incoming_number IS NOT NULL AND coalesce(registered_by_workstation, $2) = $2',
    [payload.filingId, id],
  );
  return here.length === 1;
}
