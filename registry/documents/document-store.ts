import type { Readable } from 'node:stream';

/** Bytes that were received whole but are not kept yet. */
export type Received = {
  readonly sha256: string;
  readonly size: number;
  /** Returns when the bytes are on the disk under their hash; harmless when they are there already. */
  keep(): Promise<void>;
  discard(): Promise<void>;
};

/** Bytes under their own SHA-256 (lower-case hex). Who may read them is not decided here. */
export type DocumentStore = {
  /** Takes a stream in; null when it is longer than the limit. Throws when the stream breaks off. */
  receive(bytes: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Received | null>;
  /** From the first to the last byte given, both included. Asked only for documents that are held; null when the bytes are gone. */
  open(sha256: string, range: { readonly first: number; readonly last: number } | null): Promise<Readable | null>;
  close(): Promise<void>;
};
