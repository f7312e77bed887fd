export { readBoard } from './read-board.ts';
