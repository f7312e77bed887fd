import { describe, expect, test } from 'vitest';
import {
  layOutPages,
  pageAt,
  pageKeyTarget,
  pagesToDraw,
  stepZoom,
  ACTUAL_SIZE,
} from '../../../renderer/features/documents/pdf/page-layout.ts';
import { trackSeenParts } from '../../../renderer/features/documents/pdf/seen-parts.ts';

const A4 = { width: 595, height: 842 };
const pages = (count: number) => Array.from({ length: count }, () => A4);

describe('pages under one another', () => {
  test('fit makes the widest page as wide as the room', () => {
    const layout = layOutPages([A4, { width: 842, height: 595 }], 'fit', 0, 866);
    expect(layout.pages[1]?.width).toBe(842);
    expect(layout.scale).toBe(1);
  });

  test('fit is the actual size while the document is still read', () => {
    expect(layOutPages([], 'fit', 0, 775)).toMatchObject({ scale: ACTUAL_SIZE, pages: [] });
  });

  test('a quarter turn exchanges width and height', () => {
    const [page] = layOutPages([A4], 1, 90, 2000).pages;
    expect(page).toMatchObject({ width: Math.floor(842 * ACTUAL_SIZE), height: Math.floor(595 * ACTUAL_SIZE) });
  });

  test('zoom walks its steps from whatever fit gave, and stops at the ends', () => {
    expect(stepZoom(1.3 * ACTUAL_SIZE, 1)).toBe(1.5);
    expect(stepZoom(1.3 * ACTUAL_SIZE, -1)).toBe(1.25);
    expect(stepZoom(4 * ACTUAL_SIZE, 1)).toBe(4);
    expect(stepZoom(0.5 * ACTUAL_SIZE, -1)).toBe(0.5);
  });

  test('never more than seven pages are alive, and those in the middle of the view stay', () => {
    const layout = layOutPages(pages(300), 0.5, 0, 800);
    const drawn = pagesToDraw(layout, 10_000, 20_000, 7).map((page) => page.number);
    expect(drawn).toHaveLength(7);
    expect(drawn).toContain(pageAt(layout, 10_000, 20_000));
    expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
  });

  test('the neighbours of the page in view are drawn ahead', () => {
    const layout = layOutPages(pages(10), 1, 0, 800);
    const third = layout.pages[2]!;
    expect(pagesToDraw(layout, third.top, 500, 7).map((page) => page.number)).toEqual([2, 3, 4]);
  });
});

describe('the page keys', () => {
  test.each([1, 2, 5])('PgDn from the top shows every part of %i pages before the end', (count) => {
    const layout = layOutPages(pages(count), 'fit', 0, 790);
    const view = 640;
    const seen = trackSeenParts(count);
    const look = (top: number) => {
      for (const page of layout.pages) seen.see(page.number, (top - page.top) / page.height, (top + view - page.top) / page.height);
    };
    let top = 0;
    look(top);
    for (let presses = 0; presses < count * 4; presses++) look((top = pageKeyTarget(layout, top, view, 1)));
    expect(seen.missing()).toEqual([]);
    expect(top).toBe(layout.height - view);
  });

  test('PgUp leads back to the top', () => {
    const layout = layOutPages(pages(3), 'fit', 0, 790);
    let top = layout.height - 640;
    for (let presses = 0; presses < 12; presses++) top = pageKeyTarget(layout, top, 640, -1);
    expect(top).toBe(0);
  });
});

describe('what a person has seen', () => {
  test('a page counts only when all of it was in view', () => {
    const seen = trackSeenParts(2);
    expect(seen.see(1, 0, 0.6)).toBe(false);
    expect(seen.missing()).toEqual([1, 2]);
    expect(seen.see(1, 0.6, 1)).toBe(true);
    expect(seen.missing()).toEqual([2]);
  });

  test('jumping over the middle of a page leaves it unseen', () => {
    const seen = trackSeenParts(1);
    seen.see(1, 0, 0.4);
    seen.see(1, 0.7, 1);
    expect(seen.isWhole(1)).toBe(false);
  });

  test('a page is reported whole once', () => {
    const seen = trackSeenParts(1);
    expect(seen.see(1, -1, 2)).toBe(true);
    expect(seen.see(1, -1, 2)).toBe(false);
  });
});
