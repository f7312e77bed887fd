/** The self-check: one list of steps for the command line and the window, and what of them may leave the office. */
export type { CheckedDesk, CheckParts, Finding } from './check-parts.ts';
export { freeBytesOf } from './machine-checks.ts';
export { packDiagnostics, type FindingAt } from './pack-diagnostics.ts';
export { runCheck, runChecks } from './run-checks.ts';
