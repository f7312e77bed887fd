import type { ActSummary, FilingAct, FilingActs } from '../../shared/contract/index.ts';
import { decisionOf } from '../../shared/domain/decision.ts';
import type { Role } from '../../shared/domain/role.ts';
import { keptDecisions, readFiling, type FilingRecord } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { offered } from './draft-act.ts';
import { actsOfFiling, readAct } from './read-acts.ts';
import { sayTerms, termsFromDelivery } from './say-terms.ts';
import { talkOf } from './send-back.ts';

type Asking = { readonly filingId: string; readonly user: { readonly id: string; readonly role: Role }; readonly now: string };

/**
 * The acts of a filing beside the ruling that decides on it, as one person may see them: a judge the own ones, the office all; the head of the
 * office those that were signed. Null for an unknown filing.
 */
export function readFilingActs(read: Reading, reference: Reference, { filingId, user, now }: Asking): FilingActs | null {
  const filing = readFiling(read, filingId);
  if (!filing) return null;
  const prepares = user.role === 'secretary' || (user.role === 'judge' && (filing.judgeId === null || filing.judgeId === user.id));
  const visible = ({ id, state, preparing }: ActSummary): boolean => {
    if (state !== 'draft' || user.role === 'secretary') return true;
    return user.role === 'judge' && !preparing && readAct(read, id)?.judgeId === user.id;
  };
  const acts = actsOfFiling(read, { reference, now }, filingId).filter((act) => decisionOf(act.kind) === null && visible(act));
  const begun = new Map(keptDecisions(read, filingId).map(({ actId, decision }) => [actId, decision.terms]));
  return {
    filingId,
    language: filing.language,
    acts: acts.map((act) => toFilingAct(read, reference, { filing, act, begun: begun.get(act.id) ?? [], user, now })),
    offered: prepares ? offered({ reference }, filing, now).map(({ id: kind, titled }) => ({ kind, titled })) : [],
  };
}

type Seen = Pick<Asking, 'user' | 'now'> & {
  readonly filing: FilingRecord;
  readonly act: ActSummary;
  readonly begun: Parameters<typeof sayTerms>[1];
};

function toFilingAct(read: Reading, reference: Reference, { filing, act, begun, user, now }: Seen): FilingAct {
  const later = act.state === 'draft' ? { running: [], waiting: [] } : termsFromDelivery(read, reference, { filing, act, now });
  const isDraft = act.state === 'draft';
  const isJudge = user.role === 'judge' && readAct(read, act.id)?.judgeId === user.id;
  const isOffice = user.role === 'secretary';
  const withOffice = act.preparing || act.sentBack;
  const holds = isDraft && (isOffice ? withOffice : isJudge && !withOffice);
  return {
    act,
    talk: isJudge || isOffice ? talkOf(read, act.id) : [],
    talking:
      !isDraft || act.preparing ? null : isJudge ? (act.sentBack ? 'take-back' : 'send-back') : isOffice && act.sentBack ? 'answer' : null,
    may: [
      ...(holds ? (['edit', 'discard'] as const) : []),
      ...(holds && act.preparing ? (['hand'] as const) : []),
      ...(isJudge || isOffice ? (['versions'] as const) : []),
      ...(isJudge ? (['read'] as const) : []),
    ],
    terms: [...sayTerms(reference, begun, now), ...later.running],
    termsFromDelivery: later.waiting,
  };
}
