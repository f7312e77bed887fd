import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHeldPolls } from '../../../registry/feed/held-polls.ts';
import type { Database } from '../../../registry/store/database.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('while other processes cannot be heard, the database is asked each second, and only while somebody waits', async () => {
  const ends = { '7599': 4, '7199': 9 };
  let asked = 0;
  let heard = false;
  const db = {
    query: () => (asked++, Promise.resolve(Object.entries(ends).map(([code, feed_seq]) => ({ code, feed_seq })))),
    growth: {
      subscribe: () => () => undefined,
      get heard() {
        return heard;
      },
    },
  } as unknown as Database;
  const polls = createHeldPolls(db);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toBe(0);

  const grown: string[] = [];
  const hold = (court: keyof typeof ends) => {
    const poll = polls.hold(court, court, ends[court], 25_000);
    void poll.grown().then((more) => (grown.push(`${court} ${more}`), poll.end()));
  };
  hold('7599');
  hold('7199');
  ends['7599']++;
  await vi.advanceTimersByTimeAsync(1_000);
  expect([asked, grown]).toEqual([1, ['7599 true']]);

  heard = true;
  ends['7199']++;
  await vi.advanceTimersByTimeAsync(5_000);
  expect([asked, grown]).toEqual([1, ['7599 true']]);
  heard = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect([asked, grown, polls.count()]).toEqual([2, ['7599 true', '7199 true'], 0]);
  polls.close();
  expect(vi.getTimerCount()).toBe(0);
});
