import { Worker } from 'node:worker_threads';
import type { ComparedFact, SafeDocument, UnreadableReason } from '../../shared/contract/index.ts';
import { READING_LIMITS, type ReadingLimits } from './reading-limits.ts';
import type { AskedFact, PageOfText } from './worker/compare-texts.ts';
import type { Read, ReadingAnswer, ReadingRequest } from './worker/messages.ts';
import type { PagesText } from './worker/read-pdf-text.ts';
import type { ReadableType } from './worker/read-document.ts';

/** Reads foreign documents in a thread of its own, one after another. What is handed over as `bytes` is gone afterwards. */
export type DocumentReader = {
  text(type: ReadableType, bytes: Uint8Array): Promise<Read<PagesText>>;
  view(type: 'office' | 'text', bytes: Uint8Array): Promise<Read<SafeDocument>>;
  /** Where each fact stands in texts that were read before. */
  compare(asked: readonly AskedFact[], pages: readonly PageOfText[]): Promise<Read<ComparedFact[]>>;
  /** Ends the thread; what is under way answers `stopped`. */
  close(): Promise<void>;
};

const LOOK_MS = 100;
const MIB = 1024 * 1024;

/**
 * A document that takes too long or too much memory costs the thread, not the program. The thread starts when it is first needed, and anew after that.
 * @param entry file of the thread, worker/process.ts or what was built from it.
 */
export function createDocumentReader(entry: string, limits: ReadingLimits = READING_LIMITS): DocumentReader {
  let worker: Worker | null = null;
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();
  let giveUp: ((reason: UnreadableReason) => void) | null = null;

  async function run(request: ReadingRequest): Promise<ReadingAnswer> {
    if (closed) return { ok: false, reason: 'stopped' };
    const thread = (worker ??= startThread(entry, limits.heapMb));
    const before = process.memoryUsage.rss();
    const answer = await new Promise<ReadingAnswer>((settle) => {
      const finish = (said: ReadingAnswer): void => {
        clearTimeout(timer);
        clearInterval(watch);
        thread.off('message', finish).off('error', fall).off('exit', ended);
        giveUp = null;
        settle(said);
      };
      const failed = (reason: UnreadableReason): void => {
        worker = null;
        void thread.terminate();
        finish({ ok: false, reason });
      };
      const fall = (error: unknown): void =>
        failed((error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'limit-memory' : 'malformed');
      const ended = (): void => failed('malformed');
      giveUp = failed;
      const timer = setTimeout(() => failed('limit-time'), limits.timeoutMs);
      const watch = setInterval(() => {
        if (process.memoryUsage.rss() - before > limits.growthMb * MIB) failed('limit-memory');
      }, LOOK_MS);
      thread.on('message', finish).on('error', fall).on('exit', ended);
      thread.postMessage(request, 'bytes' in request ? wholeBuffer(request.bytes) : []);
    });
    return answer;
  }

  const inTurn = <T>(request: ReadingRequest): Promise<Read<T>> => {
    const turn = last.then(() => run(request));
    last = turn;
    return turn as Promise<Read<T>>;
  };

  return {
    text: (type, bytes) => inTurn({ want: 'text', type, bytes }),
    view: (type, bytes) => inTurn({ want: 'view', type, bytes }),
    compare: (asked, pages) => inTurn({ want: 'compare', asked, pages }),
    close: async () => {
      closed = true;
      const ending = worker;
      giveUp?.('stopped');
      worker = null;
      await ending?.terminate();
    },
  };
}

/** Only a buffer that is nobody else's can be given away. */
const wholeBuffer = (bytes: Uint8Array): ArrayBuffer[] =>
  bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer] : [];

function startThread(entry: string, heapMb: number): Worker {
  const thread = new Worker(entry, {
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
    execArgv: process.execArgv.filter(isForThreads),
    stdout: true,
    stderr: true,
  });
  // What goes wrong in it is answered for the document under way; a thread that waits keeps no program alive.
  thread.on('error', () => undefined);
  thread.unref();
  return thread;
}

/** Flags of the main thread that a thread of its own understands and needs. */
const isForThreads = (flag: string): boolean => flag.startsWith('--disable-warning') || flag.startsWith('--experimental-strip-types');
