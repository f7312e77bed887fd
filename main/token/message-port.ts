import type { Result } from '../../shared/result.ts';

/** What a `MessagePort` of worker_threads and a `MessagePortMain` of Electron have in common. */
export interface MessagePortLike {
  postMessage(message: unknown): void;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'message', listener: (event: unknown) => void): unknown;
  /** Electron delivers nothing before `start`. */
  start?(): void;
  close(): void;
}

/** Listens to either kind of port: Node hands over the message itself, Electron an event that has it as `data`. */
export function listen(port: MessagePortLike, handlers: { message(message: unknown): void; close(): void }): void {
  port.on('message', (event) => handlers.message(isMessageEvent(event) ? event.data : event));
  port.on('close', () => handlers.close());
  port.start?.();
}

/** Our own messages never have a field `data`. */
const isMessageEvent = (event: unknown): event is { data: unknown } => typeof event === 'object' && event !== null && 'data' in event;

/** Bytes on their own: cloning a view would carry the whole memory block behind it to the other process. */
export const ownBytes = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes);

/** A result that may travel: its bytes, which are Buffers here, as plain arrays on memory of their own. */
export function plain(result: Result<unknown>): Result<unknown> {
  return result.ok ? { ok: true, value: plainValue(result.value) } : result;
}

function plainValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return ownBytes(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainValue(inner)]));
}
