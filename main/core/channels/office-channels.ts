import { fail, ok } from '../../../shared/result.ts';
import { yieldRegistration } from '../../intake/index.ts';
import { readBoard } from '../../office/index.ts';
import { retryParked } from '../../sync/index.ts';
import type { CoreContext } from '../core-context.ts';
import { acceptHistoryOf } from '../watch-history.ts';
import type { Handlers } from '../router.ts';
import { changeUiSettings, readUiSettings } from '../settings.ts';

type Group =
  | 'office.get'
  | 'reference.get'
  | 'settings.get'
  | 'settings.set'
  | 'board.get'
  | 'sync.status'
  | 'sync.now'
  | 'sync.accept-history'
  | 'sync.yield'
  | 'sync.retry';

const IDLE_LOCK_MINUTES = 10;

export function officeChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk } = context;
  const { court, mode } = desk.profile;
  return {
    'office.get': () =>
      ok({
        courtCode: court.code,
        courtNameKk: court.nameKk,
        courtNameRu: court.nameRu,
        mode,
        version: context.version,
        idleLockMinutes: IDLE_LOCK_MINUTES,
      }),
    'reference.get': () =>
      ok({
        documentTypes: [...desk.reference.documentTypes()],
        defectCodes: desk.reference.defectCodes().map(({ code, article }) => ({ code, article })),
      }),
    'settings.get': () => ok(readUiSettings(desk.store.read)),
    'settings.set': (change, session) => {
      const defined = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const settings = desk.store.write((tx) => {
        tx.journal({
          at: desk.config.clock(),
          actor: session?.userId ?? null,
          action: 'settings.changed',
          subject: null,
          details: { keys: Object.keys(defined).join(' ') },
        });
        return changeUiSettings(tx, defined);
      });
      context.emit('settings.changed', settings);
      return ok(settings);
    },
    'board.get': () => ok(readBoard(desk.store.read, desk.reference, desk.config.clock())),
    'sync.status': () => ok(context.syncStatus()),
    'sync.now': async () => ok(await context.syncNow()),
    'sync.accept-history': async ({ reason }, session) => {
      const accepted = await acceptHistoryOf(desk, { actor: session.userId, reason });
      return accepted.ok ? ok(await context.syncNow()) : accepted;
    },
    'sync.yield': ({ filingId }, session) => {
      const { clock, newId } = desk.config;
      const yielded = desk.store.write((tx) => yieldRegistration(tx, filingId, { actor: session.userId, at: clock(), newId }));
      if (!yielded.ok) return yielded;
      context.emit('work.changed', { filingIds: [filingId], arrived: 0 });
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
