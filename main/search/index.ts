/** Finding filings, cases and documents on this desk, and what may be told of them on the telephone. */
export { callCards } from './call-card.ts';
export { findEverything } from './find-everything.ts';
