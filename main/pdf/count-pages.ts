import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

const TIME_LIMIT_MS = 10_000;
const MEMORY_LIMIT_MB = 320;

/**
 * How many pages a PDF has, as pdf-lib reads it: it finds its way through files whose cross-reference is broken, which matters for
 * a count on a talon. Says nothing about what was signed. The file is foreign, so a thread with limits of time and memory reads it.
 * @returns null when the bytes are no PDF, cannot be read, or pass the limits.
 */
export async function countPages(bytes: Uint8Array): Promise<number | null> {
  if (Buffer.from(bytes.subarray(0, 1024)).indexOf('%PDF-') < 0) return null;
  const worker = new Worker(workerSource(), {
    eval: true,
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MB },
    stdout: true,
    stderr: true,
  });
  const timer = setTimeout(() => void worker.terminate(), TIME_LIMIT_MS);
  try {
    return await new Promise<number | null>((resolve) => {
      worker.once('message', (count: unknown) => resolve(typeof count === 'number' && count > 0 ? count : null));
      worker.once('error', () => resolve(null));
      worker.once('exit', () => resolve(null));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

let source: string | null = null;

/** The library travels into the thread as text: threads of a packaged application cannot be relied on to read its archive. */
function workerSource(): string {
  source ??= `${readFileSync(createRequire(import.meta.url).resolve('pdf-lib/dist/pdf-lib.min.js'), 'utf8')}
;(async () => {
  const { parentPort, workerData } = require('node:worker_threads');
  let count = null;
  try {
    const document = await exports.PDFDocument.load(workerData, { ignoreEncryption: true, updateMetadata: false });
    count = document.getPageCount();
  } catch {}
  parentPort.postMessage(count);
})();`;
  return source;
}
