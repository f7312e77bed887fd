import fs from 'node:fs';
import path from 'node:path';
import type { SignInOption } from '../../shared/contract/index.ts';
import { ROLES, type Role } from '../../shared/domain/role.ts';
import { fail, type Failure } from '../../shared/result.ts';
import { certificateLine } from '../acts/index.ts';
import { readCertificate, type CertificateFacts } from '../signature/index.ts';
import { readSetting } from '../store/index.ts';
import type { FoundKey, KeyRef, TokenHost } from '../token/index.ts';
import { certificateEnd } from './certificate-end.ts';
import type { Desk } from './desk.ts';
import { keyFolderOf } from './key-places.ts';
import { KEY_CERTIFICATES, KEY_OWNERS, listedUser, readUser } from './session.ts';
import { keyIdOf } from './signing-keys.ts';

/** A way to sign in, where its key lies, and the SHA-256 of the certificate that it shows before it is opened; all but the first stay with the core. */
export type SignInWay = { readonly option: SignInOption; readonly key: KeyRef; readonly certificate: string | null };

export type SignInWays = {
  /** What is on tokens now comes first, then the key files of this desk. */
  list(): Promise<readonly SignInWay[]>;
  /** Null when it is not here any more. */
  find(optionId: string): Promise<SignInWay | null>;
};

/** A slow module keeps nobody from choosing a key file. */
const PATIENCE_MS = 1_500;

/** `later` hears when a module that took its time has told of other keys than those that were answered. */
export function createSignInWays(desk: Desk, tokenHost: TokenHost, later: () => void): SignInWays {
  let known: readonly SignInWay[] = [];

  async function onTokens(patienceMs: number): Promise<readonly SignInWay[]> {
    let answered: readonly SignInWay[] | null = null;
    const looked = tokenHost.list().then((found) => {
      known = found.ok ? tokenWays(desk, found.value) : [];
      if (answered && idsOf(answered) !== idsOf(known)) later();
      return known;
    });
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<readonly SignInWay[]>((resolve) => (timer = setTimeout(() => resolve(known), patienceMs)));
    answered = await Promise.race([looked, enough]);
    clearTimeout(timer);
    return answered;
  }

  return {
    list: async () => [...(await onTokens(PATIENCE_MS)), ...fileWays(desk)],
    async find(optionId) {
      // a key file is the name of a file right in the folder, and nothing else
      const file = fileWays(desk).find(({ option }) => option.id === optionId);
      if (file) return file;
      const seen = known.find(({ option }) => option.id === optionId);
      return seen ?? (await onTokens(PATIENCE_MS)).find(({ option }) => option.id === optionId) ?? null;
    },
  };
}

const idsOf = (ways: readonly SignInWay[]): string => ways.map(({ option }) => option.id).join();

function fileWays(desk: Desk): SignInWay[] {
  const folder = keyFolderOf(desk.config.profileDir, desk.profile.mode);
  if (!fs.existsSync(folder)) return [];
  const owners = readSetting<Record<string, string>>(desk.store.read, KEY_OWNERS) ?? {};
  const certificates = readSetting<Record<string, string>>(desk.store.read, KEY_CERTIFICATES) ?? {};
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.p12'))
    .sort()
    .map((id) => {
      const user = owners[id] ? readUser(desk.store.read, owners[id]) : null;
      const option = {
        ...{ id, name: user?.name ?? id.replace(/\.p12$/, ''), token: null, refusal: null },
        ...{ roles: [...(user?.roles ?? [])], training: desk.profile.mode === 'training', lastSignInAt: user?.lastSignInAt ?? null },
        certificate: user && certificateEnd(desk, user.id, certificates[id] ?? null),
      };
      return { option, key: { kind: 'pkcs12' as const, file: path.join(folder, id) }, certificate: null };
    })
    .sort((a, b) => roleOrder(a.option.roles) - roleOrder(b.option.roles));
}
const roleOrder = (roles: readonly Role[]) => (roles[0] ? ROLES.indexOf(roles[0]) : ROLES.length);

/** One way for each person and token: a key that is for signing in alone goes before one that signs acts too, one that may be used before one that may not. */
function tokenWays(desk: Desk, found: readonly FoundKey[]): SignInWay[] {
  const ways = new Map<string, { way: SignInWay; rank: number }>();
  for (const key of found) {
    if (key.ref.kind !== 'pkcs11' || !key.certificate) continue;
    const facts = readCertificate(key.certificate);
    if (facts && !facts.keyUsage?.has('digitalSignature')) continue;
    const way = tokenWay(desk, key, key.certificate, facts);
    const name = JSON.stringify([key.ref.module, key.ref.tokenSerial, way.option.name]);
    const rank = (way.option.refusal ? 2 : 0) + (facts?.keyUsage?.has('nonRepudiation') ? 1 : 0);
    if (rank < (ways.get(name)?.rank ?? Infinity)) ways.set(name, { way, rank });
  }
  return [...ways.values()].sort((a, b) => Math.floor(a.rank / 2) - Math.floor(b.rank / 2)).map(({ way }) => way);
}

function tokenWay(desk: Desk, key: FoundKey, certificate: Uint8Array, facts: CertificateFacts | null): SignInWay {
  const listed = facts && listedUser(desk.store.read, facts.sha256);
  const user = listed && readUser(desk.store.read, listed.id);
  const option = {
    ...{ id: keyIdOf(key.ref), name: user?.name ?? certificateLine(certificate)?.owner ?? key.label, token: key.label },
    ...{ roles: [...(user?.roles ?? [])], training: desk.profile.mode === 'training', lastSignInAt: user?.lastSignInAt ?? null },
    certificate: user && facts && certificateEnd(desk, user.id, facts.sha256),
    refusal: refusalOf(key, facts, listed, desk.config.clock()),
  };
  return { option, key: key.ref, certificate: facts?.sha256 ?? null };
}

/** What the certificate itself shows; the rest is judged when it is signed in with. */
function refusalOf(
  key: FoundKey,
  facts: CertificateFacts | null,
  listed: { readonly active: boolean } | null,
  now: string,
): Failure | null {
  if (key.tries === 'locked') return fail('pin-locked').error;
  if (!facts) return fail('certificate-unfit', { reason: 'format' }).error;
  if (!listed) return fail('user-unknown').error;
  if (!listed.active) return fail('user-inactive').error;
  if (facts.validity.to < now) return fail('certificate-unfit', { reason: 'expired' }).error;
  if (facts.validity.from > now) return fail('certificate-unfit', { reason: 'not-yet-valid' }).error;
  return facts.key.kind === 'rsa' || facts.key.kind === 'ec' ? null : fail('key-algorithm-unsupported').error;
}
