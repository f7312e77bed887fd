import type { ActSummary, FilingAct } from '../../shared/contract/index.ts';
import { decisionOf, DECISIONS } from '../../shared/domain/decision.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { answerAct, readDecision, readFilingActs, sendBackAct } from '../acts/index.ts';
import type { User } from '../core/index.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall } from './office-call.ts';
import { courtNamed, groundsNamed } from './office-decide.ts';

// Repeating a command that was killed after it was done answers what stands: the last word of the talk is the same.

/** The ruling on the filing and what was said about it; with `--kind` the last act of that kind. */
function look(
  { desk, id: filingId, values }: OfficeCall,
  { id }: User,
  role: 'judge' | 'secretary',
): (Pick<FilingAct, 'talk'> & { act: ActSummary | null }) | null {
  const user = { id, role };
  const now = desk.config.clock();
  const { read } = desk.store;
  if (values.kind === undefined || decisionOf(values.kind) !== null)
    return readDecision(read, desk.reference, { filingId, user, courtCode: desk.profile.court.code, now });
  const filing = readFilingActs(read, desk.reference, { filingId, user, now });
  return filing?.acts.findLast(({ act }) => act.kind === values.kind) ?? null;
}

/** `send-back FILING --comment TEXT [--kind KIND]`: the judge asks the office about the draft. */
export function sendBack(call: OfficeCall, judge: User): Result<unknown> {
  const { comment } = call.values;
  if (!comment?.trim()) throw new UsageError('send-back needs --comment TEXT');
  const now = look(call, judge, 'judge');
  if (!now?.act) return fail('not-found');
  if (!isLast(now.talk, 'sent-back', comment)) {
    const done = sendBackAct(call.desk.acts, { actId: now.act.id, revision: now.act.revision, comment, actor: judge.id });
    if (!done.ok) return done;
  }
  return ok({ id: call.id, act: now.act.id, talk: look(call, judge, 'judge')!.talk });
}

/** `answer FILING --comment TEXT [--kind KIND] [--decision … --ground … --court …]`: the office answers, with another proposal where one is named. */
export async function answerJudge(call: OfficeCall, clerk: User): Promise<Result<unknown>> {
  const { comment, decision: named } = call.values;
  const decision = named === undefined ? null : DECISIONS.find((known) => known === named);
  if (!comment?.trim() || decision === undefined)
    throw new UsageError(`answer needs --comment TEXT, and for another proposal --decision ${DECISIONS.join('|')}`);
  const now = look(call, clerk, 'secretary');
  if (!now?.act) return fail('not-found');
  if (!isLast(now.talk, 'answered', comment)) {
    const change = decision === null ? null : { decision, grounds: groundsNamed(call.values), transferTo: courtNamed(call.values) };
    const { id: actId, revision } = now.act;
    const done = await answerAct(call.desk.acts, { actId, revision, answer: comment, change, actor: clerk.id });
    if (!done.ok) return done;
  }
  const after = look(call, clerk, 'secretary')!;
  return ok({ id: call.id, act: now.act.id, kind: after.act?.kind, talk: after.talk });
}

const isLast = (talk: readonly { kind: string; text: string }[], kind: string, text: string): boolean => {
  const last = talk.at(-1);
  return last?.kind === kind && last.text === text.trim();
};
