import type { FilingDetail, RegisteredFacts, WindowApi } from '../../../shared/contract/index.ts';
import { maskIdentifier } from '../../../shared/domain/identifier.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { NOW, instant } from './fake-data.ts';

type Answer = <I, O>(name: string, work: (input: I) => Result<O> | Promise<Result<O>>) => (input: I) => Promise<Result<O>>;
type Parts = { readonly filings: ReadonlyMap<string, FilingDetail>; readonly me: () => string };

/** A correction to this is not taken by the registry. */
const REFUSED = 'Қабылданбайтын есім';

/** Cards of cases with one filing each, and corrections beside the name of the claimant. */
export function fakeCases(answer: Answer, { filings, me }: Parts): Pick<WindowApi, 'case' | 'fact'> {
  const corrections = new Map<string, RegisteredFacts['corrections']>();
  const factsOf = (id: string): Result<RegisteredFacts> => {
    const filing = filings.get(id);
    if (!filing) return fail('not-found');
    const registered = filing.parties[0]!.name;
    const made = corrections.get(id) ?? [];
    return ok({ facts: [{ fact: 'name', party: 0, registered, now: held(made)?.after ?? registered }], corrections: made });
  };
  const held = (made: RegisteredFacts['corrections']) => made.find(({ standing }) => standing.state !== 'refused');
  return {
    case: {
      get: answer('case.get', ({ number }) => {
        const opener = [...filings.values()].find((f) => (f.caseNumber ?? f.joinsCase) === number);
        if (!opener) return fail('not-found');
        const { id, cabinetNumber, incomingNumber, kind, state, flagged, sentAt, receivedAt, registeredAt, registeredBy } = opener;
        const about = { filing: incomingNumber, act: null, decision: null, text: null };
        return ok({
          ...{ number, courtNameKk: 'Алматы қаласының соты', courtNameRu: 'Суд города Алматы', kind, judge: 'Серіков Бауыржан' },
          parties: opener.parties.map(({ side, name, iin, bin }) => {
            const identifier = bin ?? iin;
            return { side, name, identifier: identifier && maskIdentifier(identifier), isCompany: bin !== null };
          }),
          filings: [
            {
              ...{ id, cabinetNumber, incomingNumber, kind, state, flagged, sentAt, receivedAt, registeredAt, registeredBy, opens: true },
              claimant: opener.parties[0]!.name,
              talon: opener.talon && { drawn: opener.talon.sha256 !== null, prints: 0 },
              documents: opener.documents.map(({ id: documentId, title, role, pages }) => ({
                ...{ id: documentId, title, role, pages },
                standing: null,
              })),
              corrections: corrections.get(id) ?? [],
            },
          ],
          ...{ more: false, acts: [], asOf: instant(NOW) },
          timeline: [
            { ...about, at: registeredAt ?? receivedAt, what: 'registered' as const, text: registeredBy },
            { ...about, at: receivedAt, what: 'received' as const },
            ...(sentAt === null ? [] : [{ ...about, at: sentAt, what: 'sent' as const }]),
          ],
        });
      }),
    },
    fact: {
      list: answer('fact.list', ({ id }) => factsOf(id)),
      correct: answer('fact.correct', ({ id, fact, party, before, after, reason }) => {
        const made = corrections.get(id) ?? [];
        const correction = {
          id: `${id} ${made.length}`,
          fact,
          party,
          before,
          after,
          reason,
          by: me(),
          madeAt: instant(NOW),
          standing: after === REFUSED ? { state: 'refused' as const, code: 'role-not-allowed' } : { state: 'waiting' as const, code: null },
          now: after === REFUSED ? before : after,
        };
        corrections.set(id, [correction, ...made]);
        return factsOf(id);
      }),
    },
  };
}
