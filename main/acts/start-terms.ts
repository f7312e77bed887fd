import { courtDayOf } from '../../shared/domain/court-day.ts';
import { decisionOf } from '../../shared/domain/decision.ts';
import { termEnd } from '../../shared/domain/term-end.ts';
import type { DecisionMessage } from '../../shared/registry/index.ts';
import { keepDecision, type FilingRecord } from '../intake/index.ts';
import { offerFor, type Reference } from '../reference/index.ts';
import type { Writing } from '../store/index.ts';
import { NO_REASONS, versionsOf } from './act-versions.ts';
import { rulesFor } from './decide-filing.ts';

type Started = { readonly from: string; readonly id: string };

/**
 * What an act that is being signed decides, with the terms that begin with it, kept with the filing in the same transaction. Terms that begin
 * when somebody gets the act are none yet. Null for an act that decides nothing and begins nothing.
 */
export function startTerms(
  tx: Writing,
  reference: Reference,
  { filing, actId, kind, signedAt }: { filing: FilingRecord; actId: string; kind: string; signedAt: string },
): DecisionMessage | null {
  const decided = decisionOf(kind);
  const version = versionsOf(tx, actId).at(-1);
  if (!version) return null;
  const known = decided === null ? reference.actKind(kind) : null;
  const started: readonly Started[] =
    (decided === null
      ? known && offerFor(known, filing)?.terms
      : rulesFor(reference, filing, signedAt).find(({ decision }) => decision === decided)?.terms) ?? [];
  const begins: Readonly<Record<string, string>> = { ruling: signedAt, signing: signedAt, receipt: filing.message.receivedAt };
  const terms = started.flatMap(({ id, from }) => {
    const term = reference.term(id);
    const begin = begins[from];
    return term && begin ? [{ id, dueAt: termEnd(reference.calendarOn(courtDayOf(signedAt)), courtDayOf(begin), term) }] : [];
  });
  if (decided === null && terms.length === 0) return null;
  const { grounds, transferTo } = decided === null ? NO_REASONS : version;
  const message: DecisionMessage = { grounds: grounds.map(({ code }) => code), transferTo, terms };
  keepDecision(tx, filing.id, { actId, kind, signedAt, decision: message });
  return message;
}
