import type { Registry } from '../http/context.ts';

/** One desk that waits for its court's feed to grow. */
export type HeldPoll = {
  /** True when the feed may have grown, false when the wait is over. */
  readonly grown: () => Promise<boolean>;
  readonly end: () => void;
};

export type HeldPolls = {
  /** Waits from now on. A workstation has one poll at a time: a new one ends the one before. */
  hold(workstation: string, court: string, after: number, ms: number): HeldPoll;
  /** How many wait. */
  count(): number;
  /** Ends them all; later ones do not wait. */
  close(): void;
};

/** How often the database is asked when other processes cannot be heard. */
const LOOK_MS = 1_000;

type Waiter = { readonly court: string; readonly after: number; wake(over: boolean): void };

/** Long polls hold neither a connection of the database nor a worker: each is a promise and a timer. */
export function createHeldPolls(db: Registry['db']): HeldPolls {
  const waiters = new Map<string, Waiter>();
  let closed = false;

  const unsubscribe = db.growth.subscribe((courts) => {
    for (const waiter of waiters.values()) if (courts === null || courts.includes(waiter.court)) waiter.wake(false);
  });
  const looking = setInterval(() => {
    if (!db.growth.heard && waiters.size > 0) void look().catch(() => undefined); // those who wait ask again themselves
  }, LOOK_MS).unref();
  async function look(): Promise<void> {
    const courts = await db.query<{ code: string; feed_seq: number }>('SELECT code, feed_seq FROM court');
    const ends = new Map(courts.map(({ code, feed_seq }) => [code, feed_seq]));
    for (const waiter of waiters.values()) if ((ends.get(waiter.court) ?? 0) > waiter.after) waiter.wake(false);
  }

  return {
    hold(workstation, court, after, ms) {
      waiters.get(workstation)?.wake(true);
      let over = closed;
      let woken = false;
      let resume: (() => void) | null = null;
      const waiter: Waiter = {
        court,
        after,
        wake(isOver) {
          over ||= isOver;
          woken = true;
          resume?.();
        },
      };
      const end = () => {
        clearTimeout(timer);
        if (waiters.get(workstation) === waiter) waiters.delete(workstation);
        waiter.wake(true);
      };
      const timer = setTimeout(end, ms);
      if (!closed) waiters.set(workstation, waiter);
      return {
        async grown() {
          if (!woken && !over) await new Promise<void>((resolve) => (resume = resolve));
          woken = false;
          return !over;
        },
        end,
      };
    },
    count: () => waiters.size,
    close() {
      closed = true;
      unsubscribe();
      clearInterval(looking);
      for (const waiter of waiters.values()) waiter.wake(true);
    },
  };
}
