/** What reading one foreign document may cost. */
export type ReadingLimits = {
  readonly timeoutMs: number;
  /** Heap of the thread. */
  readonly heapMb: number;
  /** How much the whole process may grow meanwhile: buffers lie outside the heap of a thread. */
  readonly growthMb: number;
};

export const READING_LIMITS: ReadingLimits = { timeoutMs: 30_000, heapMb: 384, growthMb: 768 };

/** As much as the registry sends of one document. */
export const MAX_BYTES = 64 * 1024 * 1024;
export const MAX_PAGES = 3_000;
export const MAX_CHARACTERS = 4_000_000;
export const MAX_PAGE_CHARACTERS = 200_000;

/** Parts of an archive, and what they unpack to together. */
export const MAX_PARTS = 2_000;
export const MAX_INFLATED_BYTES = 64 * 1024 * 1024;
export const MAX_SHEETS = 500;

/** What is shown of a document; the rest is in the file, which can be saved. */
export const MAX_BLOCKS = 20_000;
/** Over the whole document. */
export const MAX_SHOWN_CHARACTERS = 2_000_000;
export const MAX_SHOWN_CELLS = 20_000;
export const MAX_SHEET_ROWS = 2_000;
export const MAX_SHEET_COLUMNS = 60;
export const MAX_CELL_CHARACTERS = 2_000;
