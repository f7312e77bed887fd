import type { Court } from '../../shared/registry/index.ts';
import type { Reference } from '../reference/index.ts';
import type { BlobStore, Store } from '../store/index.ts';

export type PaperParts = {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly reference: Reference;
  readonly clock: () => string;
  readonly newId: () => string;
  readonly court: Court;
};
