export * from './batch-shapes.ts';
export * from './board-shapes.ts';
export * from './case-shapes.ts';
export * from './dispatch-shapes.ts';
export * from './document-shapes.ts';
export * from './earlier-shapes.ts';
export * from './finding-shapes.ts';
export * from './proposal-shapes.ts';
export * from './registering-shapes.ts';
export * from './lease-shapes.ts';
export * from './office-shapes.ts';
export * from './office-words-shapes.ts';
export * from './signature-shapes.ts';
export * from './queue-shapes.ts';
export * from './workload-shapes.ts';
export * from './search-shapes.ts';
export * from './session-shapes.ts';
export * from './shapes.ts';
export * from './decision-shapes.ts';
export * from './sync-shapes.ts';
export * from './paper-shapes.ts';
export * from './print-shapes.ts';
export * from './proceedings-shapes.ts';
export type {
  Administration,
  AdministrationChange,
  AdministrationChanges,
  AdministrationQuery,
  CourtPerson,
  CourtWorkstationRow,
  PersonCertificate,
} from './administration-channels.ts';
export type { CheckFinding, TokenModule } from './doctor-channels.ts';
export * from './channels.ts';
export type { WindowApi } from './window-api.ts';
