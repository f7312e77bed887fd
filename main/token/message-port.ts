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
