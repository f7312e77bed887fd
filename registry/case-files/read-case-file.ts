import type { CaseFile, CaseFileSeen } from '../../shared/registry/index.ts';
import { lockCourt } from '../courts/lock-court.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import type { Registry } from '../http/context.ts';
import type { Sql } from '../store/database.ts';

/** A viewer asks for a document in several parts; those within this time are one look. */
const ONE_LOOK_MS = 10 * 60_000;

/** What is open to the filer at a moment: granted, not withdrawn, not run out. */
export function openDocuments(sql: Sql, filing: string, now: string): Promise<CaseFile['documents']> {
  return sql.query<CaseFile['documents'][number]>(
    `SELECT d->>'sha256' AS sha256, (d->>'size')::integer AS size, d->>'title' AS title, d->>'fileName' AS "fileName", g.id AS "grantId", g.until
     FROM case_file_grant g, jsonb_array_elements(g.documents) WITH ORDINALITY AS listed(d, position)
     WHERE g.filing = $1 AND g.withdrawn_at IS NULL AND g.until > $2 ORDER BY g.granted_at, g.id, listed.position`,
    [filing, now],
  );
}

/**
 * Opens a document of the case file to the filer: the look is kept and the court told in the moment that decides it. Null when it is
 * not open to him now.
 */
export function lookInto(
  registry: Registry,
  filing: { readonly id: string; readonly court: string },
  sha256: string,
): Promise<{ sha256: string; size: number } | null> {
  return registry.db.transaction(async (sql) => {
    await lockCourt(sql, filing.court);
    const now = registry.clock();
    const document = (await openDocuments(sql, filing.id, now)).find((open) => open.sha256 === sha256);
    if (!document) return null;
    const [last] = await sql.query<{ at: string }>(
      'SELECT at FROM case_file_look WHERE grant_id = $1 AND sha256 = $2 ORDER BY position DESC LIMIT 1',
      [document.grantId, sha256],
    );
    if (!last || Date.parse(now) - Date.parse(last.at) >= ONE_LOOK_MS) {
      await sql.query('INSERT INTO case_file_look (grant_id, sha256, at) VALUES ($1, $2, $3)', [document.grantId, sha256, now]);
      const data: CaseFileSeen = { grantId: document.grantId, filingId: filing.id, sha256, at: now };
      await appendToFeed(sql, { court: filing.court, kind: 'case-file.seen', subject: document.grantId, at: now, data });
    }
    return { sha256, size: document.size };
  });
}
