import { readSetting, writeSetting, type Reading, type Writing } from '../store/index.ts';

const LAST_SUCCESS = 'sync.last-success';

/** When all that the registry has for this desk last came, and with a whole round all that the desk has was sent; UTC ISO. */
export const lastSuccessAt = (read: Reading): string | null => readSetting<string>(read, LAST_SUCCESS);
export const noteSuccess = (tx: Writing, at: string): void => writeSetting(tx, LAST_SUCCESS, at);
