import { parentPort } from 'node:worker_threads';
import { compareTexts } from './compare-texts.ts';
import type { ReadingAnswer, ReadingRequest } from './messages.ts';
import { readSafely, readText } from './read-document.ts';
import { Unreadable } from './unreadable.ts';

/** Entry of the thread that reads foreign documents, one after another. */
if (parentPort === null) throw new Error('not a worker thread');
const port = parentPort;

async function answer(request: ReadingRequest): Promise<ReadingAnswer> {
  if (request.want === 'compare') return { ok: true, value: compareTexts(request.asked, request.pages) };
  const bytes = Buffer.from(request.bytes.buffer, request.bytes.byteOffset, request.bytes.byteLength);
  try {
    return { ok: true, value: request.want === 'text' ? await readText(request.type, bytes) : await readSafely(request.type, bytes) };
  } catch (error) {
    return { ok: false, reason: error instanceof Unreadable ? error.reason : 'malformed' };
  }
}

port.on('message', (request: ReadingRequest) => void answer(request).then((said) => port.postMessage(said)));
