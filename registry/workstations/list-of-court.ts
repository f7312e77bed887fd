import type { CourtWorkstations } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import type { Workstation } from './workstation.ts';

/** The workstations of the court of the one that asks, and the codes that wait for one. */
export async function listOfCourt({ db, clock }: Registry, { court }: Workstation): Promise<CourtWorkstations> {
  const at = clock();
  const workstations = await db.query<CourtWorkstations['workstations'][number]>(
    'SELECT id, name, enrolled_at AS "enrolledAt", revoked_at AS "revokedAt", version FROM workstation WHERE court = $1 ORDER BY enrolled_at, id',
    [court],
  );
  const invitations = await db.query<CourtWorkstations['invitations'][number]>(
    'SELECT id, name, until FROM enrolment_invitation WHERE court = $1 AND used_by IS NULL AND withdrawn_at IS NULL AND until > $2 ORDER BY until, id',
    [court, at],
  );
  return { at, workstations, invitations };
}
