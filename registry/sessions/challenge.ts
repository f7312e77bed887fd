import { randomBytes } from 'node:crypto';
import { SESSION_LIMITS } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import type { Sql } from '../store/database.ts';
import type { Workstation } from '../workstations/workstation.ts';

/** A nonce that one mandate of this workstation may name, within five minutes. Those that ran out are forgotten. */
export async function giveChallenge(
  { db, clock }: Registry,
  workstation: Workstation,
): Promise<{ nonce: string; expiresInSeconds: number }> {
  const nonce = randomBytes(32).toString('base64url');
  const now = Date.parse(clock());
  await db.query('DELETE FROM sign_in_challenge WHERE workstation = $1 AND until < $2', [workstation.id, new Date(now).toISOString()]);
  await db.query('INSERT INTO sign_in_challenge (nonce, workstation, until) VALUES ($1, $2, $3)', [
    nonce,
    workstation.id,
    new Date(now + SESSION_LIMITS.challengeSeconds * 1000).toISOString(),
  ]);
  return { nonce, expiresInSeconds: SESSION_LIMITS.challengeSeconds };
}

/** False when the challenge was used, has run out or was never given to this workstation. */
export async function useChallenge(sql: Sql, workstation: Workstation, nonce: string, now: string): Promise<boolean> {
  const used = await sql.query('DELETE FROM sign_in_challenge WHERE nonce = $1 AND workstation = $2 AND until >= $3 RETURNING nonce', [
    nonce,
    workstation.id,
    new Date(now).toISOString(),
  ]);
  return used.length === 1;
}
