export * from './history.ts';
export * from './messages.ts';
export * from './paths.ts';
