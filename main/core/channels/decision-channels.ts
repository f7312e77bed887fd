import type { FilingActs, FilingDecision, Session } from '../../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import {
  answerAct,
  decideFiling,
  discardAct,
  draftAct,
  handAct,
  readDecision,
  readFilingActs,
  sendBackAct,
  sentBackDrafts,
  takeBackAct,
} from '../../acts/index.ts';
import type { CoreContext } from '../core-context.ts';
import type { Handlers } from '../router.ts';

type Group =
  | 'acts.of-filing'
  | 'acts.draft'
  | 'acts.hand'
  | 'acts.discard'
  | 'decision.get'
  | 'decision.make'
  | 'decision.send-back'
  | 'decision.take-back'
  | 'decision.answer'
  | 'decision.sent-back';

export function decisionChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk } = context;
  function view(filingId: string, { activeRole, userId }: Session): Result<FilingDecision> {
    const found = readDecision(desk.store.read, desk.reference, {
      filingId,
      user: { id: userId, role: activeRole },
      courtCode: desk.profile.court.code,
      now: desk.config.clock(),
    });
    return found === null ? fail('not-found') : ok(found);
  }
  function changed(done: Result<unknown>, filingId: string, session: Session): Result<FilingDecision> {
    if (!done.ok) return done;
    context.emit('work.changed', { filingIds: [filingId], arrived: 0 });
    return view(filingId, session);
  }
  const editorOf = ({ activeRole, userId }: Session) => ({
    id: userId,
    role: activeRole === 'judge' ? ('judge' as const) : ('office' as const),
  });
  function acts(filingId: string, { activeRole, userId }: Session): Result<FilingActs> {
    const user = { id: userId, role: activeRole };
    const found = readFilingActs(desk.store.read, desk.reference, { filingId, user, now: desk.config.clock() });
    return found === null ? fail('not-found') : ok(found);
  }
  function changedActs(done: Result<unknown>, filingId: string, session: Session): Result<FilingActs> {
    if (!done.ok) return done;
    context.emit('work.changed', { filingIds: [filingId], arrived: 0 });
    return acts(filingId, session);
  }
  return {
    'acts.of-filing': ({ filingId }, session) => acts(filingId, session),
    'acts.draft': async ({ filingId, kind, language, title }, session) => {
      const asked = { filingId, kind, language, title, text: null, editor: editorOf(session) };
      return changedActs(await draftAct(desk.acts, asked), filingId, session);
    },
    'acts.hand': ({ filingId, actId, revision }, session) =>
      changedActs(handAct(desk.acts, { actId, revision, editor: editorOf(session) }), filingId, session),
    'acts.discard': ({ filingId, actId, revision }, session) =>
      changedActs(discardAct(desk.acts, { actId, revision, editor: editorOf(session) }), filingId, session),
    'decision.get': ({ filingId }, session) => view(filingId, session),
    'decision.make': async ({ filingId, ...decided }, session) =>
      changed(await decideFiling(desk.acts, { filingId, ...decided, actor: session.userId }), filingId, session),
    'decision.send-back': ({ filingId, actId, revision, comment }, session) =>
      changed(sendBackAct(desk.acts, { actId, revision, comment, actor: session.userId }), filingId, session),
    'decision.take-back': ({ filingId, actId, revision }, session) =>
      changed(takeBackAct(desk.acts, { actId, revision, actor: session.userId }), filingId, session),
    'decision.answer': async ({ filingId, actId, revision, answer, change }, session) =>
      changed(await answerAct(desk.acts, { actId, revision, answer, change, actor: session.userId }), filingId, session),
    'decision.sent-back': () => ok(sentBackDrafts(desk.store.read)),
  };
}
