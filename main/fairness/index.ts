/** The fairness ledger: the order of registration against that of receipt, proposals against rulings, and what rules that are data point at. */
export { sayPattern } from './find-patterns.ts';
export { readLedger } from './read-ledger.ts';
export { readPatterns } from './read-patterns.ts';
export { readReturns } from './read-returns.ts';
