import { queue } from './0010-queue.ts';

/** Forward only, in steps of ten so that a hot fix finds room between two. */
export const MIGRATIONS: readonly { readonly version: number; readonly sql: string }[] = [queue];
export const LATEST_VERSION = MIGRATIONS.at(-1)!.version;
