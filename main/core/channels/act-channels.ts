import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ActSummary, Session } from '../../../shared/contract/index.ts';
import { actOfJudge, listActs, reviewAct, signAct } from '../../acts/index.ts';
import { actName } from '../act-name.ts';
import type { CoreContext } from '../core-context.ts';
import { handOut } from '../hand-out.ts';
import type { Handlers } from '../router.ts';
import { readUiSettings } from '../settings.ts';
import { signingKey } from '../signing-keys.ts';
import { readTexts } from '../texts.ts';

type Group = 'acts.list' | 'act.get' | 'act.open' | 'act.save' | 'act.review' | 'act.sign';

export function actChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk, shell } = context;
  const look = () => ({ reference: desk.reference, now: desk.config.clock() });
  const own = (session: Session, id: string): Result<ActSummary> => actOfJudge(desk.store.read, look(), session.userId, id);

  function changed(session: Session, id: string): Result<ActSummary> {
    const act = own(session, id);
    if (act.ok) context.emit('work.changed', { filingIds: [act.value.filingId], arrived: 0 });
    context.nudge();
    return act;
  }

  return {
    'acts.list': ({ view }, session) => ok(listActs(desk.store.read, look(), session.userId, view)),
    'act.get': ({ id }, session) => own(session, id),

    'act.open': async ({ id }, session) => {
      const act = own(session, id);
      if (!act.ok) return act;
      const { sha256, filingId } = act.value;
      const size = desk.blobs.size(sha256);
      if (size === null) return fail('document-missing');
      const url = await shell.publishDocument({ sha256, contentType: 'application/pdf', size });
      context.journalLook(session, 'act.viewed', filingId, { act: id });
      return ok({ url, contentType: 'application/pdf', size, sha256 });
    },

    'act.save': async ({ id }, session) => {
      const act = own(session, id);
      if (!act.ok) return act;
      const { sha256, kind, incomingNumber, filingId } = act.value;
      return handOut(context, session, { sha256, fileName: `${kind}-${incomingNumber}.pdf` }, () =>
        context.journalLook(session, 'act.saved', filingId, { act: id }),
      );
    },

    'act.review': ({ id, revision, sha256, by }, session) => {
      const act = own(session, id);
      if (!act.ok) return act;
      const reviewed = reviewAct({ store: desk.store, clock: desk.config.clock }, { id, revision, sha256, actor: session.userId, by });
      return reviewed.ok ? changed(session, id) : reviewed;
    },

    'act.sign': async ({ id, revision, sha256, keyId }, session) => {
      const act = own(session, id);
      if (!act.ok) return act;
      const key = await signingKey(desk, context.tokenHost, session.userId, keyId);
      if (!key.ok) return key;
      const { language } = readUiSettings(desk.store.read, session.userId);
      const texts = readTexts(desk.config.resourcesDir, language);
      const { caseNumber, incomingNumber, claimant, respondent } = act.value;
      const display = {
        title: actName(desk.reference, texts, language, act.value),
        lines: [caseNumber ?? incomingNumber, [claimant, respondent].filter(Boolean).join(' – ')],
      };
      const signed = await signAct(desk.acts, {
        actId: id,
        revision,
        sha256,
        actor: session.userId,
        key: key.value.ref,
        display,
        language,
        whyOver: () => context.session.whyOver(session.userId),
      });
      return signed.ok ? changed(session, id) : signed;
    },
  };
}
