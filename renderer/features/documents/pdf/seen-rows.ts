export type RowsInView = {
  readonly top: number;
  readonly height: number;
  /** Height of each row. CSS pixels, as all here. */
  readonly row: number;
  readonly total: number;
};

const BEYOND = 2;

/** The rows to draw: those in view and two beyond each end; `first` inclusive, `last` exclusive, both from 0. */
export function seenRows({ top, height, row, total }: RowsInView): { readonly first: number; readonly last: number } {
  const first = Math.max(0, Math.floor(top / row) - BEYOND);
  return { first, last: Math.min(total, Math.ceil((top + height) / row) + BEYOND) };
}
