import type { Held } from '../../../shared/contract/index.ts';
import { LEASE_SECONDS } from '../../../shared/registry/index.ts';
import type { Reading, Writing } from '../../store/index.ts';
import { clockWentBack, endHere, reserveUntil } from './lease-time.ts';

/** A lease of this desk. `work_until` is by its clock. */
export type HeldLease = {
  readonly id: string;
  readonly filing_id: string;
  readonly reserved: number;
  readonly holder: string | null;
  readonly kept: number;
  readonly work_until: string | null;
};
/** Who else has a filing, by this desk's clock. */
export type Presence = {
  readonly filingId: string;
  readonly workstationId: string;
  readonly desk: string;
  /** When that desk last spoke to the registry, by the registry's clock. */
  readonly seenAt: string | null;
  /** When this desk was last told so, by the registry's clock. */
  readonly heardAt: string | null;
  /** User id and name; null when the filing is only set aside for that desk. */
  readonly holder: string | null;
  readonly name: string | null;
  readonly since: string;
  readonly until: string;
};

export const heldLease = (read: Reading, filingId: string): HeldLease | undefined =>
  read.get<HeldLease>('SELECT * FROM lease WHERE filing_id = ?', filingId);

/**
 * The lease under which a number may be bound to a filing now, also without a line; null when there is none. Only what outlasts an outage
 * counts: a lease that was kept or set aside. After it, no other desk can have the filing unless the head took it over.
 */
export function leaseToRegister(read: Reading, filingId: string, now: string): string | null {
  const lease = heldLease(read, filingId);
  if (lease && untoldPapers(read).includes(filingId)) return lease.id;
  if (!lease || clockWentBack(read, now)) return null;
  const reserve = lease.reserved === 1 ? reserveUntil(read) : null;
  const work = lease.kept === 1 ? lease.work_until : null;
  return (reserve !== null && reserve > now) || (work !== null && work > now) ? lease.id : null;
}

const PRESENCE = `SELECT p.filing_id AS filingId, p.workstation_id AS workstationId, coalesce(d.name, '') AS desk, d.seen_at AS seenAt,
    (SELECT json_extract(value, '$') FROM setting WHERE key = 'lease.heard-at') AS heardAt,
    CASE WHEN p.work_until > @now THEN p.holder END AS holder, CASE WHEN p.work_until > @now THEN u.name END AS name, p.since, p.until
  FROM presence p LEFT JOIN court_desk d ON d.id = p.workstation_id LEFT JOIN app_user u ON u.id = p.holder WHERE p.until > @now`;

/** Who else has a filing; null when nobody has, as far as this desk has heard. */
export function heldElsewhere(read: Reading, filingId: string, now: string): Presence | null {
  return read.get<Presence>(`${PRESENCE} AND p.filing_id = @filingId`, { now, filingId }) ?? null;
}

/** A desk speaks every few seconds; one that has not for this long has lost its line or was switched off. */
const SILENT_MS = 3 * 60_000;

/** How the window shows who has it. */
export const toHeld = ({ name, desk, since, until, seenAt, heardAt }: Presence): Held => ({
  name,
  desk,
  since,
  until,
  silent: seenAt === null || heardAt === null || Date.parse(heardAt) - Date.parse(seenAt) > SILENT_MS,
});

/** Every filing that another desk has. */
export const allHeldElsewhere = (read: Reading, now: string): Presence[] => read.all<Presence>(PRESENCE, { now });

/** Filings that were registered here and that the registry has not confirmed: their leases go on until it has. */
export const unsentRegistrations = (read: Reading): string[] =>
  read
    .all<{ subject: string }>("SELECT DISTINCT subject FROM outbox WHERE kind = 'filing.register' AND state <> 'done'")
    .map((row) => row.subject);

/** Filings that were taken on paper here and that the registry does not know yet: nobody else can have them, for as long as it takes. */
export const untoldPapers = (read: Reading): string[] =>
  read
    .all<{ subject: string }>("SELECT DISTINCT subject FROM outbox WHERE kind = 'filing.take-paper' AND state <> 'done'")
    .map((row) => row.subject);

/** Begins the lease of a filing that is taken on paper here; the registry learns of it with the filing. */
export function leasePaper(
  tx: Writing,
  { filingId, leaseId, holder, at }: { filingId: string; leaseId: string; holder: string; at: string },
): void {
  const until = endHere(at, at, new Date(Date.parse(at) + LEASE_SECONDS.keep * 1000).toISOString());
  tx.run(
    'INSERT INTO lease (filing_id, id, reserved, holder, kept, work_until) VALUES (?, ?, 0, ?, 1, ?)',
    filingId,
    leaseId,
    holder,
    until,
  );
}

/** The work on a filing is over here; first this desk stops using the lease, then the registry hears of it. Answers whether anything changed. */
export function closeWork(tx: Writing, filingId: string): boolean {
  const lease = heldLease(tx, filingId);
  if (!lease || lease.holder === null || unsentRegistrations(tx).includes(filingId) || untoldPapers(tx).includes(filingId)) return false;
  if (lease.reserved === 1) tx.run('UPDATE lease SET holder = NULL, work_until = NULL, kept = 0 WHERE filing_id = ?', filingId);
  else tx.run('DELETE FROM lease WHERE filing_id = ?', filingId);
  noteWord(tx, lease.id, 'release');
  return true;
}

/** Stops using what is set aside and not being worked on. */
export function giveBack(tx: Writing, leaseId: string): boolean {
  const lease = tx.get<HeldLease>('SELECT * FROM lease WHERE id = ?', leaseId);
  if (!lease || lease.holder !== null || unsentRegistrations(tx).includes(lease.filing_id)) return false;
  tx.run('DELETE FROM lease WHERE id = ?', leaseId);
  noteWord(tx, leaseId, 'give-back');
  return true;
}

export const hasWords = (read: Reading): boolean => read.get('SELECT 1 FROM lease_word LIMIT 1') !== undefined;

export function noteWord(tx: Writing, leaseId: string, word: 'release' | 'give-back'): void {
  tx.run('INSERT INTO lease_word (lease_id, word) VALUES (?, ?) ON CONFLICT (lease_id) DO UPDATE SET word = excluded.word', leaseId, word);
}
