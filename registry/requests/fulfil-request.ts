import type { CommandAnswer, CommandPayload, GivenDocument, RequestFulfilled } from '../../shared/registry/index.ts';
import { applied, conflict, refused } from '../commands/command-answer.ts';
import { moveThrough, type CommandContext } from '../commands/command-context.ts';
import { sizeForCourt } from '../documents/hold-document.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import { announceFiling } from '../filings/filing-state.ts';
import { findWholeFiling } from '../filings/find-filing.ts';
import type { Registry } from '../http/context.ts';
import { tellSender } from '../notifications/tell-recipients.ts';
import { isRequest } from '../../shared/domain/request-kind.ts';
import type { FilingState } from '../../shared/domain/filing-status.ts';

/** Gives the sender of a request what he asked for; the request is done with that. */
export async function fulfilRequest(
  registry: Registry,
  context: CommandContext,
  { filingId, documents, note }: CommandPayload<'request.fulfil'>,
): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const { court } = workstation;
  const filing = await findWholeFiling(sql, court, filingId);
  if (!filing) return refused('not-found');
  if (documents.length === 0 && !note?.trim()) return refused('input-invalid');
  if (!isRequest(filing.message.kind)) return conflict('not-a-request');
  const state = moveThrough(filing.state as FilingState, 'fulfil');
  if (state === null) return conflict('move-not-allowed');
  if (!(await holdsAll(context, documents))) return refused('document-missing');

  await sql.query('INSERT INTO fulfilment (filing, documents, note, fulfilled_by, fulfilled_at) VALUES ($1, $2::jsonb, $3, $4, $5)', [
    filing.id,
    JSON.stringify(documents),
    note,
    actor,
    now,
  ]);
  await sql.query('UPDATE filing SET state = $2 WHERE id = $1', [filing.id, state]);
  const data: RequestFulfilled = { filingId, documents, note, fulfilledAt: now };
  await appendToFeed(sql, { court, kind: 'request.fulfilled', subject: filing.id, at: now, data });
  const facts = filing.incomingNumber === null ? {} : { incomingNumber: filing.incomingNumber };
  await tellSender(registry, sql, { court, kind: 'request-fulfilled', subject: filing.id, filing, facts, now });
  return applied(await announceFiling(sql, court, filing.id, now));
}

/** Whether the court may read each of these bytes, at these sizes. */
export async function holdsAll({ sql, workstation }: CommandContext, documents: readonly GivenDocument[]): Promise<boolean> {
  for (const { sha256, size } of documents) if ((await sizeForCourt(sql, workstation.court, sha256)) !== size) return false;
  return true;
}
