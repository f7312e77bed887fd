import { acceptedPart } from '../sync/index.ts';
import type { JournalHead } from '../store/index.ts';
import type { Desk } from './desk.ts';

/** Up to where a person has accepted the journal as it is, who and when; who is null once the contents of that entry are wiped. */
export type AcceptedJournal = { readonly entries: number; readonly by: string | null; readonly at: string };

/** The part of the journal from which on its chain has to hold. */
export const trustedPart = ({ store, profile }: Desk): JournalHead => acceptedPart(store.read, profile.workstationId);

/** Null while nobody had to accept anything. The last entry that was accepted is the one that tells who asked for it. */
export function acceptedJournal(desk: Desk): AcceptedJournal | null {
  const { entries } = trustedPart(desk);
  if (entries === 0) return null;
  const told = desk.store.read.get<{ at: string; by: string | null }>(
    'SELECT j.at, coalesce(u.name, j.actor) AS "by" FROM journal j LEFT JOIN app_user u ON u.id = j.actor WHERE j.seq = ?',
    entries,
  )!;
  return { entries, by: told.by, at: told.at };
}
