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
};

/**
 * Null when a session of the actor vouches for the command, or when it needs no proof and has none. What vouches is the session that was open
 * when it was done, or a later one under which the actor confirmed it. In training a missing proof is let through, a wrong one never.
 */
export async function refuseProof(sql: Sql, envelope: CommandEnvelope, asked: Asked): Promise<CommandAnswer | null> {
  const { session: id, proof, actor } = envelope;
  if ((id ?? null) === null && proof === undefined) {
    if (!asked.needed || asked.mode === 'training') return null;
    return id === undefined ? updateNeeded : refused('proof-missing'); // a desk that knows sessions says that it has none
  }
  if (id === null || id === undefined || proof === undefined) return refused('proof-missing');
  const [session] = await sql.query<SessionRow>(
    'SELECT court_user, not_before, not_after, handed_in_at, ended_at, revoked_at FROM user_session WHERE id = $1 AND workstation = $2',
    [id, asked.workstation.id],
  );
  if (!session) return refused('session-unknown');
  if (session.court_user !== actor || !isProven(id, envelope, proof)) return refused('proof-invalid');
  return isOver(session, Date.parse(envelope.confirmedAt ?? envelope.at), Date.parse(asked.now)) ? refused('session-over') : null;
}

/** The times of the mandate and of the command are the desk's; how long its commands are taken is the registry's. */
function isOver(session: SessionRow, at: number, now: number): boolean {
  return (
    session.revoked_at !== null ||
    at < Date.parse(session.not_before) ||
    at > Date.parse(session.not_after) ||
    (session.ended_at !== null && at > Date.parse(session.ended_at)) ||
    now > Date.parse(session.handed_in_at) + SESSION_LIMITS.days * 24 * 3_600_000
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
