import type { Migration } from '../migrate.ts';
import { foundation } from './0010-foundation.ts';

/** In order. */
export const MIGRATIONS: readonly Migration[] = [foundation];
