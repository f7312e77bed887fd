import type { PageSize } from './open-pdf.ts';

export type Zoom = 'fit' | number;
export type Rotation = 0 | 90 | 180 | 270;

/** CSS pixels. */
export type PlacedPage = { readonly number: number; readonly top: number; readonly width: number; readonly height: number };
export type PageLayout = { readonly scale: number; readonly pages: readonly PlacedPage[]; readonly height: number };

const GAP = 12;
/** CSS pixels per point at 100 %. */
export const ACTUAL_SIZE = 96 / 72;
export const ZOOM_STEPS = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4] as const;
const MOST_ZOOM = 4;
const LEAST_SCALE = 0.2;

export function turn(size: PageSize, rotation: Rotation): PageSize {
  return rotation % 180 === 0 ? size : { width: size.height, height: size.width };
}

/** Pages one under another; `fit` makes the widest one as wide as the room, and is the actual size while no page is known. */
export function layOutPages(sizes: readonly PageSize[], zoom: Zoom, rotation: Rotation, roomWidth: number): PageLayout {
  const turned = sizes.map((size) => turn(size, rotation));
  const widest = Math.max(1, ...turned.map((size) => size.width));
  const fitting = turned.length === 0 ? ACTUAL_SIZE : Math.max(LEAST_SCALE, (roomWidth - 2 * GAP) / widest);
  const scale = zoom === 'fit' ? fitting : zoom * ACTUAL_SIZE;
  let top = GAP;
  const pages = turned.map((size, i) => {
    const page = { number: i + 1, top, width: Math.floor(size.width * scale), height: Math.floor(size.height * scale) };
    top += page.height + GAP;
    return page;
  });
  return { scale, pages, height: top };
}

/** The next step of the zoom from the size on the screen; the ends hold. */
export function stepZoom(scale: number, step: 1 | -1): number {
  const now = scale / ACTUAL_SIZE;
  const next = step > 0 ? ZOOM_STEPS.find((s) => s > now + 0.01) : [...ZOOM_STEPS].reverse().find((s) => s < now - 0.01);
  return next ?? (step > 0 ? MOST_ZOOM : ZOOM_STEPS[0]);
}

/** The page that fills the upper half of the view. */
export function pageAt(layout: PageLayout, scrollTop: number, viewHeight: number): number {
  const line = scrollTop + viewHeight / 2;
  const below = layout.pages.findIndex((page) => page.top > line);
  return below < 0 ? layout.pages.length : Math.max(1, below);
}

/** The pages to keep drawn: those in view and their neighbours, never more than `limit`, the middle ones first. */
export function pagesToDraw(layout: PageLayout, scrollTop: number, viewHeight: number, limit: number): readonly PlacedPage[] {
  const inView = layout.pages.filter((page) => page.top + page.height >= scrollTop && page.top <= scrollTop + viewHeight);
  const first = inView[0]?.number ?? 1;
  const last = inView.at(-1)?.number ?? 1;
  const wanted = layout.pages.slice(Math.max(0, first - 2), last + 1);
  if (wanted.length <= limit) return wanted;
  const middle = pageAt(layout, scrollTop, viewHeight);
  return wanted
    .sort((a, b) => Math.abs(a.number - middle) - Math.abs(b.number - middle))
    .slice(0, limit)
    .sort((a, b) => a.number - b.number);
}

const OVERLAP = 0.9;
const ROUNDING = 4;

/** Where PgDn or PgUp leads: on by a screen, but never past an edge of the page being read, so that nothing is jumped over. */
export function pageKeyTarget(layout: PageLayout, scrollTop: number, viewHeight: number, step: 1 | -1): number {
  const most = Math.max(0, layout.height - viewHeight);
  const stride = viewHeight * OVERLAP;
  if (step > 0) {
    const reading = layout.pages.find((page) => page.top + page.height > scrollTop + viewHeight + ROUNDING);
    if (!reading) return most;
    const pageTop = reading.top - GAP;
    const startsBelow = pageTop > scrollTop + ROUNDING;
    if (startsBelow) return Math.min(most, pageTop);
    return Math.min(most, scrollTop + stride, reading.top + reading.height + GAP - viewHeight);
  }
  const reading = [...layout.pages].reverse().find((page) => page.top - GAP < scrollTop - ROUNDING);
  if (!reading) return 0;
  return Math.max(0, scrollTop - stride, reading.top - GAP);
}
