import type { Failure, Result } from '../../shared/result.ts';

/** The window's end of the port, as far as it is needed here. */
export type LinkPort = { postMessage(message: unknown): void; close(): void };

const STOPPED: Failure = { code: 'core-stopped', next: 'retry-later' };

/**
 * The window's side of its talk with the core. Calls wait while the core starts; when it stops, what is pending is answered
 * `core-stopped`, for nobody knows how far it got, and later calls too until a new port arrives.
 */
export class CoreLink {
  private port: LinkPort | null = null;
  private starting = true;
  private lastId = 0;
  private readonly unsent: { id: number; channel: string; input: unknown }[] = [];
  private readonly waiting = new Map<number, (result: Result<unknown>) => void>();
  private readonly listeners = new Map<string, Set<(payload: unknown) => void>>();

  readonly call = (channel: string, input: unknown): Promise<Result<unknown>> => {
    if (!this.port && !this.starting) return Promise.resolve({ ok: false, error: STOPPED });
    const id = ++this.lastId;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      if (this.port) this.port.postMessage({ type: 'call', id, channel, input });
      else this.unsent.push({ id, channel, input });
    });
  };

  readonly subscribe = (event: string, listener: (payload: unknown) => void): (() => void) => {
    const listeners = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, listeners.add(listener));
    return () => void listeners.delete(listener);
  };

  connect(port: LinkPort): void {
    if (this.port) this.stop();
    this.port = port;
    this.starting = false;
    for (const call of this.unsent.splice(0)) port.postMessage({ type: 'call', ...call });
  }

  /** `restarting`: calls wait again for the next port. */
  stop(restarting = false): void {
    this.port?.close();
    this.port = null;
    this.starting = restarting;
    this.unsent.length = 0;
    for (const settle of this.waiting.values()) settle({ ok: false, error: STOPPED });
    this.waiting.clear();
  }

  receive(message: unknown): void {
    if (!isRecord(message)) return;
    if (message['type'] === 'answer' && typeof message['id'] === 'number') {
      this.waiting.get(message['id'])?.(message['result'] as Result<unknown>);
      this.waiting.delete(message['id']);
    }
    if (message['type'] === 'event' && typeof message['event'] === 'string') {
      for (const listener of this.listeners.get(message['event']) ?? []) listener(message['payload']);
    }
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
