import type { RegistryMode } from '../../shared/registry/index.ts';
import type { DocumentStore } from '../documents/document-store.ts';
import type { StagedUploads } from '../documents/staged-uploads.ts';
import type { HeldPolls } from '../feed/held-polls.ts';
import type { Database } from '../store/database.ts';
import type { Secrets } from '../store/secrets.ts';

/** What every use case may need. */
export type Registry = {
  readonly db: Database;
  readonly documents: DocumentStore;
  readonly uploads: StagedUploads;
  readonly polls: HeldPolls;
  readonly mode: RegistryMode;
  /** UTC ISO instant. */
  readonly clock: () => string;
  readonly newId: () => string;
  readonly secrets: Secrets;
  /** Real mode: what the cabinet shows to submit and follow filings; null closes the cabinet's side. */
  readonly cabinetToken: string | null;
  /** Commands of older desks are answered `update-needed`; null takes them from all. */
  readonly minimumDesk: string | null;
};
