import type { CaseAct, CaseCard, CaseEvent, CaseFiling } from '../../shared/contract/index.ts';
import type { Role } from '../../shared/domain/role.ts';
import { maskIdentifier } from '../../shared/domain/identifier.ts';
import { actsOfFiling, readAct } from '../acts/index.ts';
import { listDispatches } from '../dispatch/index.ts';
import { lastRecall, readAnnexes, readDocuments, readFacts, readFiling, type FilingRecord } from '../intake/index.ts';
import { hearingsOf } from '../proceedings/index.ts';
import { printsOf } from '../registration/index.ts';
import type { Reading } from '../store/index.ts';
import type { Desk } from './desk.ts';

/** As many filings of one case as a person can look through. */
const MOST_FILINGS = 200;
export type CaseQuestion = { readonly number: string; readonly user: { readonly id: string; readonly role: Role } };

/**
 * A case with its filings, acts and what happened in it, from what this desk has; null for an unknown one, and for a judge who has nothing of it. Drafts
 * are shown to who prepares or reads them.
 */
export function readCaseCard(desk: Desk, { number, user }: CaseQuestion): CaseCard | null {
  const { read } = desk.store;
  const ids = read.all<{ id: string }>(
    `SELECT id FROM (SELECT id, received_at, 0 AS rank FROM filing WHERE case_number = @number
       UNION ALL SELECT id, received_at, 1 FROM filing WHERE joins_case = @number) ORDER BY rank, received_at, id LIMIT ${MOST_FILINGS + 1}`,
    { number },
  );
  const filings = ids.slice(0, MOST_FILINGS).map(({ id }) => readFiling(read, id)!);
  const isKnown = filings.length > 0 || read.get('SELECT 1 FROM court_case WHERE number = ?', number) !== undefined;
  if (!isKnown || (user.role === 'judge' && !filings.some(({ judgeId }) => judgeId === user.id))) return null;
  const opener = filings.find(({ caseNumber }) => caseNumber === number) ?? filings[0];
  const acts = filings.flatMap(({ id }) => actsOf(desk, id, user));
  const shown = filings.map((filing) => toFiling(read, filing, number));
  const { court } = desk.profile;
  return {
    ...{ number, courtNameKk: court.nameKk, courtNameRu: court.nameRu, kind: opener?.kind ?? null },
    judge: nameOf(read, filings.find(({ judgeId }) => judgeId !== null)?.judgeId ?? null),
    parties: (opener?.message.parties ?? []).map(({ side, name, iin, bin }) => {
      const identifier = bin ?? iin ?? null;
      return { side, name, identifier: identifier && maskIdentifier(identifier), isCompany: Boolean(bin) };
    }),
    ...{ filings: shown, more: ids.length > MOST_FILINGS, acts },
    timeline: timelineOf(read, { filings, shown, acts, opener }),
    asOf: desk.config.clock(),
  };
}

const nameOf = (read: Reading, id: string | null): string | null =>
  id === null ? null : (read.get<{ name: string }>('SELECT name FROM app_user WHERE id = ?', id)?.name ?? null);

function toFiling(read: Reading, filing: FilingRecord, number: string): CaseFiling {
  const { id, cabinetNumber, incomingNumber, kind, claimant, state, flagged, message, registeredAt, registeredBy, caseNumber } = filing;
  const annexes = readAnnexes(read, id);
  const talon = read.get<{ drawn: number }>('SELECT sha256 IS NOT NULL AS drawn FROM talon WHERE filing_id = ?', id);
  return {
    ...{ id, cabinetNumber, incomingNumber, kind, claimant, state, flagged, registeredAt },
    opens: caseNumber === number,
    sentAt: message.sentAt,
    receivedAt: message.receivedAt,
    registeredBy: nameOf(read, registeredBy),
    talon: talon ? { drawn: talon.drawn === 1, prints: printsOf(read, id).length } : null,
    documents: readDocuments(read, id).map(({ id: documentId, title, role, pages, annexId }) => {
      const standing = annexes.find((annex) => annex.id === annexId)?.standing;
      return { ...{ id: documentId, title, role, pages }, standing: standing && standing.state !== 'confirmed' ? standing : null };
    }),
    corrections: readFacts(read, id)?.corrections ?? [],
  };
}

function actsOf({ store: { read }, reference, config }: Desk, filingId: string, { id, role }: CaseQuestion['user']): CaseAct[] {
  const mayRead = (actId: string, preparing: boolean) =>
    role === 'secretary' || (role === 'judge' && !preparing && readAct(read, actId)?.judgeId === id);
  const drafts = actsOfFiling(read, { reference, now: config.clock() }, filingId)
    .filter((act) => act.state === 'draft' && mayRead(act.id, act.preparing))
    .map(({ id: actId, kind, title }): CaseAct => ({
      ...{ id: actId, filingId, kind, title, signedAt: null, signedBy: null, issued: false, recipients: [] },
    }));
  const signed = listDispatches(read, { judgeId: null, filingId }, 'all').acts.map(
    ({ actId, kind, title, signedAt, signedBy, issued, recipients }): CaseAct => ({
      ...{ id: actId, filingId, kind, title, signedAt, signedBy, issued },
      recipients: recipients.map(({ id: recipientId, name, state, via, task, at }) => ({ id: recipientId, name, state, via, task, at })),
    }),
  );
  return [...signed.reverse(), ...drafts];
}

type Known = {
  readonly filings: readonly FilingRecord[];
  readonly shown: readonly CaseFiling[];
  readonly acts: readonly CaseAct[];
  readonly opener: FilingRecord | undefined;
};
const NOTHING = { filing: null, act: null, decision: null, text: null } as const;

function timelineOf(read: Reading, { filings, shown, acts, opener }: Known): CaseEvent[] {
  const events: CaseEvent[] = shown.flatMap(
    ({ incomingNumber, cabinetNumber, sentAt, receivedAt, registeredAt, registeredBy, corrections }) => {
      const about = { ...NOTHING, filing: incomingNumber ?? cabinetNumber };
      return [
        ...(sentAt === null ? [] : [{ ...about, at: sentAt, what: 'sent' as const }]),
        { ...about, at: receivedAt, what: 'received' as const },
        ...(registeredAt === null ? [] : [{ ...about, at: registeredAt, what: 'registered' as const, text: registeredBy }]),
        ...corrections
          .filter(({ standing }) => standing.state !== 'refused')
          .map(({ madeAt, reason }) => ({ ...about, at: madeAt, what: 'corrected' as const, text: reason })),
      ];
    },
  );
  for (const filing of filings) {
    const recall = lastRecall(read, filing.id);
    const about = { ...NOTHING, filing: filing.incomingNumber ?? filing.cabinetNumber };
    if (recall) events.push({ ...about, at: recall.at, what: 'recalled', decision: recall.decision, text: recall.reason });
  }
  for (const { kind, title, signedAt, signedBy, recipients } of acts) {
    const act = { kind, title };
    if (signedAt !== null) events.push({ ...NOTHING, at: signedAt, what: 'act-signed', act, text: signedBy });
    for (const { name, state, at } of recipients)
      if (state === 'delivered' || state === 'read') events.push({ ...NOTHING, at, what: 'told', act, text: name });
  }
  for (const { value } of opener ? hearingsOf(read, opener) : []) {
    const what = value.cancelledAt === null ? 'hearing' : 'hearing-cancelled';
    events.push({ ...NOTHING, at: value.startsAt, what, text: [value.place, value.room].filter(Boolean).join(', ') });
  }
  return events.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
