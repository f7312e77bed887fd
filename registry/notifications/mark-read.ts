import type { NoticeKind } from '../../shared/registry/index.ts';
import type { Registry } from '../http/context.ts';
import { changeNotices } from './delivery-row.ts';

/** What was read in the cabinet under a filing's number has been delivered there. */
export async function markRead(
  registry: Registry,
  filing: { readonly id: string; readonly court: string },
  kinds: readonly NoticeKind[],
  subject: string | null,
): Promise<void> {
  const where = `filing = $3 AND kind IN (SELECT jsonb_array_elements_text($4::jsonb)) AND ($5::uuid IS NULL OR subject = $5::uuid)
    AND state <> 'delivered' AND asked <> 'post'`;
  const parameters = [filing.id, JSON.stringify(kinds), subject];
  const [unread] = await registry.db.query(`SELECT 1 FROM notice WHERE court = $1 AND $2::text IS NOT NULL AND ${where} LIMIT 1`, [
    filing.court,
    '',
    ...parameters,
  ]);
  if (unread) await changeNotices(registry, filing.court, { set: `state = 'delivered', due_at = NULL`, where, parameters });
}
