import type { Sql } from '../store/database.ts';

/** A change that an administrator, or without `by` the operator, made; both sides of it are kept for good. */
export type AdministrationEntry = {
  readonly court: string;
  readonly at: string;
  readonly by: string | null;
  /** The desk at which it was done. */
  readonly workstation: string | null;
  readonly action:
    | 'user.kept'
    | 'workstation.invited'
    | 'workstation.withdrawn'
    | 'workstation.enrolled'
    | 'workstation.renamed'
    | 'workstation.revoked'
    | 'court.configured'
    | 'court.added'
    | 'court.renamed'
    | 'court.revoked'
    | 'court.reinstated';
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
};

export async function recordAdministration(sql: Sql, entry: AdministrationEntry): Promise<void> {
  const { court, at, by, workstation, action, subject, before, after } = entry;
  await sql.query(
    `INSERT INTO administration_entry (court, at, by_user, workstation, action, subject, before, after)
     VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb)`,
    [court, at, by, workstation, action, subject, JSON.stringify(before), JSON.stringify(after)],
  );
}
