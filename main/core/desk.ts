import path from 'node:path';
import type { RegistryFilingState } from '../../shared/registry/index.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { ActsParts } from '../acts/index.ts';
import { verifyFiling } from '../checking/index.ts';
import { adoptRegistryState } from '../intake/index.ts';
import { loadReference, type Reference } from '../reference/index.ts';
import type { CourtSystemKey, RegistrationParts } from '../registration/index.ts';
import { loadPolicy, type Policy, type TrustMaterial } from '../signature/index.ts';
import {
  createBlobStore,
  openStore,
  profilePaths,
  readProfile,
  readSetting,
  type BlobStore,
  type Profile,
  type Store,
  type Writing,
} from '../store/index.ts';
import { createRegistryClient, type RegistryClient, type WorkstationIdentity } from '../sync/index.ts';
import type { TokenHost } from '../token/index.ts';
import { refreshTrainingCrls } from '../training/index.ts';
import { openSystemKey } from './system-key.ts';
import { createTrustReader } from './trust-reader.ts';

export type DeskConfig = {
  readonly profileDir: string;
  /** 32 bytes. */
  readonly dataKey: Uint8Array;
  readonly resourcesDir: string;
  /** Replaces the address in the profile: the embedded training registry has another port each time. */
  readonly registryUrl: string | null;
  readonly clock: () => string;
  readonly newId: () => string;
};

/** The workstation of one court, opened: its store and everything that works on it. The window's core and the command line share it. */
export type Desk = {
  readonly profile: Profile;
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly reference: Reference;
  readonly client: RegistryClient;
  readonly policy: Policy;
  readonly systemKey: CourtSystemKey;
  readonly config: DeskConfig;
  readonly trust: () => Promise<TrustMaterial>;
  readonly registration: RegistrationParts;
  readonly acts: ActsParts;
  readonly adopt: (tx: Writing, state: RegistryFilingState) => void;
  verify(filingId: string): ReturnType<typeof verifyFiling>;
  close(): void;
};

/** Opens a profile. Errors: those of openStore, `profile-missing`. */
export async function openDesk(config: DeskConfig, parts: { tokenHost: TokenHost }): Promise<Result<Desk>> {
  const profile = readProfile(config.profileDir);
  if (!profile.ok) return profile;
  const policy = await loadPolicy(config.resourcesDir, 'kz-incoming');
  if (!policy.ok) return policy;
  const paths = profilePaths(config.profileDir);
  const opened = openStore(paths.database, config.dataKey);
  if (!opened.ok) return opened;
  const store = opened.value;
  const training = profile.value.mode === 'training';
  if (training) await refreshTrainingCrls(paths.training, config.clock());

  const { clock, newId } = config;
  const blobs = createBlobStore({ dir: paths.blobs, key: config.dataKey });
  const reference = loadReference(config.resourcesDir);
  const identity = readSetting<WorkstationIdentity>(store.read, 'workstation.identity')!;
  const client = createRegistryClient({ url: config.registryUrl ?? profile.value.registryUrl, identity, newId });
  const trust = createTrustReader(training ? path.join(paths.training, 'trust') : paths.trust);
  const systemKey = openSystemKey(store.read);
  const common = { store, blobs, reference, clock, newId, court: profile.value.court, training };
  return ok({
    profile: profile.value,
    store,
    blobs,
    reference,
    client,
    policy: policy.value,
    systemKey,
    config,
    trust,
    registration: { ...common, fontsDir: path.join(config.resourcesDir, 'fonts'), systemKey },
    acts: { ...common, resourcesDir: config.resourcesDir, tokenHost: parts.tokenHost, policy: policy.value, trust },
    adopt: (tx, state) => adoptRegistryState(tx, state, clock()),
    verify: (filingId) => verifyFiling({ store, blobs, reference, clock, policy: policy.value, trust }, filingId),
    close: () => store.close(),
  });
}
