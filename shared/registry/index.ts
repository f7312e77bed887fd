export * from './history.ts';
export * from './leases.ts';
export * from './messages.ts';
export * from './paths.ts';
export * from './sessions.ts';
export * from './versions.ts';
