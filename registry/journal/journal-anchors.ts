import { sign, type KeyObject } from 'node:crypto';
import { anchorText, type JournalAnchor, type JournalAnchors } from '../../shared/registry/index.ts';
import type { Sql } from '../store/database.ts';

type Anchor = { entries: number; head: string; anchoredAt: string };

/** What the registry says of a journal, signed so that it cannot say otherwise later. */
export function signAnchor(key: KeyObject, workstationId: string, anchor: Readonly<Anchor>): JournalAnchor {
  const { entries, head, anchoredAt } = anchor;
  return { entries, head, anchoredAt, signature: sign(null, Buffer.from(anchorText(workstationId, anchor)), key).toString('base64url') };
}

/**
 * The anchors that hold for a workstation's journal, newest first, those shorter than `before` entries. After a journal was
 * accepted by a person, only what was anchored since then and what lies within the part both sides had alike still holds.
 */
export async function readJournalAnchors(
  sql: Sql,
  key: KeyObject,
  workstationId: string,
  before: number,
  limit: number,
): Promise<JournalAnchors> {
  const rows = await sql.query<Anchor & { signature: string | null }>(
    `SELECT entries, head, anchored_at AS "anchoredAt", signature FROM journal_anchor a
     WHERE workstation = $1 AND entries < $2
       AND entries <= coalesce((SELECT min(last_good) FROM journal_anchor l WHERE l.workstation = $1 AND l.position > a.position), entries)
     ORDER BY position DESC LIMIT $3`,
    [workstationId, before, limit + 1],
  );
  const anchors = rows
    .slice(0, limit)
    .map(({ signature, ...anchor }) => (signature === null ? signAnchor(key, workstationId, anchor) : { ...anchor, signature }));
  return { anchors, more: rows.length > limit };
}
