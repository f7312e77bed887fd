export { readBoard } from './read-board.ts';
export { readForHead, readOverrides } from './read-overrides.ts';
