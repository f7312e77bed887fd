import type { Session, WorkDone } from '../../../shared/contract/index.ts';
import { startOfCourtDay } from '../../../shared/domain/court-day.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import {
  assignFilings,
  colleagues,
  coverColleague,
  nextInQueue,
  postponeFilings,
  takeBackAssignment,
  takeBackPostponing,
  type Before,
  type WorkParts,
} from '../../intake/index.ts';
import { readWorkload } from '../../office/index.ts';
import type { CoreContext } from '../core-context.ts';
import type { Handlers } from '../router.ts';

type Group = 'work.load' | 'work.colleagues' | 'work.assign' | 'work.cover' | 'work.postpone' | 'work.take-next' | 'work.undo';

/** The window offers it for ten seconds; what is on its way then still counts. */
const UNDO_MS = 15_000;
type Undo = {
  readonly id: string;
  readonly by: string;
  readonly until: number;
  readonly run: () => Result<number>;
  readonly ids: readonly string[];
};

export function workChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk } = context;
  const { store, config } = desk;
  const parts: WorkParts = { store, clock: config.clock, newId: config.newId };
  const deciding = (session: Session) => ({ actor: session.userId, head: session.activeRole === 'office-head' });
  let undo: Undo | null = null;

  function tell(ids: readonly string[]): void {
    if (ids.length === 0) return;
    context.emit('work.changed', { filingIds: [...ids], arrived: 0 });
    context.nudge();
  }
  function changed(session: Session, done: Result<Before[]>, takeBack: (before: readonly Before[]) => Result<number>): Result<WorkDone> {
    if (!done.ok) return done;
    const before = done.value;
    if (before.length === 0) return ok({ changed: 0, undo: null });
    const ids = before.map(({ id }) => id);
    undo = { id: config.newId(), by: session.userId, until: Date.parse(config.clock()) + UNDO_MS, ids, run: () => takeBack(before) };
    tell(ids);
    return ok({ changed: before.length, undo: undo.id });
  }
  const assigned = (session: Session, assignee: string | null, done: Result<Before[]>) =>
    changed(session, done, (before) => takeBackAssignment(parts, { before, after: assignee, ...deciding(session) }));

  return {
    'work.load': () => ok(readWorkload(store.read, config.clock())),
    'work.colleagues': () => ok(colleagues(store.read, config.clock())),
    'work.assign': ({ ids, assignee }, session) =>
      assigned(session, assignee, assignFilings(parts, { ids, assignee, ...deciding(session) })),
    'work.cover': ({ from, to }, session) => assigned(session, to, coverColleague(parts, { from, to, ...deciding(session) })),
    'work.postpone': ({ ids, until, reason }, session) => {
      const actor = session.userId;
      const done = postponeFilings(parts, { ids, until: until === null ? null : startOfCourtDay(until), reason, actor });
      return changed(session, done, (before) => takeBackPostponing(parts, { before, actor }));
    },
    'work.take-next': ({ after }, session) => {
      const id = nextInQueue(store.read, after, config.clock(), session.userId);
      if (id === null) return ok(null);
      const taken = assignFilings(parts, { ids: [id], assignee: session.userId, ...deciding(session) });
      if (!taken.ok) return taken;
      tell(taken.value.map((before) => before.id));
      return ok(id);
    },
    'work.undo': ({ id }, session) => {
      if (undo?.id !== id || undo.by !== session.userId || Date.parse(config.clock()) > undo.until) return fail('not-found');
      const { run, ids } = undo;
      undo = null;
      const done = run();
      if (!done.ok) return done;
      tell(ids);
      return ok({ changed: done.value, undo: null });
    },
  };
}
