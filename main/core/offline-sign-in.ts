import { fail, ok, type Result } from '../../shared/result.ts';
import { readCourtPolicy } from '../intake/index.ts';
import { readSetting, writeSetting, type Reading, type Store, type Writing } from '../store/index.ts';

/** The latest reading of the clock since somebody was last let in with a line. */
const CLOCK = 'sign-in.clock';
/** Set while the registry does not let this workstation in. */
const REVOKED = 'workstation.revoked';
const DAY_MS = 24 * 3_600_000;
/** It is written down again only when it has moved by this much; a clock may be put right by ten times as much. */
const STEP_MS = 60_000;
const MARGIN_MS = 10 * STEP_MS;

/** Remembers how late it has been; `anew` when the registry has just let somebody in by this very clock. */
export function noteTime(tx: Writing, now: string, anew = false): void {
  const latest = readSetting<string>(tx, CLOCK);
  if (anew || latest === null || Date.parse(now) > Date.parse(latest) + STEP_MS) writeSetting(tx, CLOCK, now);
}

/**
 * Whether a person may sign in without a line: the registry let him in at this desk, no more days ago than the court allows. A clock that was set
 * back says nothing about the days, so it lets nobody in before there is a line again.
 */
export function mayBeginOffline(read: Reading, userId: string, now: string): Result<null> {
  const days = readCourtPolicy(read).offlineSignInDays;
  const latest = readSetting<string>(read, CLOCK);
  if (latest !== null && Date.parse(now) < Date.parse(latest) - MARGIN_MS) return fail('clock-set-back');
  const confirmed = read.get<{ at: string | null }>(
    "SELECT max(not_before) AS at FROM user_session WHERE user_id = ? AND state IN ('known', 'closed')",
    userId,
  )?.at;
  if (confirmed === null || confirmed === undefined) return fail('offline-sign-in-new');
  return Date.parse(now) - Date.parse(confirmed) <= days * DAY_MS ? ok(null) : fail('offline-sign-in-over', { days });
}

export const isRevokedHere = (read: Reading): boolean => readSetting<string>(read, REVOKED) !== null;

/** Keeps what the registry last said of this workstation, so that it holds without a line too. */
export function noteRevoked(store: Store, since: string | null): void {
  if (isRevokedHere(store.read) !== (since !== null)) store.write((tx) => writeSetting(tx, REVOKED, since));
}
