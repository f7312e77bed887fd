import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { sizeForCourt } from '../documents/hold-document.ts';
import { announceFiling } from '../filings/filing-state.ts';
import { applied, conflict, refused } from './command-answer.ts';
import { findFiling, type CommandContext } from './command-context.ts';

/** Takes the talon of a registered filing; from now on the filer can fetch it. A talon given out is never replaced. */
export async function issueTalon(context: CommandContext, payload: CommandPayload<'talon.issue'>): Promise<CommandAnswer> {
  const { sql, workstation, now } = context;
  const filing = await findFiling(context, payload.filingId);
  if (!filing) return refused('not-found');
  if (filing.incoming_number === null) return conflict('move-not-allowed');
  if (filing.talon_sha256 !== null) return conflict('talon-issued');
  if ((await sizeForCourt(sql, workstation.court, payload.sha256)) !== payload.size) return refused('document-missing');

  await sql.query('UPDATE filing SET talon_sha256 = $2, talon_qr = $3, talon_issued_at = $4 WHERE id = $1', [
    filing.id,
    payload.sha256,
    payload.qr,
    now,
  ]);
  return applied(await announceFiling(sql, workstation.court, filing.id, now));
}
