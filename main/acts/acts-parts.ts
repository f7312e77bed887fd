import type { RegistrationParts } from '../registration/index.ts';
import type { Level, SealingParts } from '../sealing/index.ts';
import type { Policy, TrustMaterial } from '../signature/index.ts';
import type { TokenHost } from '../token/index.ts';

/** What registering works with, but for the system key: that never signs an act. */
export type ActsParts = Omit<RegistrationParts, 'systemKey' | 'fontsDir' | 'talonLayout'> & {
  readonly resourcesDir: string;
  readonly tokenHost: TokenHost;
  readonly policy: Policy;
  readonly trust: () => Promise<TrustMaterial>;
  readonly sealing: SealingParts;
  /** What acts are raised to; B without an authority for timestamps. */
  readonly level: Level;
};
