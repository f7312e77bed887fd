import type { CourtChanged } from '../../shared/registry/index.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { recordAdministration } from '../journal/administration-entries.ts';
import type { Sql } from '../store/database.ts';

/** `workstation` is the desk at which it was done. */
export type CourtNews = CourtChanged & { readonly court: string; readonly at: string; readonly workstation: string | null };

/** Keeps a change of a court and tells its desks of it; one that is revoked hears of it when it is reinstated. */
export async function tellOfCourt(sql: Sql, { court, at, workstation, by, change, before, ...names }: CourtNews): Promise<void> {
  await recordAdministration(sql, { court, at, by, workstation, action: `court.${change}`, subject: court, before, after: names });
  const data: CourtChanged = { change, ...names, before, by };
  await appendToFeed(sql, { court, kind: 'court.changed', subject: court, at, data });
}
