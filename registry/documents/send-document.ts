import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Registry } from '../http/context.ts';
import { sendProblem } from '../http/problem.ts';
import { readByteRange } from './byte-range.ts';

/** Sends held bytes, whole or one range of them (RFC 9110 §13–14). The caller has decided that they may be seen. */
export async function sendDocument(
  registry: Registry,
  request: FastifyRequest,
  reply: FastifyReply,
  document: { readonly sha256: string; readonly size: number; readonly type: string },
): Promise<FastifyReply> {
  const etag = `"${document.sha256}"`;
  reply.header('etag', etag).header('accept-ranges', 'bytes');
  if (namesTag(request.headers['if-none-match'], etag)) return reply.code(304).send();

  const ifRange = request.headers['if-range'];
  const range = ifRange === undefined || ifRange === etag ? readByteRange(request.headers.range, document.size) : null;
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${document.size}`);
    return sendProblem(reply, 'range-unsatisfiable');
  }
  const bytes = await registry.documents.open(document.sha256, range);
  if (bytes === null) throw new Error('a document that the database knows is not in the store');
  reply.type(document.type).header('content-length', range ? range.last - range.first + 1 : document.size);
  if (range) reply.code(206).header('content-range', `bytes ${range.first}-${range.last}/${document.size}`);
  return reply.send(bytes);
}

function namesTag(header: string | undefined, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags?.some((tag) => tag === '*' || tag === etag) ?? false;
}
