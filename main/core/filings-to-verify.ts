import type { Reading } from '../store/index.ts';

/** What has never been verified, and what is due for another try, in the order it came. Two indexes: an OR of both would read every filing. */
const DUE = `SELECT id FROM (
    SELECT id, received_at FROM filing WHERE verdict IS NULL AND intake <> 'arriving'
    UNION ALL SELECT id, received_at FROM filing WHERE recheck_at <= ? AND verdict IS NOT NULL AND intake <> 'arriving'
  ) ORDER BY received_at`;

export const filingsToVerify = (read: Reading, now: string): string[] => read.all<{ id: string }>(DUE, now).map(({ id }) => id);
