import type { WorkstationChanged } from '../../shared/registry/index.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { recordAdministration } from '../journal/administration-entries.ts';
import type { Sql } from '../store/database.ts';

/** `workstation` is the desk at which it was done. */
export type WorkstationNews = WorkstationChanged & { readonly court: string; readonly at: string; readonly workstation: string | null };

/** Keeps a change of a workstation and tells the court's desks of it. */
export async function tellOfWorkstation(
  sql: Sql,
  { court, at, workstation, id, change, name, before, by }: WorkstationNews,
): Promise<void> {
  await recordAdministration(sql, {
    ...{ court, at, by, workstation, action: `workstation.${change}`, subject: id },
    ...{ before: before === null ? null : { name: before }, after: { name } },
  });
  const data: WorkstationChanged = { id, change, name, before, by };
  await appendToFeed(sql, { court, kind: 'workstation.changed', subject: id, at, data });
}
