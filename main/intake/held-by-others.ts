import type { Reading } from '../store/index.ts';
import { OPEN } from './queue-query.ts';

export type HeldByOthers = { readonly count: number; readonly names: string[] };

/** How many of these filings, or of the open ones that one has, somebody has open or keeps at another desk, and who, `but` these people; as this desk last heard. */
export function heldByOthers(
  read: Reading,
  { ids, of, but = [] }: { readonly ids: readonly string[]; readonly of: string | null; readonly but?: readonly string[] },
  now: string,
): HeldByOthers {
  const rows = read.all<{ name: string | null; count: number }>(
    `SELECT u.name, count(*) AS count FROM filing f JOIN presence p ON p.filing_id = f.id LEFT JOIN app_user u ON u.id = p.holder
     WHERE f.${OPEN} AND p.holder IS NOT NULL AND p.work_until > @now AND p.holder NOT IN (SELECT value FROM json_each(@but))
       AND (f.assignee = @of OR f.id IN (SELECT value FROM json_each(@ids)))
     GROUP BY p.holder ORDER BY u.name`,
    { now, of, ids: JSON.stringify(ids), but: JSON.stringify(but) },
  );
  return { count: rows.reduce((sum, { count }) => sum + count, 0), names: rows.flatMap(({ name }) => (name === null ? [] : [name])) };
}
