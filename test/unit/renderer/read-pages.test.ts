import { describe, expect, test } from 'vitest';
import { trackReadPages } from '../../../renderer/features/documents/pdf/read-pages.ts';

const whole = (page: number) => ({ page, from: 0, to: 1 });

describe('a page counts as read', () => {
  test('when all of it was before the eyes, and for a second in all', () => {
    const read = trackReadPages(2);
    expect(read.see([whole(1)], 0)).toBe(false);
    expect(read.see([whole(1)], 600)).toBe(false);
    expect(read.missing()).toEqual([1, 2]);
    expect(read.see([whole(1), { page: 2, from: 0, to: 0.4 }], 1200)).toBe(true);
    expect(read.missing()).toEqual([2]);
    read.see([whole(2)], 1800);
    expect(read.see([whole(2)], 2400)).toBe(true);
    expect(read.missing()).toEqual([]);
  });

  test('not when it was only passed by, and not while the window is hidden or the computer sleeps', () => {
    const read = trackReadPages(3);
    for (const page of [1, 2, 3]) read.see([whole(page)], page * 100);
    read.see([whole(3)], 3_600_000);
    read.see([], 3_600_500);
    read.see([], 3_601_000);
    read.see([whole(3)], 3_601_500);
    expect(read.missing()).toEqual([1, 2, 3]);
  });

  test('not when part of it was never in view, however long the rest was', () => {
    const read = trackReadPages(1);
    for (let at = 0; at <= 5000; at += 500) read.see([{ page: 1, from: 0, to: 0.9 }], at);
    expect(read.missing()).toEqual([1]);
  });
});
