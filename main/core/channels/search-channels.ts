import { ok } from '../../../shared/result.ts';
import { callCards, findEverything } from '../../search/index.ts';
import type { CoreContext } from '../core-context.ts';
import type { Handlers } from '../router.ts';

type Group = 'search.find' | 'search.card';

export function searchChannels({ desk, journalLook }: CoreContext): Pick<Handlers, Group> {
  const { read } = desk.store;
  /** The window asks again while somebody types; the same question is not another look. */
  let looked = '';

  return {
    'search.find': ({ text }, session) => {
      const found = findEverything(read, text, session.activeRole === 'judge' ? session.userId : null);
      const look = `${session.userId} ${found.filings.map(({ id }) => id).join(' ')}`;
      if (found.identifier && look !== looked) for (const { id } of found.filings) journalLook(session, 'filing.found-by-identifier', id);
      if (found.identifier) looked = look;
      return ok(found);
    },
    'search.card': ({ text }, session) => {
      const cards = callCards(read, text);
      for (const { filingId } of cards) journalLook(session, 'filing.told-on-call', filingId, { purpose: 'call 1401' });
      return ok(cards);
    },
  };
}
