/** Steps of the self-check, in the order in which they are shown. */
export const CHECK_STEPS = [
  'runtime',
  'database-module',
  'fonts',
  'disk',
  'profile',
  'key-store',
  'database',
  'journal',
  'registry',
  'clock',
  'trust',
  'crl',
  'ocsp',
  'tsp',
  'driver',
  'reader',
  'tokens',
  'certificate',
  'ncalayer',
  'printer',
  'scanner',
] as const;
export type CheckStep = (typeof CHECK_STEPS)[number];

export const CHECK_STATES = ['ok', 'not-ok', 'not-applicable'] as const;
export type CheckState = (typeof CHECK_STATES)[number];

/** Steps that look at an opened profile; the others look at the machine alone. */
export const DESK_STEPS: ReadonlySet<CheckStep> = new Set<CheckStep>([
  ...(['profile', 'key-store', 'database', 'journal', 'registry', 'clock', 'trust', 'crl', 'ocsp', 'tsp', 'scanner'] as const),
]);

/** Below this the window says so before anything fails for want of room. */
export const LOW_DISK_MIB = 200;
