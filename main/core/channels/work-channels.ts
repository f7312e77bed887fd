import type { Session, WorkDone, Workload } from '../../../shared/contract/index.ts';
import { startOfCourtDay } from '../../../shared/domain/court-day.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import {
  assignFilings,
  colleagues,
  coverColleague,
  heldByOthers,
  nextInQueue,
  postponeFilings,
  takeBackAssignment,
  takeBackPostponing,
  type Before,
  type WorkParts,
} from '../../intake/index.ts';
import {
  loadAbsenceKinds,
  readWorkload,
  setAbsence,
  setNorm,
  setShareRules,
  shareNow,
  takeBackShareRules,
  type Given,
  type PlanParts,
} from '../../office/index.ts';
import { UNSAID_MS } from '../../sync/index.ts';
import type { CoreContext } from '../core-context.ts';
import type { Handlers } from '../router.ts';

type Group =
  | 'work.load'
  | 'work.held'
  | 'work.set-absence'
  | 'work.set-norm'
  | 'work.set-rules'
  | 'work.share'
  | 'work.colleagues'
  | 'work.assign'
  | 'work.cover'
  | 'work.postpone'
  | 'work.take-next'
  | 'work.undo';

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

  function tell(ids: readonly string[], planned = false): void {
    if (ids.length === 0 && !planned) return;
    context.emit('work.changed', { filingIds: [...ids], arrived: 0 });
    context.nudge();
  }
  function changed(session: Session, done: Result<Before[]>, takeBack: (before: readonly Before[]) => Result<number>): Result<WorkDone> {
    if (!done.ok) return done;
    const before = done.value;
    if (before.length === 0) return ok({ changed: 0, undo: null });
    const ids = before.map(({ id }) => id);
    const offered = offer(session, ids, () => takeBack(before));
    tell(ids);
    return ok({ changed: before.length, undo: offered });
  }
  function offer({ userId }: Session, ids: readonly string[], run: () => Result<number>): string {
    undo = { id: config.newId(), by: userId, until: Date.parse(config.clock()) + UNDO_MS, ids, run };
    return undo.id;
  }
  const assigned = (session: Session, assignee: string | null, done: Result<Before[]>) =>
    changed(session, done, (before) => takeBackAssignment(parts, { before, after: assignee, ...deciding(session) }));

  function takeBackShares(session: Session, given: readonly Given[]): Result<number> {
    let count = 0;
    for (const { to, before } of given) {
      const back = takeBackAssignment(parts, { before, after: to, byRule: true, ...deciding(session) });
      if (!back.ok) return back;
      count += back.value;
    }
    return ok(count);
  }
  const planParts: PlanParts = parts;
  const absenceKinds = loadAbsenceKinds(config.resourcesDir);
  const heldUntil = () => new Date(Date.parse(config.clock()) + UNSAID_MS).toISOString();
  /** What another than the two has open at another desk goes with a written reason alone. */
  const mayGo = (
    given: { readonly ids: readonly string[]; readonly of: string | null },
    to: string | null,
    reason: string | undefined,
    by: string,
  ) => {
    if (to === null || reason !== undefined) return ok(null);
    const { count } = heldByOthers(store.read, { ...given, but: [to, by] }, config.clock());
    return count === 0 ? ok(null) : fail('lease-held', { count });
  };
  const whyOf = (reason: string | undefined) => (reason === undefined ? {} : { reason, takeOver: true });
  /** Answers with what holds then. */
  const planned = (done: Result<null>): Result<Workload> => {
    if (!done.ok) return done;
    tell([], true);
    return ok(readWorkload(store.read, absenceKinds, config.clock()));
  };

  return {
    'work.load': () => ok(readWorkload(store.read, absenceKinds, config.clock())),
    'work.held': ({ ids, of, to }, { userId }) =>
      ok(heldByOthers(store.read, { ids, of, but: to === undefined ? [] : [to, userId] }, config.clock())),
    'work.set-absence': ({ id, ...absence }, session) => {
      if (!absence.withdrawn && !absenceKinds.some((kind) => kind.id === absence.kind)) return fail('input-invalid', { field: 'kind' });
      return planned(setAbsence(planParts, { absence: { absenceId: id, ...absence }, actor: session.userId }));
    },
    'work.set-norm': (norm, session) => planned(setNorm(planParts, { ...norm, actor: session.userId })),
    'work.set-rules': ({ rules }, session) => {
      const actor = session.userId;
      const done = setShareRules(planParts, { rules, actor, unsaidMs: UNSAID_MS });
      if (!done.ok) return done;
      tell([], true);
      const takeBack = () => takeBackShareRules(planParts, { before: done.value, after: rules, actor });
      return ok({ load: readWorkload(store.read, absenceKinds, config.clock()), undo: offer(session, [], takeBack) });
    },
    'work.share': (_, session) => {
      const given = shareNow(parts, { actor: session.userId, unsaidMs: UNSAID_MS });
      const before = given.flatMap((each) => each.before);
      return changed(session, ok(before), () => takeBackShares(session, given));
    },
    'work.colleagues': () => ok(colleagues(store.read, config.clock())),
    'work.assign': ({ ids, assignee, reason }, session) => {
      const free = mayGo({ ids, of: null }, assignee, reason, session.userId);
      if (!free.ok) return free;
      const given = { ids, assignee, why: whyOf(reason), heldUntil: heldUntil(), ...deciding(session) };
      return assigned(session, assignee, assignFilings(parts, given));
    },
    'work.cover': ({ from, to, reason }, session) => {
      const free = mayGo({ ids: [], of: from }, to, reason, session.userId);
      if (!free.ok) return free;
      const given = { from, to, why: whyOf(reason), heldUntil: heldUntil(), ...deciding(session) };
      return assigned(session, to, coverColleague(parts, given));
    },
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
      // all of it or nothing, and when the store takes no more it may be tried again
      const done = store.write(run);
      undo = null;
      if (!done.ok) return done;
      tell(ids, true);
      return ok({ changed: done.value, undo: null });
    },
  };
}
