import type { NoticeKind } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { changeNotices } from './delivery-row.ts';
import { moveAlone } from './ladder-row.ts';

/** What was read in the cabinet under a filing's number has been delivered there; an act that was dispatched has been read. */
export async function markRead(
  registry: Registry,
  filing: { readonly id: string; readonly court: string },
  kinds: readonly NoticeKind[],
  subject: string | null,
): Promise<void> {
  const parameters = [filing.id, JSON.stringify(kinds), subject];
  const unread = (first: number) =>
    `filing = $${first} AND kind IN (SELECT jsonb_array_elements_text($${first + 1}::jsonb))
     AND ($${first + 2}::uuid IS NULL OR subject = $${first + 2}::uuid) AND steps IS NULL AND state <> 'delivered' AND asked <> 'post'`;
  const climbing = await registry.db.query<{ id: string }>(
    `SELECT id FROM notice WHERE subject = $1::uuid AND filing = $2 AND steps IS NOT NULL AND state <> 'read'`,
    [subject, filing.id],
  );
  for (const { id } of climbing) await moveAlone(registry, { court: filing.court, id }, { what: 'read' });
  const [any] = await registry.db.query(`SELECT 1 FROM notice WHERE ${unread(1)} LIMIT 1`, parameters); // spares the court its lock
  if (any) await changeNotices(registry, filing.court, { set: `state = 'delivered', due_at = NULL`, where: unread(3), parameters });
}
