/** Counts that a list of filings stands behind. */
export const BOARD_COUNTS = ['arrived', 'registered', 'waiting', 'overdue', 'dueToday', 'dueNext'] as const;
export type BoardCount = (typeof BOARD_COUNTS)[number];
export const BOARD_SPLITS = ['person', 'kind', 'category', 'verdict', 'language'] as const;
export type BoardSplit = (typeof BOARD_SPLITS)[number];
/** Today, and the seven and thirty days that end with it. */
export const BOARD_PERIODS = ['today', 'week', 'month'] as const;
export type BoardPeriod = (typeof BOARD_PERIODS)[number];
/** The office; what is assigned to a person and registered by him; what lies before a judge. */
export const BOARD_SCOPES = ['office', 'own', 'judge'] as const;
