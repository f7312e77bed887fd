import { fail, ok } from '../../../shared/result.ts';
import { callCards, findEverything } from '../../search/index.ts';
import { readCaseCard } from '../case-card.ts';
import type { CoreContext } from '../core-context.ts';
import type { Handlers } from '../router.ts';

type Group = 'search.find' | 'search.card' | 'case.get';
/** The window asks again whenever something changes; after a while it is another look. */
const ONE_LOOK_MS = 60_000;

export function searchChannels({ desk, journalLook }: CoreContext): Pick<Handlers, Group> {
  const { read } = desk.store;
  /** The window asks again while somebody types; the same question is not another look. */
  let looked = '';
  let seen = { what: '', at: 0 };

  return {
    'search.find': ({ text }, session) => {
      const found = findEverything(read, text, session.activeRole === 'judge' ? session.userId : null);
      const look = `${session.userId} ${found.filings.map(({ id }) => id).join(' ')}`;
      if (found.identifier && look !== looked) for (const { id } of found.filings) journalLook(session, 'filing.found-by-identifier', id);
      if (found.identifier) looked = look;
      return ok(found);
    },
    'case.get': ({ number }, session) => {
      const card = readCaseCard(desk, { number, user: { id: session.userId, role: session.activeRole } });
      if (card === null) return fail('not-found');
      const what = `${session.userId} ${number}`;
      const at = Date.parse(card.asOf);
      if (seen.what !== what || at - seen.at > ONE_LOOK_MS)
        for (const { id } of card.filings) journalLook(session, 'case.viewed', id, { case: number });
      seen = { what, at };
      return ok(card);
    },
    'search.card': ({ text }, session) => {
      const cards = callCards(read, text);
      for (const { filingId } of cards) journalLook(session, 'filing.told-on-call', filingId, { purpose: 'call 1401' });
      return ok(cards);
    },
  };
}
