import { fail, ok } from '../../../shared/result.ts';
import { readDocuments } from '../../intake/index.ts';
import type { CoreContext } from '../core-context.ts';
import type { Handlers } from '../router.ts';

type Group = 'document.read' | 'document.progress';

/** More than the registry sends of one document is not read into memory. */
const MOST_BYTES = 64 * 1024 * 1024;

export function documentChannels(context: CoreContext): Pick<Handlers, Group> {
  const { store, blobs, documentReaders } = context.desk;
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
  };
}
