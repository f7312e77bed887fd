/** True when this asker may go on. */
export type RateLimit = (asker: string) => boolean;

/** Askers remembered at a time; far more than a country has desks. */
const MOST_ASKERS = 100_000;
const BURST_SECONDS = 5;

/** A bucket per asker that fills at `perSecond` and holds five seconds' worth. `nowMs` is any steadily growing clock. */
export function createRateLimit(perSecond: number, nowMs: () => number): RateLimit {
  const full = perSecond * BURST_SECONDS;
  const buckets = new Map<string, { left: number; atMs: number }>();
  return (asker) => {
    const now = nowMs();
    const bucket = buckets.get(asker) ?? { left: full, atMs: now };
    const left = Math.min(full, bucket.left + ((now - bucket.atMs) / 1000) * perSecond);
    if (!buckets.has(asker) && buckets.size >= MOST_ASKERS) buckets.clear();
    buckets.set(asker, { left: left >= 1 ? left - 1 : left, atMs: now });
    return left >= 1;
  };
}
