import { ok } from '../../../shared/result.ts';
import type { CoreContext } from '../core-context.ts';
import type { Handlers } from '../router.ts';
import type { TornDocumentWindow } from '../torn-document.ts';

type Group = 'torn.open' | 'torn.show' | 'torn.get' | 'torn.follow' | 'torn.touch';

export const tornChannels = (context: CoreContext, torn: TornDocumentWindow): Pick<Handlers, Group> => ({
  'torn.open': (place) => {
    torn.open(place);
    return ok(null);
  },
  'torn.show': (place) => {
    torn.follow(place);
    return ok(null);
  },
  'torn.get': () => ok(torn.view(context.syncStatus().online)),
  'torn.follow': ({ follows }) => {
    torn.setFollows(follows);
    return ok(null);
  },
  'torn.touch': () => {
    context.emit('torn.touched', {});
    return ok(null);
  },
});
