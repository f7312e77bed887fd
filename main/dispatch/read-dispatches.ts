import type { DispatchAct, DispatchDetail, DispatchList, DispatchView } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readFiling, type FilingRecord } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { keyOf, planDispatch } from './dispatch-plan.ts';
import { recipientsOf } from './read-recipients.ts';
import { countActs, openActs, readSignedAct, signedActs, type SignedAct } from './signed-act.ts';

/** As many acts as a person can look through; the views of what is open hold all of theirs before those that are settled. */
const MOST_ACTS = 500;

/** Whose acts somebody sees: a judge his own, the office all of the court. */
export type Looking = { readonly judgeId: string | null };
/** Of one filing alone, or of all. */
type Scope = Looking & { readonly filingId: string | null };

const needsHand = ({ recipients }: DispatchAct): boolean => recipients.some(({ task }) => task !== null);
/** Signed acts with those to whom they go, newest first; in the view `hand` also those that nobody has sent yet. */
export function listDispatches(read: Reading, scope: Scope, view: DispatchView): DispatchList {
  const withRecipients = (act: SignedAct) => toAct(act, recipientsOf(read, act));
  const open = openActs(read, scope).map(withRecipients);
  const hand = open.filter((act) => needsHand(act) || act.recipients.length === 0);
  const counts = { hand: hand.length, open: open.length, all: countActs(read, scope) };
  const shown = view === 'all' ? signedActs(read, scope, MOST_ACTS).map(withRecipients) : { hand, open }[view].slice(0, MOST_ACTS);
  return { acts: shown, counts, more: counts[view] > shown.length };
}

function toAct(act: SignedAct, recipients: DispatchAct['recipients']): DispatchAct {
  const { id, filingId, kind, title, caseNumber, incomingNumber, claimant, respondent, sha256, level, signedAt, signedBy } = act;
  return {
    ...{ actId: id, filingId, kind, title, caseNumber, incomingNumber, claimant, respondent, sha256, level, signedAt, signedBy },
    ...{ issued: act.issued, dispatched: act.dispatched },
    recipients,
  };
}

/** The filing that opened a case. */
function openerOf(read: Reading, caseNumber: string): FilingRecord | undefined {
  const row = read.get<{ id: string }>('SELECT id FROM filing WHERE case_number = ?', caseNumber);
  return row === undefined ? undefined : (readFiling(read, row.id) ?? undefined);
}

/** One act, and who could be sent it besides those who are being told. Error: `not-found`. */
export function readDispatch(
  read: Reading,
  reference: Reference,
  { actId, now, judgeId }: Looking & { readonly actId: string; readonly now: string },
): Result<DispatchDetail> {
  const act = readSignedAct(read, actId);
  const filing = act === null ? null : readFiling(read, act.filingId);
  if (act === null || filing === null || (judgeId !== null && act.signedById !== judgeId)) return fail('not-found');
  const { filingId, kind } = act;
  const opener = filing.joinsCase === null ? undefined : openerOf(read, filing.joinsCase);
  const filings = [filing, ...(opener && opener.id !== filingId ? [opener] : [])].map(({ id, message }) => ({ filingId: id, message }));
  const people = planDispatch(reference, filings, { kind, now });
  const recipients = recipientsOf(read, act, new Map(people.map((person) => [keyOf(person), person.side])));
  const told = new Set(recipients.map(keyOf));
  return ok({
    act: toAct(act, recipients),
    people: people.filter((person) => !told.has(keyOf(person))),
  });
}
