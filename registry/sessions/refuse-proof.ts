import { createPublicKey, verify } from 'node:crypto';
import {
  commandProofText,
  SESSION_LIMITS,
  type CommandAnswer,
  type CommandEnvelope,
  type RegistryMode,
} from '../../shared/registry/index.ts';
import { refused, updateNeeded } from '../commands/command-answer.ts';
import type { Sql } from '../store/database.ts';
import type { Workstation } from '../workstations/workstation.ts';

const HOUR_MS = 3_600_000;

type SessionRow = {
  court_user: string;
  not_before: string;
  not_after: string;
  handed_in_at: string;
  ended_at: string | null;
  revoked_at: string | null;
};
type Asked = {
  readonly workstation: Workstation;
  readonly mode: RegistryMode;
  /** Now at the registry. */
  readonly now: string;
  /** False for what a workstation does by itself. */
  readonly needed: boolean;
  /** Who asks must still be signed in: what is read is told now, whatever was proven earlier. */
  readonly signedInNow?: boolean;
};
type Unproven = 'proof-missing' | 'session-unknown' | 'proof-invalid' | 'session-over';

/**
 * Null when a session of the actor vouches for the command, or when it needs no proof and has none. What vouches is the session that was open
 * when it was done, or a later one under which the actor confirmed it. In training a missing proof is let through, a wrong one never.
 */
export async function lackOfProof(sql: Sql, envelope: CommandEnvelope, asked: Asked): Promise<Unproven | null> {
  const { session: id, proof, actor } = envelope;
  if ((id ?? null) === null && proof === undefined) return asked.needed && asked.mode === 'real' ? 'proof-missing' : null;
  if (id === null || id === undefined || proof === undefined) return 'proof-missing';
  const [session] = await sql.query<SessionRow>(
    'SELECT court_user, not_before, not_after, handed_in_at, ended_at, revoked_at FROM user_session WHERE id = $1 AND workstation = $2',
    [id, asked.workstation.id],
  );
  if (!session) return 'session-unknown';
  if (session.court_user !== actor || !isProven(id, envelope, proof)) return 'proof-invalid';
  const now = Date.parse(asked.now);
  if (asked.signedInNow && (session.ended_at !== null || now > Date.parse(session.handed_in_at) + SESSION_LIMITS.hours * HOUR_MS))
    return 'session-over';
  return isOver(session, Date.parse(envelope.confirmedAt ?? envelope.at), now) ? 'session-over' : null;
}

/** The same as the answer to a command. */
export async function refuseProof(sql: Sql, envelope: CommandEnvelope, asked: Asked): Promise<CommandAnswer | null> {
  const lack = await lackOfProof(sql, envelope, asked);
  if (lack === null) return null;
  const knowsNone = envelope.session === undefined && envelope.proof === undefined; // a desk that knows sessions says that it has none
  return knowsNone ? updateNeeded : refused(lack);
}

/** The times of the mandate and of the command are the desk's; how long its commands are taken is the registry's. */
function isOver(session: SessionRow, at: number, now: number): boolean {
  return (
    session.revoked_at !== null ||
    at < Date.parse(session.not_before) ||
    at > Date.parse(session.not_after) ||
    (session.ended_at !== null && at > Date.parse(session.ended_at)) ||
    now > Date.parse(session.handed_in_at) + SESSION_LIMITS.days * 24 * HOUR_MS
  );
}

function isProven(publicKey: string, envelope: CommandEnvelope, proof: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    return verify(null, Buffer.from(commandProofText(envelope)), key, Buffer.from(proof, 'base64url'));
  } catch {
    return false;
  }
}
