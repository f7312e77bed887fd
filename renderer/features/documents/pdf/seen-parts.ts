/**
 * What of each page a person has had before the eyes: every page is cut into bands, and it was shown whole
 * once each band was in view while the page was drawn.
 */
const BANDS = 24;

export type SeenParts = {
  /** `from` and `to` are fractions of the height of the page that are in view. True when this completed the page. */
  readonly see: (page: number, from: number, to: number) => boolean;
  readonly isWhole: (page: number) => boolean;
  readonly missing: () => readonly number[];
};

export function trackSeenParts(pageCount: number): SeenParts {
  const seen = Array.from({ length: pageCount + 1 }, () => new Set<number>());
  const isWhole = (page: number) => (seen[page]?.size ?? 0) === BANDS;
  return {
    isWhole,
    see: (page, from, to) => {
      const bands = seen[page];
      if (!bands || isWhole(page)) return false;
      for (let band = 0; band < BANDS; band++) {
        const middle = (band + 0.5) / BANDS;
        if (middle >= from && middle <= to) bands.add(band);
      }
      return isWhole(page);
    },
    missing: () => seen.flatMap((_bands, page) => (page > 0 && !isWhole(page) ? [page] : [])),
  };
}
