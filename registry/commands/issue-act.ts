import { DECIDED_STATE, decisionOf } from '../../shared/domain/decision.ts';
import type { FilingMove } from '../../shared/domain/filing-status.ts';
import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { sizeForCourt } from '../documents/hold-document.ts';
import { announceFiling } from '../filings/filing-state.ts';
import { applied, conflict, refused } from './command-answer.ts';
import { findFiling, moveThrough, type CommandContext } from './command-context.ts';

const RULINGS: Readonly<Record<CommandPayload<'act.issue'>['state'], FilingMove>> = {
  accepted: 'ruling-accept',
  returned: 'ruling-return',
  refused: 'ruling-refuse',
  transferred: 'ruling-transfer',
};

/** Takes a signed ruling and moves the filing by it. A registered filing that nobody sent to the judge passes through `with-judge` here. */
export async function issueAct(context: CommandContext, payload: CommandPayload<'act.issue'>): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const filing = await findFiling(context, payload.filingId);
  if (!filing) return refused('not-found');
  if (!agrees(payload, workstation.court)) return refused('input-invalid');
  if ((await sql.query('SELECT 1 FROM act WHERE id = $1', [payload.actId])).length > 0) return conflict('act-issued');
  const ruling = RULINGS[payload.state];
  const state = filing.state === 'registered' ? moveThrough(filing.state, 'send-to-judge', ruling) : moveThrough(filing.state, ruling);
  if (state === null) return conflict('move-not-allowed');
  if ((await sizeForCourt(sql, workstation.court, payload.sha256)) !== payload.size) return refused('document-missing');

  await sql.query(
    `INSERT INTO act (id, filing, kind, sha256, level, signed_at, signed_by, decision, position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, (SELECT count(*) FROM act WHERE filing = $2))`,
    [
      payload.actId,
      filing.id,
      payload.kind,
      payload.sha256,
      payload.level,
      payload.signedAt,
      actor,
      payload.decision ? JSON.stringify(payload.decision) : null,
    ],
  );
  await sql.query('UPDATE filing SET state = $2 WHERE id = $1', [filing.id, state]);
  return applied(await announceFiling(sql, workstation.court, filing.id, now));
}

/** A ruling of a known kind leads where this kind leads, and only a transfer names a court: another one. */
function agrees({ kind, state, decision }: CommandPayload<'act.issue'>, court: string): boolean {
  const decided = decisionOf(kind);
  if (decided !== null && DECIDED_STATE[decided] !== state) return false;
  if (!decision) return true;
  return (decision.transferTo !== null) === (state === 'transferred') && decision.transferTo?.code !== court;
}
