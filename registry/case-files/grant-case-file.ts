import type { CaseFileMessage, CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { applied, conflict, refused } from '../commands/command-answer.ts';
import type { CommandContext } from '../commands/command-context.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { findWholeFiling } from '../filings/find-filing.ts';
import { holdsAll } from '../requests/fulfil-request.ts';
import { single, type Sql } from '../store/database.ts';

/** Opens documents of the case file under a filing's number until a time. */
export async function grantCaseFile(context: CommandContext, payload: CommandPayload<'case-file.grant'>): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const { grantId, filingId, person, documents, until } = payload;
  const filing = await findWholeFiling(sql, workstation.court, filingId);
  if (!filing) return refused('not-found');
  if (filing.incomingNumber === null) return conflict('move-not-allowed');
  if ((await sql.query('SELECT 1 FROM case_file_grant WHERE id = $1', [grantId])).length > 0) return conflict('grant-made');
  if (!(await holdsAll(context, documents))) return refused('document-missing');
  await sql.query(
    'INSERT INTO case_file_grant (id, filing, person, documents, until, granted_by, granted_at) VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7)',
    [grantId, filingId, person, JSON.stringify(documents), new Date(until).toISOString(), actor, now],
  );
  await announceGrant(sql, workstation.court, grantId, now);
  return applied(null);
}

/** Closes what was opened, before its time; why stays on record. */
export async function withdrawCaseFile(context: CommandContext, payload: CommandPayload<'case-file.withdraw'>): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const { grantId, filingId, reason } = payload;
  const filing = await findWholeFiling(sql, workstation.court, filingId);
  const [grant] = await sql.query<{ withdrawn_at: string | null }>(
    'SELECT withdrawn_at FROM case_file_grant WHERE id = $1 AND filing = $2',
    [grantId, filingId],
  );
  if (!filing || !grant) return refused('not-found');
  if (grant.withdrawn_at !== null) return conflict('grant-withdrawn');
  await sql.query('UPDATE case_file_grant SET withdrawn_at = $2, withdrawn_by = $3, reason = $4 WHERE id = $1', [
    grantId,
    now,
    actor,
    reason,
  ]);
  await announceGrant(sql, workstation.court, grantId, now);
  return applied(null);
}

async function announceGrant(sql: Sql, court: string, id: string, at: string): Promise<void> {
  const data = single(
    await sql.query<CaseFileMessage>(
      `SELECT id AS "grantId", filing AS "filingId", person, documents, granted_at AS "grantedAt", until, withdrawn_at AS "withdrawnAt", reason
       FROM case_file_grant WHERE id = $1`,
      [id],
    ),
  );
  await appendToFeed(sql, { court, kind: 'case-file.changed', subject: id, at, data });
}
