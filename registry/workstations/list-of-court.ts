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
    `SELECT i.id, i.name, i.until FROM enrolment_invitation i JOIN court_user u ON u.id = i.made_by AND u.active AND u.roles ? 'admin'
     WHERE i.court = $1 AND i.used_by IS NULL AND i.withdrawn_at IS NULL AND i.until > $2 ORDER BY i.until, i.id`,
    [court, at],
  );
  return { at, workstations, invitations };
}
