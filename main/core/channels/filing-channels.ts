import type { FilingDetail, Session } from '../../../shared/contract/index.ts';
import { moveFiling } from '../../../shared/domain/filing-status.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import {
  assignFilings,
  linkFilings,
  mediaTypeOf,
  nextInQueue,
  readDocuments,
  readFiling,
  SNIFF_BYTES,
  type DocumentRecord,
} from '../../intake/index.ts';
import {
  finishTalons,
  flagFiling,
  lookBeforeRegistering,
  markCheck,
  noticeOf,
  offerProposal,
  overrideFinding,
  readTalon,
  recallProposal,
  registerFiling,
} from '../../registration/index.ts';
import { compareFilings } from '../../checking/index.ts';
import { draftRulings } from '../../acts/index.ts';
import { isDiskFull } from '../../store/index.ts';
import { leaseToRegister } from '../../sync/index.ts';
import type { CoreContext } from '../core-context.ts';
import { checkToRegister } from '../check-to-register.ts';
import { viewFiling } from '../filing-view.ts';
import { handOut, handOutBytes, sha256Of } from '../hand-out.ts';
import { holdToRegister } from '../hold-to-register.ts';
import { createLooks } from '../looks.ts';
import { takeOverFiling } from '../take-over-filing.ts';
import type { Handlers } from '../router.ts';
import { makeProtocol } from '../verification-protocol.ts';

type Group =
  | 'filing.get'
  | 'filing.mark'
  | 'filing.recheck'
  | 'filing.proposals'
  | 'filing.notice'
  | 'filing.flag'
  | 'proposal.recall'
  | 'finding.override'
  | 'filing.link'
  | 'filing.pair'
  | 'filing.before-register'
  | 'filing.register'
  | 'filing.close'
  | 'filing.take-over'
  | 'document.open'
  | 'document.save'
  | 'talon.open'
  | 'talon.save'
  | 'protocol.save';

export function filingChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk, shell } = context;
  const { store } = desk;
  const looks = createLooks(desk.config.clock);

  /** The filing after a change, and word to the window and the sync that something happened. */
  function changed(id: string, session: Session): Result<FilingDetail> {
    context.emit('work.changed', { filingIds: [id], arrived: 0 });
    context.nudge();
    return ok(view(id, session)!);
  }
  /** The window need not wait for the registry: what it says is told when it comes. */
  function beginWork(id: string, session: Session): void {
    if (desk.leases.current() === id) return;
    void desk.leases.open(id, session.userId).then(() => context.emit('work.changed', { filingIds: [id], arrived: 0 }));
  }
  /** What somebody has begun to decide must outlast an outage; the clerk need not wait for that either. */
  function beginDeciding(id: string, session: Session): void {
    if (leaseToRegister(store.read, id, desk.config.clock()) === null) void desk.leases.hold(id, session.userId);
  }
  /** It is registered whether or not they can be made now: the round makes what is missing, and says that the disk is full. */
  async function makePapers(): Promise<void> {
    try {
      desk.leases.close();
      const talons = await finishTalons(desk.registration);
      if (talons.ok) await draftRulings(desk.acts);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
  }
  /** What is found now belongs to what the clerk decides on: the window shows it. */
  async function checkFirst(id: string): Promise<void> {
    if (await checkToRegister(desk, id)) context.emit('work.changed', { filingIds: [id], arrived: 0 });
  }
  const view = (id: string, session: Session) => viewFiling(desk, id, session.activeRole, context.syncStatus().online);

  return {
    'filing.get': ({ id }, session) => {
      const filing = readFiling(store.read, id);
      if (!filing) return fail('not-found');
      if (session.activeRole === 'secretary' && moveFiling(filing.state, 'register') !== null) beginWork(id, session);
      beginChecking(context, id, session);
      takeWhatIsFree(context, id, session);
      looks.note(session, id, () => context.journalLook(session, 'filing.viewed', id));
      return ok(view(id, session)!);
    },

    'protocol.save': async ({ filingId, format }, session) => {
      const { online } = context.syncStatus();
      const made = await makeProtocol(desk, { filingId, format, madeBy: session.name, version: context.version, online });
      if (!made.ok) return made;
      const saved = await handOutBytes(context, session, made.value, () =>
        context.journalLook(session, 'protocol.saved', filingId, { sha256: sha256Of(made.value.bytes) }),
      );
      if (saved.ok && saved.value) context.emit('work.changed', { filingIds: [filingId], arrived: 0 });
      return saved;
    },

    'filing.mark': ({ id, revision, check, value, page }, session) => {
      beginDeciding(id, session);
      const marked = markCheck(desk.registration, { id, revision, actor: session.userId }, { check, value, page });
      return marked.ok ? changed(id, session) : marked;
    },

    'filing.recheck': async ({ id }, session) => {
      if (!readFiling(store.read, id)) return fail('not-found');
      await desk.verify(id);
      return changed(id, session);
    },

    'filing.proposals': ({ id }) => {
      const filing = readFiling(store.read, id);
      return filing
        ? ok(offerProposal(store.read, desk.reference, filing, desk.config.clock(), desk.profile.court.code))
        : fail('not-found');
    },

    'filing.notice': ({ id, defects, proposal }) => {
      const filing = readFiling(store.read, id);
      return filing ? ok(noticeOf(store.read, desk.reference, { filing, defects, proposal, at: desk.config.clock() })) : fail('not-found');
    },

    'filing.flag': ({ id, revision, defects, proposal }, session) => {
      beginDeciding(id, session);
      const flagged = flagFiling(desk.registration, { id, revision, actor: session.userId }, defects, proposal);
      return flagged.ok ? changed(id, session) : flagged;
    },

    'proposal.recall': ({ id, revision, reason }, session) => {
      const recalled = recallProposal(desk.registration, { id, revision, actor: session.userId }, reason);
      return recalled.ok ? changed(id, session) : recalled;
    },

    'filing.pair': ({ id, otherId }, session) => {
      const pair = compareFilings(store.read, id, otherId);
      if (pair.ok) context.journalLook(session, 'filing.compared', otherId, { with: id });
      return pair;
    },

    'filing.link': ({ id, otherId }, session) => {
      const linked = linkFilings({ store, clock: desk.config.clock, newId: desk.config.newId }, { id, otherId, actor: session.userId });
      if (linked.ok) context.emit('work.changed', { filingIds: [otherId], arrived: 0 });
      return linked.ok ? changed(id, session) : linked;
    },

    'finding.override': ({ id, revision, finding, reason }, session) => {
      if (session.activeRole === 'secretary') beginDeciding(id, session);
      const overridden = overrideFinding(
        desk.registration,
        { id, revision, actor: session.userId, role: session.activeRole },
        { finding, reason },
      );
      return overridden.ok ? changed(id, session) : overridden;
    },

    'filing.close': ({ id }) => {
      looks.leave(id);
      if (desk.leases.current() === id) {
        desk.leases.close();
        context.nudge();
      }
      return ok(null);
    },

    'filing.take-over': async ({ id, reason }, session) => {
      const taken = await takeOverFiling(desk, { filingId: id, actor: session.userId, reason });
      if (!taken.ok) return taken;
      void desk.leases.open(id, session.userId);
      return changed(id, session);
    },

    'filing.before-register': async ({ id, search }) => {
      await checkFirst(id);
      const filing = readFiling(store.read, id);
      return filing ? ok(lookBeforeRegistering(store.read, desk.reference, filing, search)) : fail('not-found');
    },

    'filing.register': async ({ id, revision, joinsCase, seenDuplicates }, session) => {
      const held = await holdToRegister(desk, id, session.userId);
      if (!held.ok) return held;
      await checkFirst(id);
      const registered = registerFiling(desk.registration, { id, revision, actor: session.userId }, { joinsCase, seenDuplicates });
      if (!registered.ok) return registered;
      await makePapers();
      const filing = changed(id, session);
      return filing.ok ? ok({ filing: filing.value, nextId: nextInQueue(store.read, id, desk.config.clock(), session.userId) }) : filing;
    },

    'document.open': async ({ filingId, documentId }, session) => {
      const document = storedDocument(readDocuments(store.read, filingId), documentId);
      if (!document.ok) return document;
      const { sha256, size, contentType } = document.value;
      const head: Uint8Array[] = [];
      for await (const chunk of desk.blobs.read(sha256, { start: 0, end: Math.min(SNIFF_BYTES, size) })) head.push(chunk);
      const mediaType = mediaTypeOf(contentType ?? 'other', new Uint8Array(Buffer.concat(head)));
      const url = await shell.publishDocument({ sha256, contentType: mediaType, size });
      context.journalLook(session, 'document.viewed', filingId, { document: documentId });
      return ok({ url, contentType: mediaType, size, sha256 });
    },

    'document.save': async ({ filingId, documentId }, session) => {
      const document = storedDocument(readDocuments(store.read, filingId), documentId);
      if (!document.ok) return document;
      return handOut(context, session, document.value, () =>
        context.journalLook(session, 'document.saved', filingId, { document: documentId }),
      );
    },

    'talon.open': async ({ filingId }, session) => {
      const talon = readTalon(desk.registration, filingId);
      if (!talon.ok) return talon;
      const { sha256, size } = talon.value;
      const url = await shell.publishDocument({ sha256, contentType: 'application/pdf', size });
      context.journalLook(session, 'talon.viewed', filingId);
      return ok({ url, contentType: 'application/pdf', size, sha256 });
    },

    'talon.save': async ({ filingId }, session) => {
      const talon = readTalon(desk.registration, filingId);
      if (!talon.ok) return talon;
      const { sha256, incomingNumber } = talon.value;
      return handOut(context, session, { sha256, fileName: `talon-${incomingNumber}.pdf` }, () =>
        context.journalLook(session, 'talon.saved', filingId),
      );
    },
  };
}

/** What nobody has belongs to the secretary who opens it. */
function takeWhatIsFree({ desk, nudge }: CoreContext, id: string, session: Session): void {
  if (session.activeRole !== 'secretary') return;
  const { store, config } = desk;
  if (store.read.get('SELECT 1 FROM filing WHERE id = ? AND assignee IS NULL AND registered_at IS NULL', id) === undefined) return;
  const taken = assignFilings(
    { store, clock: config.clock, newId: config.newId },
    { ids: [id], assignee: session.userId, actor: session.userId, head: false },
  );
  if (taken.ok && taken.value.length > 0) nudge();
}

/** Opening a received filing at the secretary's desk begins its checking. */
function beginChecking(context: CoreContext, id: string, session: Session): void {
  if (session.activeRole !== 'secretary') return;
  context.desk.store.write((tx) => {
    const filing = readFiling(tx, id);
    const state = filing && moveFiling(filing.state, 'open');
    if (state) tx.run('UPDATE filing SET state = ?, revision = revision + 1 WHERE id = ?', state, id);
  });
}

function storedDocument(documents: readonly DocumentRecord[], id: string): Result<DocumentRecord> {
  const document = documents.find((d) => d.id === id);
  if (!document) return fail('not-found');
  if (document.state === 'stored') return ok(document);
  return fail(
    document.state === 'hash-mismatch'
      ? 'document-hash-mismatch'
      : document.state === 'pending'
        ? 'documents-arriving'
        : 'document-missing',
  );
}
