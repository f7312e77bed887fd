import { trackSeenParts } from './seen-parts.ts';

/** The shortest time that a page must be in view, in all, to count as looked at. */
const LEAST_MS = 1000;
/** Two looks further apart than this are not one: the computer slept, or the window was behind another. */
const LONGEST_STEP_MS = 1000;

type InView = { readonly page: number; /** Fractions of the height of the page. */ readonly from: number; readonly to: number };

export type ReadPages = {
  /** What is before the eyes now, at a time in milliseconds; nothing when the window is hidden. True when a page is missing no more. */
  readonly see: (inView: readonly InView[], nowMs: number) => boolean;
  readonly missing: () => readonly number[];
};

/** Pages that a person has had before the eyes: every part of each, and each for a second at least. */
export function trackReadPages(pageCount: number): ReadPages {
  const parts = trackSeenParts(pageCount);
  const shownMs = Array.from({ length: pageCount + 1 }, () => 0);
  let last: { readonly atMs: number; readonly pages: readonly number[] } | null = null;
  const isRead = (page: number) => parts.isWhole(page) && shownMs[page]! >= LEAST_MS;
  const missing = () => shownMs.flatMap((_ms, page) => (page > 0 && !isRead(page) ? [page] : []));
  return {
    missing,
    see(inView, nowMs) {
      const before = missing().length;
      const step = last === null || nowMs - last.atMs > LONGEST_STEP_MS ? 0 : nowMs - last.atMs;
      for (const page of last?.pages ?? []) shownMs[page]! += step;
      for (const { page, from, to } of inView) parts.see(page, from, to);
      last = { atMs: nowMs, pages: inView.map(({ page }) => page) };
      return missing().length < before;
    },
  };
}
