import type { RegisteredFacts } from '../../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { addNote, compareWithDocuments, readNotes, withdrawNote } from '../../documents/index.ts';
import { correctFact, correctFiling, readCorrections, readDocuments, readFacts, readFiling } from '../../intake/index.ts';
import { heldElsewhere, leaseToRegister } from '../../sync/index.ts';
import type { CoreContext } from '../core-context.ts';
import { historyOf, viewFiling } from '../filing-view.ts';
import type { Handlers } from '../router.ts';

type Group =
  | 'document.read'
  | 'document.progress'
  | 'note.list'
  | 'note.add'
  | 'note.withdraw'
  | 'filing.corrections'
  | 'filing.correct'
  | 'fact.list'
  | 'fact.correct'
  | 'filing.history'
  | 'document.compare';

/** More than the registry sends of one document is not read into memory. */
const MOST_BYTES = 64 * 1024 * 1024;

export function documentChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk } = context;
  const { store, blobs, documentReaders } = desk;
  const parts = { store, reference: desk.reference, clock: desk.config.clock, newId: desk.config.newId };
  const changed = (filingId: string): void => {
    context.emit('work.changed', { filingIds: [filingId], arrived: 0 });
    context.nudge();
  };
  const facts = (id: string): Result<RegisteredFacts> => {
    const filing = readFiling(store.read, id);
    if (!filing) return fail('not-found');
    const found = readFacts(store.read, id);
    return found ? ok(found) : fail('move-not-allowed', { state: filing.state });
  };
  return {
    'document.read': async ({ filingId, documentId }, session) => {
      const document = readDocuments(store.read, filingId).find((d) => d.id === documentId);
      if (!document) return fail('not-found');
      if (document.state !== 'stored') return fail('document-missing');
      const { contentType, sha256 } = document;
      if (contentType !== 'office' && contentType !== 'text') return fail('document-unreadable', { reason: 'unsupported' });
      const bytes = await blobs.readAll(sha256, MOST_BYTES);
      if (bytes === null) return fail('document-unreadable', { reason: 'limit-size' });
      const read = await documentReaders.shown.view(contentType, bytes);
      if (!read.ok) return fail('document-unreadable', { reason: read.reason });
      context.journalLook(session, 'document.viewed', filingId, { document: documentId });
      return ok(read.value);
    },

    'document.progress': ({ filingId }) =>
      ok(
        readDocuments(store.read, filingId)
          .filter(({ state }) => state === 'pending')
          .map(({ id, sha256, size }) => ({ documentId: id, received: Math.min(size, blobs.received(sha256)), size })),
      ),

    'note.list': ({ filingId }, { userId }) => ok(readNotes(store.read, filingId, userId)),

    'note.add': ({ filingId, text }, { userId }) => {
      const added = addNote(parts, { filingId, text, actor: userId });
      if (!added.ok) return added;
      changed(filingId);
      return ok(readNotes(store.read, filingId, userId));
    },

    'note.withdraw': ({ filingId, noteId }, { userId }) => {
      const withdrawn = withdrawNote(parts, { noteId, actor: userId });
      if (!withdrawn.ok) return withdrawn;
      changed(filingId);
      return ok(readNotes(store.read, filingId, userId));
    },

    'filing.history': ({ id, before }) => ok(historyOf(store.read, id, before)),

    'document.compare': ({ filingId }) => {
      const filing = readFiling(store.read, filingId);
      return filing ? compareWithDocuments(store.read, desk.documentReaders.shown, filingId, filing.message) : fail('not-found');
    },

    'filing.corrections': ({ id }) => ok(readCorrections(store.read, id)),

    'fact.list': ({ id }) => facts(id),

    'fact.correct': ({ id, ...correction }, session) => {
      const corrected = correctFact(parts, { id, ...correction, actor: session.userId });
      if (!corrected.ok) return corrected;
      changed(id);
      return facts(id);
    },

    'filing.correct': async ({ id, revision, values, reason }, session) => {
      if (!readFiling(store.read, id)) return fail('not-found');
      if (heldElsewhere(store.read, id, desk.config.clock())) return fail('lease-held');
      if (leaseToRegister(store.read, id, desk.config.clock()) === null) void desk.leases.hold(id, session.userId);
      const corrected = correctFiling(parts, { id, revision, values, reason, actor: session.userId });
      if (!corrected.ok) return corrected;
      // whose signature it is depends on the parties
      await desk.verify(id);
      changed(id);
      return ok(viewFiling(desk, id, session.activeRole, context.syncStatus().online)!);
    },
  };
}
