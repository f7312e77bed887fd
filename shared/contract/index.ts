export * from './batch-shapes.ts';
export * from './lease-shapes.ts';
export * from './signature-shapes.ts';
export * from './shapes.ts';
export * from './decision-shapes.ts';
export * from './sync-shapes.ts';
export * from './proceedings-shapes.ts';
export * from './channels.ts';
export type { WindowApi } from './window-api.ts';
