import { CHANGED_FIELDS } from '../../shared/domain/administration-changes.ts';
import type { Sql } from '../store/database.ts';

export type AdministrationAction =
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

/** All that is written of a side. Certificates are PEM. */
export type KeptSide = Partial<{
  readonly name: string;
  readonly iin: string | null;
  readonly roles: readonly string[];
  readonly certificates: readonly string[];
  readonly active: boolean;
  readonly nameKk: string;
  readonly nameRu: string;
  readonly offlineSignInDays: number;
  readonly idleLockMinutes: number;
}>;

/** A change that an administrator, or without `by` the operator, made; both sides of it are kept for good. */
export type AdministrationEntry = {
  readonly court: string;
  readonly at: string;
  readonly by: string | null;
  /** The desk at which it was done. */
  readonly workstation: string | null;
  readonly action: AdministrationAction;
  readonly subject: string;
  readonly before: KeptSide | null;
  readonly after: KeptSide | null;
};

export async function recordAdministration(sql: Sql, entry: AdministrationEntry): Promise<void> {
  const { court, at, by, workstation, action, subject } = entry;
  // entries are for good and are read: no code, token or key may get among them with the rest of a row
  const [before, after] = [entry.before, entry.after].map((side) => JSON.stringify(side, [...CHANGED_FIELDS]));
  await sql.query(
    `INSERT INTO administration_entry (court, at, by_user, workstation, action, subject, before, after)
     VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb)`,
    [court, at, by, workstation, action, subject, before, after],
  );
}
