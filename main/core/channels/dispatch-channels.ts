import type { DispatchDetail, Session } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import { listDispatches, readDispatch, recordLetter, resendDispatch, sendDispatch } from '../../dispatch/index.ts';
import type { CoreContext } from '../core-context.ts';
import { drawDispatchPaper, makeDispatchPaper, type PaperRequest } from '../dispatch-papers.ts';
import { handOut, handOutBytes } from '../hand-out.ts';
import { createLooks } from '../looks.ts';
import type { Handlers } from '../router.ts';

type Group =
  | 'dispatch.list'
  | 'dispatch.get'
  | 'dispatch.send'
  | 'dispatch.resend'
  | 'dispatch.record'
  | 'dispatch.open-paper'
  | 'dispatch.save-paper';

export function dispatchChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk, shell } = context;
  const { store, reference, dispatch: parts } = desk;
  /** A judge sees and sends his own acts. */
  const judgeOf = ({ activeRole, userId }: Session) => (activeRole === 'judge' ? userId : null);
  const view = (actId: string, session: Session): Result<DispatchDetail> =>
    readDispatch(store.read, reference, { actId, now: desk.config.clock(), judgeId: judgeOf(session) });

  /** Does it when the act is one that this person sees, and tells the window. */
  function work(actId: string, session: Session, change: () => Result<unknown>): Result<DispatchDetail> {
    const seen = view(actId, session);
    if (!seen.ok) return seen;
    const done = change();
    if (!done.ok) return done;
    context.emit('work.changed', { filingIds: [seen.value.act.filingId], arrived: 0 });
    context.nudge();
    return view(actId, session);
  }
  const looks = createLooks(desk.config.clock);
  const asked = (input: { paper: PaperRequest['paper']; id: string }, session: Session): PaperRequest => ({
    ...{ paper: input.paper, id: input.id, madeBy: session.name, judgeId: judgeOf(session) },
  });

  return {
    'dispatch.list': ({ view: which, filingId }, session) => ok(listDispatches(store.read, { judgeId: judgeOf(session), filingId }, which)),
    'dispatch.get': ({ actId }, session) => {
      const seen = view(actId, session);
      if (seen.ok)
        looks.note(session, actId, () => context.journalLook(session, 'dispatch.viewed', seen.value.act.filingId, { act: actId }));
      return seen;
    },
    'dispatch.send': ({ actId, recipients }, session) =>
      work(actId, session, () => sendDispatch(parts, { actId, recipients, actor: session.userId })),
    'dispatch.resend': ({ actId, id, steps, reason }, session) =>
      work(actId, session, () => resendDispatch(parts, { actId, id, steps, reason, actor: session.userId })),
    'dispatch.record': ({ actId, id, event, day, number }, session) =>
      work(actId, session, () => recordLetter(parts, { actId, id, event, day, number, actor: session.userId })),

    'dispatch.open-paper': async (input, session) => {
      const made = await makeDispatchPaper(desk, asked(input, session));
      if (!made.ok) return made;
      const { sha256, size, filingId } = made.value;
      const url = await shell.publishDocument({ sha256, contentType: 'application/pdf', size });
      context.journalLook(session, 'dispatch.paper-viewed', filingId, { paper: input.paper, id: input.id });
      return ok({ url, contentType: 'application/pdf', size, sha256 });
    },
    'dispatch.save-paper': async (input, session) => {
      const paper = await drawDispatchPaper(desk, asked(input, session));
      if (!paper.ok) return paper;
      const { fileName, filingId } = paper.value;
      const journal = () => context.journalLook(session, 'dispatch.paper-saved', filingId, { paper: input.paper, id: input.id });
      return 'bytes' in paper.value
        ? handOutBytes(context, session, { bytes: paper.value.bytes, fileName }, journal)
        : handOut(context, session, { sha256: paper.value.sha256, fileName }, journal);
    },
  };
}
