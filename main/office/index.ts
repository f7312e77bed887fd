export { readBoard } from './read-board.ts';
export { readWorkload } from './read-workload.ts';
export { readForHead, readOverrides } from './read-overrides.ts';
