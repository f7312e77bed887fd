import type { Court } from '../../shared/registry/index.ts';
import type { TalonLayoutRead } from '../pdf/index.ts';
import type { Reference } from '../reference/index.ts';
import type { CmsSigner } from '../signature/index.ts';
import type { BlobStore, Store } from '../store/index.ts';

/** The court's own key: it signs talons by itself, and never an act of a judge. */
export type CourtSystemKey = CmsSigner & {
  /** First 16 hex digits of the SHA-256 of its public key; printed in the QR. */
  readonly keyId: string;
  /** ECDSA P-256 over the text, raw r||s, base64url. */
  signText(text: string): string;
};

export type RegistrationParts = {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly reference: Reference;
  readonly clock: () => string;
  readonly newId: () => string;
  readonly court: Court;
  readonly training: boolean;
  readonly fontsDir: string;
  /** The layout in which talons are drawn now. */
  readonly talonLayout: () => TalonLayoutRead;
  readonly systemKey: CourtSystemKey;
};
