import { listen, type MessagePortLike } from './message-port.ts';
import { pinAnswerSchema, pinQuestionSchema, type PinQuestion } from './port-messages.ts';
import type { PinAnswer, PinPrompt } from './token-host.ts';

/** The token host's end of its port to whoever shows the PIN window. A prompt that is gone counts as cancelled. */
export function connectPinPrompt(port: MessagePortLike): PinPrompt {
  const waiting = new Map<number, (answer: PinAnswer) => void>();
  let lastQuestion = 0;
  let alive = true;

  listen(port, {
    message(message) {
      const answer = pinAnswerSchema.safeParse(message);
      if (!answer.success) return;
      const { id, pin, lastTryConfirmed } = answer.data;
      const settle = waiting.get(id);
      waiting.delete(id);
      // The same memory, not a copy: zeroing the answer leaves none behind.
      if (settle) settle(pin ? { pin: Buffer.from(pin.buffer, pin.byteOffset, pin.byteLength), lastTryConfirmed } : null);
      else pin?.fill(0);
    },
    close() {
      alive = false;
      for (const settle of waiting.values()) settle(null);
      waiting.clear();
    },
  });

  return (display, state, way) =>
    new Promise((resolve) => {
      if (!alive) return resolve(null);
      const id = ++lastQuestion;
      waiting.set(id, resolve);
      port.postMessage({ id, display: { ...display, lines: [...display.lines] }, state, way });
    });
}

/** The prompt's end: `prompt` shows a window and its answer goes straight to the token host. */
export function servePinPrompt(port: MessagePortLike, prompt: PinPrompt): void {
  let closed = false;
  async function answer({ id, display, state, way }: PinQuestion): Promise<void> {
    const given = await prompt(display, state, way).catch((): PinAnswer => null);
    const pin = given && Uint8Array.from(given.pin);
    if (!closed) port.postMessage({ id, pin, lastTryConfirmed: given?.lastTryConfirmed === true });
    pin?.fill(0);
    given?.pin.fill(0);
  }
  listen(port, {
    message(message) {
      const question = pinQuestionSchema.safeParse(message);
      if (question.success) void answer(question.data);
    },
    close() {
      closed = true;
    },
  });
}
