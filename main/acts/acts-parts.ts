import type { Court } from '../../shared/registry/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Policy, TrustMaterial } from '../signature/index.ts';
import type { BlobStore, Store } from '../store/index.ts';
import type { TokenHost } from '../token/index.ts';

export type ActsParts = {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly reference: Reference;
  readonly clock: () => string;
  readonly newId: () => string;
  readonly court: Court;
  readonly training: boolean;
  readonly resourcesDir: string;
  readonly tokenHost: TokenHost;
  readonly policy: Policy;
  readonly trust: () => Promise<TrustMaterial>;
};
