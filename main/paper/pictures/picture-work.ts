import { fail, type Result } from '../../../shared/result.ts';
import type { PictureAnswers, PictureQuestion } from './picture-messages.ts';
import type { PictureProcess, StartPictures } from './picture-port.ts';

/** Reads pictures and joins pages in a process of its own. */
export type PictureWork = {
  /** Errors: those of the question; `picture-unreadable` also when the process fell over the file or took too long. */
  ask<Q extends PictureQuestion>(question: Q): Promise<Result<PictureAnswers[Q['call']]>>;
  close(): void;
};

/** For one question; a page of A3 at 600 dots an inch takes a few seconds. */
const ANSWER_MS = 60_000;

/** One question after the other. The process is started when it is first needed, and anew after one that fell. */
export function createPictureWork(start: StartPictures, answerMs = ANSWER_MS): PictureWork {
  let current: PictureProcess | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let lastId = 0;
  let closed = false;

  async function askNow<Q extends PictureQuestion>(question: Q): Promise<Result<PictureAnswers[Q['call']]>> {
    if (closed) return fail('core-stopped');
    const running = (current ??= await startProcess());
    const id = ++lastId;
    return new Promise((settle) => {
      const finish = (result: Result<PictureAnswers[Q['call']]>) => {
        clearTimeout(timer);
        waiting.delete(id);
        settle(result);
      };
      const timer = setTimeout(() => {
        if (current === running) current = null;
        running.end();
        finish(fail('picture-unreadable'));
      }, answerMs);
      waiting.set(id, (result) => finish(result as Result<PictureAnswers[Q['call']]>));
      running.port.postMessage({ ...question, id });
    });
  }

  const waiting = new Map<number, (result: Result<unknown>) => void>();
  async function startProcess(): Promise<PictureProcess> {
    const started = await start();
    started.port.on('message', (message) => {
      const { id, result } = message as { id: number; result: Result<unknown> };
      waiting.get(id)?.(result);
    });
    started.port.on('close', () => {
      if (current === started) current = null;
      for (const settle of [...waiting.values()]) settle(fail('picture-unreadable'));
    });
    return started;
  }

  return {
    ask: (question) => {
      const mine = last.then(
        () => askNow(question),
        () => askNow(question),
      );
      last = mine;
      return mine;
    },
    close: () => {
      closed = true;
      current?.end();
      current = null;
    },
  };
}
