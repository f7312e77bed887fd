import type { Proceedings, Session } from '../../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { readFiling } from '../../intake/index.ts';
import {
  askSurvey,
  cancelHearing,
  filingOf,
  fulfilRequest,
  givenDocument,
  grantCaseFile,
  hearingWarnings,
  issueSummons,
  keepDeliveries,
  keepDraft,
  readDraft,
  readHearingDay,
  readProceedings,
  setHearing,
  sumSurveys,
  summonsPaper,
  withdrawCaseFile,
} from '../../proceedings/index.ts';
import { bringDocument } from '../bring-document.ts';
import type { CoreContext } from '../core-context.ts';
import { handOut } from '../hand-out.ts';
import type { Handlers } from '../router.ts';
import { subjectOfHearing } from '../subject-of-hearing.ts';

type Group =
  | 'proceedings.get'
  | 'hearing.day'
  | 'hearing.check'
  | 'hearing.set'
  | 'hearing.cancel'
  | 'summons.issue'
  | 'summons.open'
  | 'summons.save'
  | 'request.choose'
  | 'request.fulfil'
  | 'request.save'
  | 'access.grant'
  | 'access.withdraw'
  | 'survey.ask'
  | 'survey.sums'
  | 'delivery.refresh'
  | 'draft.read'
  | 'draft.keep';

export function proceedingsChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk, shell } = context;
  const { store, reference, proceedings: parts } = desk;
  const view = (filingId: string, { activeRole }: Session): Result<Proceedings> => {
    const found = readProceedings(store.read, reference, { filingId, role: activeRole, now: desk.config.clock() });
    return found === null ? fail('not-found') : ok(found);
  };
  function changed<T>(done: Result<T>, filingId: string, session: Session): Result<Proceedings> {
    if (!done.ok) return done;
    context.emit('work.changed', { filingIds: [filingId], arrived: 0 });
    context.nudge();
    return view(filingId, session);
  }
  const bring = (document: { sha256: string; size: number } | null) =>
    document === null ? fail('not-found') : bringDocument(desk, document);

  return {
    'proceedings.get': ({ filingId }, session) => view(filingId, session),
    'hearing.day': ({ day }) => ok(readHearingDay(store.read, reference, day)),
    'hearing.check': (planned) => ok(hearingWarnings(store.read, reference, planned)),
    'hearing.set': ({ filingId, hearing, plan }, session) =>
      changed(setHearing(parts, { filingId, hearing, plan, actor: session.userId }), filingId, session),
    'hearing.cancel': ({ filingId, hearingId, reason }, session) =>
      changed(cancelHearing(parts, { hearingId, reason, actor: session.userId }), filingId, session),

    'summons.issue': async ({ filingId, hearingId, revision, recipients }, session) =>
      changed(await issueSummons(parts, { hearingId, revision, recipients, actor: session.userId }), filingId, session),
    'summons.open': async ({ summonsId }, session) => {
      const paper = summonsPaper(store.read, summonsId);
      const brought = await bring(paper);
      if (!brought.ok || paper === null) return brought.ok ? fail('not-found') : brought;
      const { sha256, size } = brought.value;
      const url = await shell.publishDocument({ sha256, contentType: 'application/pdf', size });
      context.journalLook(session, 'summons.viewed', subjectOfHearing(store.read, paper.hearingId), { summons: summonsId });
      return ok({ url, contentType: 'application/pdf', size, sha256 });
    },
    'summons.save': async ({ summonsId }, session) => {
      const paper = summonsPaper(store.read, summonsId);
      const brought = await bring(paper);
      if (!brought.ok || paper === null) return brought.ok ? fail('not-found') : brought;
      return handOut(context, session, { sha256: paper.sha256, fileName: `shaqyru-${summonsId.slice(-8)}.pdf` }, () =>
        context.journalLook(session, 'summons.saved', subjectOfHearing(store.read, paper.hearingId), { summons: summonsId }),
      );
    },

    'request.choose': () => shell.chooseDocuments(),
    'request.fulfil': ({ filingId, documents, note }, session) =>
      changed(fulfilRequest(parts, { filingId, documents, note, actor: session.userId }), filingId, session),
    'request.save': async ({ filingId, sha256 }, session) => {
      const document = givenDocument(store.read, filingId, sha256);
      const brought = await bring(document);
      if (!brought.ok || document === null) return brought.ok ? fail('not-found') : brought;
      return handOut(context, session, { sha256, fileName: document.fileName }, () =>
        context.journalLook(session, 'request.saved', filingId, { sha256 }),
      );
    },

    'access.grant': ({ filingId, person, documents, until }, session) =>
      changed(grantCaseFile(parts, { filingId, person, documents, until, actor: session.userId }), filingId, session),
    'access.withdraw': ({ filingId, grantId, reason }, session) =>
      changed(withdrawCaseFile(parts, { grantId, reason, actor: session.userId }), filingId, session),

    'survey.ask': ({ filingId, questionSet }, session) =>
      changed(askSurvey(parts, { filingId, questionSet, actor: session.userId }), filingId, session),
    'survey.sums': () => ok(sumSurveys(store.read, reference)),

    'delivery.refresh': async ({ filingId }, session) => {
      const filing = readFiling(store.read, filingId);
      if (!filing) return fail('not-found');
      const opener = filing.joinsCase === null ? null : filingOf(store.read, { filingId: null, caseNumber: filing.joinsCase });
      for (const id of new Set([filingId, opener ?? filingId])) {
        const told = await desk.client.deliveries(id);
        if (!told.ok) return told;
        keepDeliveries(store, told.value);
      }
      return view(filingId, session);
    },

    'draft.read': ({ filingId, form }, { userId }) => ok(readDraft(store.read, { user: userId, filingId, form })),
    'draft.keep': ({ filingId, form, content }, { userId }) => {
      store.write((tx) => keepDraft(tx, { user: userId, filingId, form }, content, desk.config.clock()));
      return ok(null);
    },
  };
}
