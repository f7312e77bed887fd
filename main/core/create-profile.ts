import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Dispatcher } from 'undici';
import { courtSystemName } from '../../shared/domain/court-system-name.ts';
import type { Court, EnrolAnswer } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import {
  createDataKey,
  openStore,
  profileExists,
  profilePaths,
  writeFileAtomically,
  writeProfile,
  writeSetting,
  type KeyProtector,
  type Store,
} from '../store/index.ts';
import { createRegistryClient, enrolWorkstation, openRegistryTls, type RegistryTls, type WorkstationIdentity } from '../sync/index.ts';
import {
  courtSystemSigner,
  createTrainingKit,
  installTrainingKit,
  kitUsers,
  parseTrainingKit,
  type TrainingKit,
} from '../training/index.ts';
import { selfSignedCertificate } from './self-signed-certificate.ts';
import { KEY_OWNERS } from './session.ts';
import { SYSTEM_KEY_SETTING, type StoredSystemKey } from './system-key.ts';
import { talonTrustDir } from './talon-trust.ts';

const SYSTEM_KEY_YEARS = 3;

export type NewProfile = {
  readonly profileDir: string;
  readonly registryUrl: string;
  readonly registryTls?: RegistryTls;
  readonly enrolmentCode: string;
  readonly training: boolean;
  readonly protector: KeyProtector;
  readonly clock: () => string;
  readonly newId: () => string;
};

/**
 * Enrols this workstation with the court's code and makes its profile. The profile exists once `profile.json` is written, the last step;
 * whatever an interrupted attempt left is swept away by the next. Errors: `profile-exists`, those of the registry.
 */
export async function createProfile(input: NewProfile): Promise<Result<{ workstationId: string; court: Court }>> {
  if (profileExists(input.profileDir)) return fail('profile-exists');
  const tls = openRegistryTls(input.registryTls);
  if (!tls.ok) return tls;
  const dispatcher = tls.value ?? undefined;
  const { privateKey } = generateKeyPairSync('ed25519');
  const jwk = privateKey.export({ format: 'jwk' }) as WorkstationIdentity['privateKey'];
  const publicKey = { kty: 'OKP' as const, crv: 'Ed25519' as const, x: jwk.x };
  const request = { code: input.enrolmentCode, name: os.hostname().slice(0, 200), training: input.training, publicKey };
  const enrolled = await enrolWorkstation(input.registryUrl, request, dispatcher);
  if (!enrolled.ok) return enrolled;
  const identity: WorkstationIdentity = {
    workstationId: enrolled.value.workstationId,
    privateKey: { kty: 'OKP', crv: 'Ed25519', x: jwk.x, d: jwk.d },
  };

  sweepUnfinished(input.profileDir);
  const paths = profilePaths(input.profileDir);
  const opened = openStore(paths.database, createDataKey(input.profileDir, input.protector));
  if (!opened.ok) return opened;
  const store = opened.value;
  try {
    const filled = input.training ? await fillTraining(input, store, identity, dispatcher) : fillReal(input, store, enrolled.value);
    if (!filled.ok) return filled;
    store.write((tx) => writeSetting(tx, 'workstation.identity', identity));
  } finally {
    store.close();
  }
  writeProfile(input.profileDir, {
    format: 1,
    mode: enrolled.value.mode,
    court: enrolled.value.court,
    workstationId: identity.workstationId,
    registryUrl: input.registryUrl,
    ...(input.registryTls === undefined ? {} : { registryTls: input.registryTls }),
    createdAt: input.clock(),
  });
  return ok({ workstationId: identity.workstationId, court: enrolled.value.court });
}

/** Only what a profile is made of, and only where no profile is. */
function sweepUnfinished(dir: string): void {
  const paths = profilePaths(dir);
  for (const file of [paths.key, paths.database, `${paths.database}-wal`, `${paths.database}-shm`]) fs.rmSync(file, { force: true });
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
}

/** The first desk makes the kit and leaves it at the training registry; every desk of that registry uses the same. */
async function fillTraining(
  input: NewProfile,
  store: Store,
  identity: WorkstationIdentity,
  dispatcher: Dispatcher | undefined,
): Promise<Result<null>> {
  const line = dispatcher === undefined ? {} : { dispatcher };
  const client = createRegistryClient({ url: input.registryUrl, identity, newId: input.newId, ...line });
  let held = await client.trainingKit();
  if (held.ok && held.value === null) {
    const own = await createTrainingKit({ now: input.clock(), newId: input.newId });
    held = await client.leaveTrainingKit({ users: kitUsers(own), kit: own });
  }
  if (!held.ok) return held;
  const kit = parseTrainingKit(held.value?.kit);
  if (!kit) return fail('registry-answer-malformed');
  await installTrainingKit(profilePaths(input.profileDir).training, kit, input.clock());
  const system = courtSystemSigner(kit);
  keepSystemKey(input.profileDir, store, {
    certificate: base64(system.certificate),
    chain: system.chain.map(base64),
    privateKeyPem: system.privateKeyPem,
  });
  store.write((tx) => writeSetting(tx, KEY_OWNERS, keyOwners(kit)));
  return ok(null);
}

const keyOwners = (kit: TrainingKit): Record<string, string> => Object.fromEntries(kitUsers(kit).map((u) => [`${u.roles[0]}.p12`, u.id]));

/** A court's workstation seals its talons with a key of its own; its certificate is laid out for those who check talons. */
function fillReal(input: NewProfile, store: Store, enrolled: EnrolAnswer): Result<null> {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const from = input.clock();
  const to = new Date(Date.parse(from) + SYSTEM_KEY_YEARS * 365 * 24 * 3_600_000).toISOString();
  const certificate = selfSignedCertificate({
    key,
    commonName: courtSystemName(enrolled.court.code),
    organisation: enrolled.court.nameRu,
    from,
    to,
  });
  keepSystemKey(input.profileDir, store, {
    certificate: base64(certificate),
    chain: [],
    privateKeyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
  return ok(null);
}

function keepSystemKey(profileDir: string, store: Store, key: StoredSystemKey): void {
  store.write((tx) => writeSetting(tx, SYSTEM_KEY_SETTING, key));
  writeFileAtomically(path.join(talonTrustDir(profileDir), 'court-system.crt'), Buffer.from(key.certificate, 'base64'), 0o644);
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
