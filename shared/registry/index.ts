export * from './messages.ts';
export * from './paths.ts';
