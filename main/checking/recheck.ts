import type { VerificationReport } from '../../shared/domain/verdict.ts';
import type { InformedVerification } from '../evidence/index.ts';
import type { FilingRecord } from '../intake/index.ts';
import type { Store } from '../store/index.ts';

/** An undecided verdict is tried again by itself after these minutes, then hourly. */
const RECHECK_MINUTES = [1, 5, 15, 60] as const;
const MINUTE_MS = 60_000;

/** When the next try is due, UTC ISO. @param tries how often it was tried before. */
export function nextRecheck(at: string, tries: number): string {
  const minutes = RECHECK_MINUTES[tries] ?? 60;
  return new Date(Date.parse(at) + minutes * MINUTE_MS).toISOString();
}

/** Whether time may bring an answer: a revocation that is not known yet, or an issuer that did not come. */
export function mayStillBeDecided({ report, attempts }: Pick<InformedVerification, 'report' | 'attempts'>): boolean {
  return isWaiting(report) || (isOpen(report) && attempts.some(({ kind, outcome }) => kind === 'issuer' && PASSING.has(outcome)));
}

const isOpen = ({ signatures }: VerificationReport): boolean => signatures.some(({ verdict }) => verdict === 'undecided');

/** A timestamp may be what waits, and the signature only suffers from it. */
function isWaiting({ signatures }: VerificationReport): boolean {
  return signatures.some(
    ({ verdict, subIndication, timestamps }) =>
      verdict === 'undecided' && [subIndication, ...timestamps.map((timestamp) => timestamp.subIndication)].includes('TRY_LATER'),
  );
}

/** What another day may change. */
const PASSING: ReadonlySet<string> = new Set([
  'unreachable',
  'timeout',
  'http-status',
  'truncated',
  'not-http',
  'malformed',
  'no-time-left',
]);

/**
 * Whether a filing that is not registered was never checked as it now is: a document came or a correction was made since, or another try is due.
 * Then what is noted of it is not all that would be found.
 */
export function needsCheck({ registeredAt, verdict, recheckAt, recheckCount }: FilingRecord, at: string): boolean {
  if (registeredAt !== null) return false;
  return recheckAt === null ? verdict === null && recheckCount === 0 : recheckAt <= at;
}

/** Makes every waiting verdict due at once, and its tries begin anew. Registered filings wait for nothing. */
export function recheckAtOnce(store: Store, now: string): void {
  const waiting = store.read.get('SELECT 1 FROM filing WHERE recheck_at > ? LIMIT 1', now);
  if (waiting) store.write((tx) => tx.run('UPDATE filing SET recheck_at = ?, recheck_count = 0 WHERE recheck_at > ?', now, now));
}
