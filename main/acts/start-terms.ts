import { courtDayOf } from '../../shared/domain/court-day.ts';
import { decisionOf } from '../../shared/domain/decision.ts';
import { termEnd } from '../../shared/domain/term-end.ts';
import type { DecisionMessage } from '../../shared/registry/index.ts';
import { keepDecision, type FilingRecord } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Writing } from '../store/index.ts';
import { versionsOf } from './act-versions.ts';
import { rulesFor } from './decide-filing.ts';

/**
 * What a ruling that is being signed decides, with the terms that begin with it, kept with the filing in the same transaction. Null for an act
 * that decides nothing.
 */
export function startTerms(
  tx: Writing,
  reference: Reference,
  { filing, actId, kind, signedAt }: { filing: FilingRecord; actId: string; kind: string; signedAt: string },
): DecisionMessage | null {
  const decision = decisionOf(kind);
  const version = versionsOf(tx, actId).at(-1);
  if (decision === null || !version) return null;
  const rule = rulesFor(reference, filing, signedAt).find((known) => known.decision === decision);
  const started = { ruling: signedAt, receipt: filing.message.receivedAt };
  const terms = (rule?.terms ?? []).flatMap(({ id, from }) => {
    const term = reference.term(id);
    return term ? [{ id, dueAt: termEnd(reference.calendar, courtDayOf(started[from]), term) }] : [];
  });
  const message: DecisionMessage = { grounds: version.grounds.map(({ code }) => code), transferTo: version.transferTo, terms };
  keepDecision(tx, filing.id, { actId, kind, signedAt, decision: message });
  return message;
}
