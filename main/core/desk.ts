import { randomBytes } from 'node:crypto';
import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import type { RegistryFilingState } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ActsParts, BatchParts } from '../acts/index.ts';
import { verifyFiling } from '../checking/index.ts';
import type { DispatchParts } from '../dispatch/index.ts';
import { createDocumentReader, type DocumentReader } from '../documents/index.ts';
import { documentWorkerEntry } from '../documents/worker-entry.ts';
import {
  createEvidenceCache,
  createEvidenceSource,
  createTimestampClient,
  loadAllowedHosts,
  loadTimestampAuthority,
  type AllowedHost,
  type EvidenceSource,
  type TimestampAuthority,
} from '../evidence/index.ts';
import { adoptRegistryState, namedCourt } from '../intake/index.ts';
import { finishWiping } from '../journal/index.ts';
import { BrokenReference, loadReference, type Reference } from '../reference/index.ts';
import { readTalonLayout } from '../pdf/index.ts';
import {
  createPictureWork,
  createScanners,
  forkPictures,
  pictureProcessEntry,
  type PaperParts,
  type ScannersConfig,
  type StartPictures,
} from '../paper/index.ts';
import type { ProceedingsParts } from '../proceedings/index.ts';
import type { CourtSystemKey, RegistrationParts } from '../registration/index.ts';
import { createVerificationWorker, loadPolicy, loadTrustList, type Policy, type TrustMaterial } from '../signature/index.ts';
import {
  claimFile,
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
import {
  createLeases,
  createRegistryClient,
  openRegistryTls,
  createSessions,
  type DeskLeases,
  type DeskSessions,
  type RegistryClient,
  type WorkstationIdentity,
} from '../sync/index.ts';
import type { TokenHost } from '../token/index.ts';
import { refreshTrainingCrls } from '../training/index.ts';
import { keyFolderOf, keyPlaces } from './key-places.ts';
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
  /** 0 ≤ x < 1, for the jitter of every back-off; default Math.random. */
  readonly random?: () => number;
  /** Of the program, as the registry is told; default: that of this one. */
  readonly version?: string;
  /** A line to the registry on which nothing moves for so long is given up. */
  readonly registrySilenceMs?: number;
  /** File of the thread that verifies; absent: this thread does. */
  readonly verificationWorker?: string;
  /** File of the thread that reads documents; absent: the one of the source. */
  readonly documentWorker?: string;
  /** Starts the process that reads pictures; absent: as a child of Node. */
  readonly startPictures?: StartPictures;
  readonly scanners?: ScannersConfig;
  /** The desk goes on running and hands over what others wait for, so filings are set aside for it also where other desks are. */
  readonly sharesQueue?: boolean;
  /** Servers that somebody names besides the list of the product. */
  readonly evidenceHosts?: readonly AllowedHost[];
  /** Room on the disk of a folder; default: as the operating system says. */
  readonly freeBytes?: (dir: string) => Promise<number>;
  /** Replaces the one of the product, which training does not have. */
  readonly timestampAuthority?: TimestampAuthority;
};

/** The workstation of one court, opened: its store and everything that works on it. The window's core and the command line share it. */
export type Desk = {
  readonly profile: Profile;
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly reference: Reference;
  readonly client: RegistryClient;
  readonly leases: DeskLeases;
  /** Whose sessions are open here, and the proof of what they do. */
  readonly sessions: DeskSessions;
  readonly policy: Policy;
  readonly systemKey: CourtSystemKey;
  readonly config: DeskConfig;
  readonly trust: () => Promise<TrustMaterial>;
  readonly evidence: EvidenceSource;
  /** Whether other certificates or lists are here than at the last asking; not those that a verification itself brought. */
  readonly evidenceChanged: () => Promise<boolean>;
  readonly registration: RegistrationParts;
  readonly acts: ActsParts;
  readonly batches: BatchParts;
  /** One reads what has arrived, the other what a person waits for. */
  readonly documentReaders: { readonly background: DocumentReader; readonly shown: DocumentReader };
  readonly proceedings: ProceedingsParts;
  readonly dispatch: DispatchParts;
  readonly paper: PaperParts;
  readonly adopt: (tx: Writing, state: RegistryFilingState) => void;
  verify(filingId: string): ReturnType<typeof verifyFiling>;
  close(): void;
};

/** A judge waits for it: what does not come in this time is added later. */
const STAMPING_MS = 5_000;

export const versionOf = (config: DeskConfig): string => config.version ?? manifest.version;

function watchEvidence(trust: Desk['trust'], evidence: EvidenceSource): Desk['evidenceChanged'] {
  let seen: { readonly material: TrustMaterial; readonly lists: number } | null = null;
  return async () => {
    const before = seen;
    seen = { material: await trust(), lists: evidence.newLists() };
    return before !== null && (before.material !== seen.material || before.lists !== seen.lists);
  };
}

function readReference(resourcesDir: string): Result<Reference> {
  try {
    return ok(loadReference(resourcesDir));
  } catch (error) {
    if (error instanceof BrokenReference) return fail('reference-broken', { file: error.file, problem: error.message });
    throw error;
  }
}

/** Opens a profile. Errors: those of openStore, `profile-missing`, `reference-broken`. */
export async function openDesk(config: DeskConfig, parts: { tokenHost: TokenHost }): Promise<Result<Desk>> {
  const profile = readProfile(config.profileDir);
  if (!profile.ok) return profile;
  const policy = await loadPolicy(config.resourcesDir, 'kz-incoming');
  if (!policy.ok) return policy;
  const pinned = await loadTrustList(config.resourcesDir);
  if (!pinned.ok) return pinned;
  const hosts = await loadAllowedHosts(config.resourcesDir, profile.value.mode);
  if (!hosts.ok) return hosts;
  const authority = await loadTimestampAuthority(config.resourcesDir, profile.value.mode);
  if (!authority.ok) return authority;
  const tls = openRegistryTls(profile.value.registryTls);
  if (!tls.ok) return tls;
  const law = readReference(config.resourcesDir);
  if (!law.ok) return law;
  const reference = law.value;
  const paths = profilePaths(config.profileDir);
  const opened = openStore(paths.database, config.dataKey);
  if (!opened.ok) return opened;
  const store = opened.value;
  const court = namedCourt(store.read, profile.value.court);
  const training = profile.value.mode === 'training';
  if (training) await refreshTrainingCrls(paths.training, config.clock());

  const { clock, newId } = config;
  const blobs = createBlobStore({ dir: paths.blobs, key: config.dataKey });
  await finishWiping(store, blobs);
  const identity = readSetting<WorkstationIdentity>(store.read, 'workstation.identity')!;
  const client = createRegistryClient({
    url: config.registryUrl ?? profile.value.registryUrl,
    identity,
    newId,
    ...(tls.value === null ? {} : { dispatcher: tls.value }),
    version: versionOf(config),
    ...(config.registrySilenceMs === undefined ? {} : { silenceMs: config.registrySilenceMs }),
  });
  const leases = createLeases({ store, client, clock, workstationId: profile.value.workstationId, keepHeld: config.sharesQueue !== true });
  const sessions = createSessions({ store, client, clock, workstationId: profile.value.workstationId });
  const trust = training ? createTrustReader(path.join(paths.training, 'trust'), null) : createTrustReader(paths.trust, pinned.value);
  const allowed = [...hosts.value, ...(config.evidenceHosts ?? [])];
  const evidence = createEvidenceSource({
    hosts: allowed,
    cache: createEvidenceCache(paths.evidence),
    clock,
    random: randomBytes,
  });
  const worker = config.verificationWorker === undefined ? null : createVerificationWorker(config.verificationWorker);
  const pictures = createPictureWork(config.startPictures ?? forkPictures(pictureProcessEntry(import.meta.url)));
  const scanners = createScanners(config.scanners);
  const documentWorker = config.documentWorker ?? documentWorkerEntry(import.meta.url);
  const documentReaders = { background: createDocumentReader(documentWorker), shown: createDocumentReader(documentWorker) };
  const systemKey = openSystemKey(store.read);
  const keyFolder = keyFolderOf(config.profileDir, profile.value.mode);
  parts.tokenHost.use(await keyPlaces(store.read, config.resourcesDir, keyFolder, await trust()));
  const common = { store, blobs, reference, clock, newId, court, training };
  const stamping = config.timestampAuthority ?? authority.value;
  const timestamps =
    stamping &&
    createTimestampClient({
      url: stamping.url,
      tokenPolicy: stamping.policy,
      ...{ hosts: allowed, clock, random: randomBytes, trust, policy: policy.value, timeoutMs: STAMPING_MS },
    });
  const acts: ActsParts = {
    ...common,
    resourcesDir: config.resourcesDir,
    tokenHost: parts.tokenHost,
    policy: policy.value,
    trust,
    sealing: { policy: policy.value, trust, clock, timestamps, evidence },
    level: stamping?.level ?? 'B',
  };
  return ok({
    profile: { ...profile.value, court },
    store,
    blobs,
    reference,
    client,
    leases,
    sessions,
    policy: policy.value,
    systemKey,
    config,
    trust,
    evidence,
    evidenceChanged: watchEvidence(trust, evidence),
    registration: {
      ...common,
      fontsDir: path.join(config.resourcesDir, 'fonts'),
      talonLayout: () => readTalonLayout(config.resourcesDir, paths.templates),
      systemKey,
    },
    proceedings: { ...common, fontsDir: path.join(config.resourcesDir, 'fonts') },
    dispatch: { ...common, fontsDir: path.join(config.resourcesDir, 'fonts') },
    acts,
    documentReaders,
    paper: { ...common, pictures, scanners, scanned: new Set() },
    batches: { ...acts, claimBatch: () => claimFile(paths.batchLock) },
    adopt: (tx, state) => adoptRegistryState(tx, state, clock()),
    verify: (filingId) =>
      verifyFiling(
        {
          store,
          blobs,
          reference,
          court: court.code,
          clock,
          newId,
          policy: policy.value,
          trust,
          evidence,
          ...(worker ? { verify: worker.verify } : {}),
        },
        filingId,
      ),
    close: () => {
      leases.stop();
      pictures.close();
      scanners.stop();
      sessions.close();
      void worker?.close();
      void documentReaders.background.close();
      void documentReaders.shown.close();
      evidence.stop();
      timestamps?.stop();
      void tls.value?.destroy();
      store.close();
    },
  });
}
