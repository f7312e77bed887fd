import type { Role } from '../../shared/domain/role.ts';

/** Who works on filings. */
export const WORKERS: readonly Role[] = ['secretary', 'office-head'];
