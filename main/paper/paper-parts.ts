import type { Court } from '../../shared/registry/index.ts';
import type { Reference } from '../reference/index.ts';
import type { PictureWork } from './pictures/picture-work.ts';
import type { Scanners } from './scanner/scanners.ts';
import type { BlobStore, Store } from '../store/index.ts';

export type PaperParts = {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly reference: Reference;
  readonly clock: () => string;
  readonly newId: () => string;
  readonly court: Court;
  readonly pictures: PictureWork;
  readonly scanners: Scanners;
  /** Works that pages are being scanned into. */
  readonly scanned: Set<string>;
};
