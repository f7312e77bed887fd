export { startRegistry, type RegistryOptions, type RunningRegistry } from './start-registry.ts';
export { RegistryStartError } from './start-error.ts';
export type { Fault, FaultScript } from './http/faults.ts';
