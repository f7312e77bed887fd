import { DECIDED_STATE, decisionOf } from '../../shared/domain/decision.ts';
import type { FilingMove, FilingState } from '../../shared/domain/filing-status.ts';
import { answers } from '../../shared/domain/request-kind.ts';
import type { CommandAnswer, CommandPayload } from '../../shared/registry/index.ts';
import { sizeForCourt } from '../documents/hold-document.ts';
import { announceFiling } from '../filings/filing-state.ts';
import { findWholeFiling } from '../filings/find-filing.ts';
import { applied, conflict, refused } from './command-answer.ts';
import { moveThrough, type CommandContext } from './command-context.ts';

type Issue = CommandPayload<'act.issue'>;
const MOVES: Readonly<Record<NonNullable<Issue['state']>, FilingMove>> = {
  accepted: 'ruling-accept',
  returned: 'ruling-return',
  refused: 'ruling-refuse',
  transferred: 'ruling-transfer',
  fulfilled: 'fulfil',
};

/**
 * Takes a signed act and moves the filing where it leads; many acts lead nowhere. On a filing that was put before a judge no other one acts. A registered filing that nobody sent to the judge passes through `with-judge` here.
 */
export async function issueAct(context: CommandContext, payload: Issue): Promise<CommandAnswer> {
  const { sql, workstation, actor, now } = context;
  const filing = await findWholeFiling(sql, workstation.court, payload.filingId);
  if (!filing) return refused('not-found');
  if (!agrees(payload, workstation.court, filing.message.kind)) return refused('input-invalid');
  if ((await sql.query('SELECT 1 FROM act WHERE id = $1', [payload.actId])).length > 0) return conflict('act-issued');
  if (filing.incomingNumber === null) return conflict('move-not-allowed');
  if (filing.judge !== null && filing.judge !== actor) return refused('role-not-allowed');
  const state = stateAfter(filing.state as FilingState, payload.state);
  if (state === null) return conflict('move-not-allowed');
  if ((await sizeForCourt(sql, workstation.court, payload.sha256)) !== payload.size) return refused('document-missing');

  await sql.query(
    `INSERT INTO act (id, filing, kind, sha256, level, signed_at, signed_by, decision, title, terms, workstation, position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10::jsonb, $11, (SELECT count(*) FROM act WHERE filing = $2))`,
    [
      payload.actId,
      filing.id,
      payload.kind,
      payload.sha256,
      payload.level,
      payload.signedAt,
      actor,
      payload.decision ? JSON.stringify(payload.decision) : null,
      payload.title ?? null,
      payload.terms ? JSON.stringify(payload.terms) : null,
      workstation.id,
    ],
  );
  if (state !== filing.state) await sql.query('UPDATE filing SET state = $2 WHERE id = $1', [filing.id, state]);
  return applied(await announceFiling(sql, workstation.court, filing.id, now));
}

/** Where a registered filing is after the act; null when the act may not lead there. */
function stateAfter(state: FilingState, to: Issue['state']): FilingState | null {
  if (to === null) return state;
  return state === 'registered' ? moveThrough(state, 'send-to-judge', MOVES[to]) : moveThrough(state, MOVES[to]);
}

/**
 * A ruling of decision leads where its kind leads, no other act decides, and only a transfer names a court: another one. An application is
 * fulfilled by the act that it asks for alone.
 */
function agrees({ kind, state, decision }: Issue, court: string, filingKind: string): boolean {
  const decided = decisionOf(kind);
  if (decided !== null ? DECIDED_STATE[decided] !== state : state !== null && state !== 'fulfilled') return false;
  if (state === 'fulfilled' && !answers(kind, filingKind)) return false;
  if (!decision) return true;
  return (decision.transferTo !== null) === (state === 'transferred') && decision.transferTo?.code !== court;
}
