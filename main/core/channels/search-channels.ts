import { fail, ok } from '../../../shared/result.ts';
import { callCards, findEverything } from '../../search/index.ts';
import { readCaseCard } from '../case-card.ts';
import type { CoreContext } from '../core-context.ts';
import { createLooks } from '../looks.ts';
import type { Handlers } from '../router.ts';

type Group = 'search.find' | 'search.card' | 'case.get';

export function searchChannels({ desk, journalLook }: CoreContext): Pick<Handlers, Group> {
  const { read } = desk.store;
  const { clock } = desk.config;
  const looks = { found: createLooks(clock), case: createLooks(clock) };

  return {
    'search.find': ({ text }, session) => {
      const found = findEverything(read, text, session.activeRole === 'judge' ? session.userId : null);
      const ids = found.filings.map(({ id }) => id);
      if (found.identifier)
        looks.found.note(session, ids.join(' '), () => ids.forEach((id) => journalLook(session, 'filing.found-by-identifier', id)));
      return ok(found);
    },
    'case.get': ({ number }, session) => {
      const card = readCaseCard(desk, { number, user: { id: session.userId, role: session.activeRole } });
      if (card === null) return fail('not-found');
      looks.case.note(session, number, () => card.filings.forEach(({ id }) => journalLook(session, 'case.viewed', id, { case: number })));
      return ok(card);
    },
    'search.card': ({ text }, session) => {
      const cards = callCards(read, text);
      for (const { filingId } of cards) journalLook(session, 'filing.told-on-call', filingId, { purpose: 'call 1401' });
      return ok(cards);
    },
  };
}
