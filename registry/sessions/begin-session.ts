import type { BeginSessionRequest, UserSession } from '../../shared/registry/index.ts';
import { lockCourt } from '../courts/lock-court.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { single } from '../store/database.ts';
import { isRevoked, type Workstation } from '../workstations/workstation.ts';
import { useChallenge } from './challenge.ts';
import { SESSION_COLUMNS } from './session-row.ts';
import { refuseMandate } from './verify-mandate.ts';

/** Takes the mandate of a session. The same one again gets the same session, whether it was handed in with or without a line. */
export function beginSession(registry: Registry, workstation: Workstation, request: BeginSessionRequest): Promise<Outcome<UserSession>> {
  return registry.db.transaction(
    async (sql) => {
      await lockCourt(sql, workstation.court);
      if (await isRevoked(sql, workstation)) return refuse('workstation-revoked');
      const [earlier] = await sql.query<UserSession & { workstation: string; signature: string }>(
        `SELECT ${SESSION_COLUMNS}, workstation, signature FROM user_session WHERE id = $1`,
        [request.publicKey],
      );
      if (earlier) {
        const { workstation: of, signature, ...session } = earlier;
        return of === workstation.id && signature === request.signature ? done(session) : refuse('request-id-reused');
      }
      const [user] = await sql.query<{ certificates: string[]; active: boolean }>(
        'SELECT certificates, active FROM court_user WHERE id = $1 AND court = $2',
        [request.userId, workstation.court],
      );
      if (!user) return refuse('user-unknown');
      if (!user.active) return refuse('user-inactive');
      const now = registry.clock();
      const problem = refuseMandate(registry, workstation.id, user.certificates, request, now);
      if (problem !== null) return refuse(problem);
      if (request.online && !(await useChallenge(sql, workstation, request.nonce, now))) return refuse('challenge-used');
      const inserted = await sql.query<UserSession>(
        `INSERT INTO user_session (id, workstation, court_user, not_before, not_after, nonce, online, certificate, signature, handed_in_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING ${SESSION_COLUMNS}`,
        [
          request.publicKey,
          workstation.id,
          request.userId,
          request.notBefore,
          request.notAfter,
          request.nonce,
          request.online,
          request.certificate,
          request.signature,
          now,
        ],
      );
      return done(single(inserted));
    },
    (outcome) => outcome.ok,
  );
}
