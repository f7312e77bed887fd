import type { BlobStore } from '../../store/index.ts';
import { readByteRange, type ByteRange } from './byte-range.ts';
import { answerHeaders, DOCUMENT_POLICY } from './content-policy.ts';
import type { DocumentTickets } from './document-tickets.ts';
import { refusal } from './serve-folder.ts';

/**
 * Answers `/document/<ticket>` with the decrypted bytes, whole or by range; the content type is the one of the ticket. A page that still asks while
 * its person signs out gets nothing, which is no error.
 */
export function serveDocument(
  tickets: DocumentTickets,
  blobs: () => Pick<BlobStore, 'read' | 'size'> | null,
): (request: Request) => Response {
  return (request) => {
    const store = blobs();
    const document = request.method === 'GET' ? tickets.find(new URL(request.url).pathname) : null;
    if (document === 'ended') return refusal(204);
    const size = document && store ? store.size(document.sha256) : null;
    if (!document || !store || size === null) return refusal(404);
    const range = readByteRange(request.headers.get('range'), size);
    if (range === 'unsatisfiable') return refusal(416);
    const { start, end } = range ?? { start: 0, end: size };
    const headers = {
      ...answerHeaders(document.contentType, DOCUMENT_POLICY),
      'Accept-Ranges': 'bytes',
      'Cache-Control': 'no-store',
      'Content-Length': String(end - start),
      ...(range ? { 'Content-Range': `bytes ${start}-${end - 1}/${size}` } : {}),
    };
    return new Response(streamOf(store, document.sha256, { start, end }), { status: range ? 206 : 200, headers });
  };
}

/** A damaged file breaks the stream off, so that a part of it can never pass for the whole. */
function streamOf(store: Pick<BlobStore, 'read'>, sha256: string, range: ByteRange): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (range.end === range.start) return new Blob([]).stream();
  const chunks = store.read(sha256, range)[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      try {
        const next = await chunks.next();
        if (next.done) controller.close();
        else controller.enqueue(Uint8Array.from(next.value));
      } catch (error) {
        controller.error(error);
      }
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}
