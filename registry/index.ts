/**
 * The reference central registry: an HTTP server (http/) over PostgreSQL (store/) and held documents (documents/). Each other folder is a
 * subject with its rules, its SQL and its routes. docs/registry-protocol.yaml is what it promises; shared/registry is all it shares with a desk.
 */
export { startRegistry, type RegistryOptions, type RunningRegistry } from './start-registry.ts';
export { RegistryStartError } from './start-error.ts';
export type { Fault, FaultScript } from './http/faults.ts';
export { readServing, SERVING_OPTIONS } from './serving-options.ts';
export { examineRegistry, type Examination } from './examine-registry.ts';
export { markRestored, type Restored } from './restorations/mark-restored.ts';
export { reloadOnHangUp } from './reload-on-hang-up.ts';
