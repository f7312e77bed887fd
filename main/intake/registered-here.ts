import type { Reading } from '../store/index.ts';

/** Whether this desk registered the filing: its talon is made here then, and goes when the registration gives way to another one. */
export const isRegisteredHere = (read: Reading, filingId: string): boolean =>
  read.get('SELECT 1 FROM talon WHERE filing_id = ?', filingId) !== undefined;
