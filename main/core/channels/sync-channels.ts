import { fail, ok } from '../../../shared/result.ts';
import { retryParked } from '../../sync/index.ts';
import { compareFiling, filingOfParked, takeOverRegistry } from '../compare-filing.ts';
import type { CoreContext } from '../core-context.ts';
import { acceptHistoryOf } from '../watch-history.ts';
import type { Handlers } from '../router.ts';

type Group = 'sync.status' | 'sync.centre' | 'sync.now' | 'sync.accept-history' | 'sync.compare' | 'sync.take-registry' | 'sync.retry';

export function syncChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk } = context;
  /** The window asks again whenever something changes; that is not another look. */
  let compared = '';
  return {
    'sync.status': () => ok(context.syncStatus()),
    'sync.centre': () => ok(context.syncCentre()),
    'sync.now': async () => ok(await context.syncNow()),
    'sync.accept-history': async ({ reason }, session) => {
      const accepted = await acceptHistoryOf(desk, { actor: session.userId, reason });
      return accepted.ok ? ok(await context.syncNow()) : accepted;
    },
    'sync.compare': async ({ outboxId }, session) => {
      const filing = filingOfParked(desk.store.read, outboxId);
      const found = await compareFiling(desk, outboxId);
      const look = `${session.userId} ${outboxId}`;
      if (found.ok && filing !== null && look !== compared) {
        context.journalLook(session, 'registry.compared', filing);
        compared = look;
      }
      return found;
    },
    'sync.take-registry': async ({ outboxId, reason }, session) => {
      const by = { actor: session.userId, reason, isHead: session.activeRole === 'office-head' };
      const taken = await takeOverRegistry(desk, outboxId, by);
      if (!taken.ok) return taken;
      context.emit('work.changed', { filingIds: [taken.value.subject], arrived: 0 });
      context.nudge();
      return ok(context.syncStatus());
    },
    'sync.retry': ({ outboxId }, session) => {
      if (!retryParked(desk.store, outboxId, session.userId, desk.config.clock())) return fail('not-found');
      context.nudge();
      return ok(context.syncStatus());
    },
  };
}
