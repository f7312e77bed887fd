import { readSetting, writeSetting, type Reading, type Writing } from '../../store/index.ts';

/** Clocks of desks may run this much faster or slower than the registry's … */
const DRIFT = 0.01;
/** … and be put right by this much at a time. */
const MARGIN_MS = 120_000;
/** The highest reading is written down again only when it has moved by this much. */
const STEP_MS = 60_000;

const HIGHEST = 'lease.clock';
const RESERVE_UNTIL = 'lease.reserve-until';

/**
 * When a lease ends by this desk's clock. It counts from the moment the desk asked, and only how long the registry gave counts, so it does
 * not matter what the desk's clock shows; drift and a margin are taken off.
 */
export function endHere(askedAt: string, time: string, until: string): string {
  const given = Date.parse(until) - Date.parse(time);
  return new Date(Date.parse(askedAt) + given * (1 - DRIFT) - MARGIN_MS).toISOString();
}

/** Whether the clock was put back since leases were last heard of: then nothing here says how much time has passed. */
export function clockWentBack(read: Reading, now: string): boolean {
  const highest = readSetting<string>(read, HIGHEST);
  return highest !== null && Date.parse(now) < Date.parse(highest) - MARGIN_MS;
}

/** Remembers the latest reading of the clock; `anew` when all leases have just been counted from it. */
export function noteClock(tx: Writing, now: string, anew = false): void {
  const highest = readSetting<string>(tx, HIGHEST);
  if (anew || highest === null || Date.parse(now) > Date.parse(highest) + STEP_MS) writeSetting(tx, HIGHEST, now);
}

/** Until when what is set aside for this desk stays so, by its clock; null when nothing is. */
export const reserveUntil = (read: Reading): string | null => readSetting<string>(read, RESERVE_UNTIL);
/** The same, as long as it holds. */
export function reservedUntil(read: Reading, now: string): string | null {
  const until = reserveUntil(read);
  return until !== null && until > now && !clockWentBack(read, now) ? until : null;
}
export function noteReserveUntil(tx: Writing, until: string | null): void {
  if (reserveUntil(tx) !== until) writeSetting(tx, RESERVE_UNTIL, until);
}
