import { createHash } from 'node:crypto';
import path from 'node:path';
import type { KeyChoice, SigningKeys } from '../../shared/contract/index.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import { certificateLine, fitForSigning } from '../acts/index.ts';
import { readCertificate } from '../signature/index.ts';
import { readSetting, type Reading } from '../store/index.ts';
import type { FoundKey, KeyRef, NcaLayerRef, SigningKeyRef, TokenHost } from '../token/index.ts';
import type { Desk } from './desk.ts';
import { KEY_OWNERS, listedUser, readUser, type User } from './session.ts';

const DAY_MS = 86_400_000;

/** Says which key without saying where it lies. */
export const keyIdOf = (ref: SigningKeyRef): string => createHash('sha256').update(JSON.stringify(ref)).digest('hex').slice(0, 32);

/** Every key that is here now, with its owner and, where this judge cannot sign with it, why. Nobody is asked for a PIN. */
export async function listSigningKeys(desk: Desk, tokenHost: TokenHost, userId: string): Promise<SigningKeys> {
  const [found, program] = await Promise.all([tokenHost.list(), tokenHost.findProgram()]);
  const keys: KeyChoice[] = [];
  if (program.ok) for (const key of keysBehind(desk, program.value, userId)) keys.push(await choiceBehind(desk, key, userId));
  if (!found.ok && keys.length === 0) return { keys: [], problem: found.error };
  if (found.ok) for (const key of found.value) keys.push(await choiceOf(desk, key, userId));
  // what can be chosen comes first: tokens, NCALayer, files
  const rank = (key: KeyChoice) => (key.refusal ? 3 : 0) + KINDS.indexOf(key.kind);
  return { keys: keys.sort((a, b) => rank(a) - rank(b)), problem: null };
}

const KINDS: readonly KeyChoice['kind'][] = ['pkcs11', 'ncalayer', 'pkcs12'];

/** NCALayer shows no key before it signs; so those of this person's certificates that are for signatures are offered, each by itself. */
function keysBehind({ store }: Desk, program: NcaLayerRef, userId: string): NcaLayerRef[] {
  return certificatesOf(store.read, userId)
    .filter((certificate) => readCertificate(certificate)?.keyUsage?.has('nonRepudiation'))
    .map((certificate) => ({ ...program, certificate: Buffer.from(certificate).toString('base64') }));
}

async function choiceBehind(desk: Desk, ref: NcaLayerRef, userId: string): Promise<KeyChoice> {
  const certificate = new Uint8Array(Buffer.from(ref.certificate!, 'base64'));
  const key = { label: 'NCALayer', certificate, tries: 'first', protectedPath: false, alwaysAuthenticate: true } as const;
  return choiceFor(desk, { ...key, ref, owner: readUser(desk.store.read, userId) }, userId);
}

/** The key of this id, if it is still here and this judge may sign with it. */
export async function signingKey(
  desk: Desk,
  tokenHost: TokenHost,
  userId: string,
  keyId: string,
): Promise<Result<{ readonly ref: SigningKeyRef; readonly choice: KeyChoice }>> {
  const [found, program] = await Promise.all([tokenHost.list(), tokenHost.findProgram()]);
  const behind = program.ok ? keysBehind(desk, program.value, userId).find((ref) => keyIdOf(ref) === keyId) : undefined;
  if (!behind && !found.ok) return found;
  const key = found.ok ? found.value.find(({ ref }) => keyIdOf(ref) === keyId) : undefined;
  if (!behind && !key) return fail('token-removed');
  const choice = behind ? await choiceBehind(desk, behind, userId) : await choiceOf(desk, key!, userId);
  return choice.refusal ? { ok: false, error: choice.refusal } : ok({ ref: behind ?? key!.ref, choice });
}

function choiceOf(desk: Desk, key: FoundKey, userId: string): Promise<KeyChoice> {
  const certificate = key.certificate ?? onlyCertificateOf(desk, key.ref);
  const owner = certificate ? ownerOf(desk, certificate) : ownerOfFile(desk, key.ref);
  return choiceFor(desk, { ...key, owner, judged: certificate }, userId);
}

/** `judged`: the certificate that is not shown by the key but known to be its only one. */
type Offered = Omit<FoundKey, 'ref'> & { readonly ref: SigningKeyRef; readonly owner: User | null; readonly judged?: Uint8Array | null };

async function choiceFor(desk: Desk, { owner, judged, ...key }: Offered, userId: string): Promise<KeyChoice> {
  const certificate = judged ?? key.certificate;
  const line = certificate && certificateLine(certificate);
  const now = desk.config.clock();
  return {
    id: keyIdOf(key.ref),
    kind: key.ref.kind,
    label: key.label,
    owner: owner?.name ?? line?.owner ?? null,
    roles: [...(owner?.roles ?? [])],
    issuer: line?.issuer ?? null,
    validUntil: line?.validUntil ?? null,
    daysLeft: line ? Math.floor((Date.parse(line.validUntil) - Date.parse(now)) / DAY_MS) : null,
    certificate: key.certificate && line ? line.sha256 : null,
    tries: key.tries,
    onReader: key.protectedPath,
    asksEachTime: key.alwaysAuthenticate,
    refusal: key.tries === 'locked' ? fail('pin-locked').error : await refusalOf(desk, { certificate, owner, userId, now }),
  };
}

type Judged = { readonly certificate: Uint8Array | null; readonly owner: User | null; readonly userId: string; readonly now: string };

async function refusalOf(desk: Desk, { certificate, owner, userId, now }: Judged): Promise<Failure | null> {
  if (owner && owner.id !== userId) return fail('key-not-of-user').error;
  // a key file that nobody has used here shows its certificate after the PIN
  if (!certificate) return null;
  const facts = readCertificate(certificate);
  if (!facts) return fail('certificate-unfit', { reason: 'format' }).error;
  if (!owner) return fail('key-not-of-user').error;
  if (facts.validity.to < now) return fail('certificate-unfit', { reason: 'expired' }).error;
  if (facts.validity.from > now) return fail('certificate-unfit', { reason: 'not-yet-valid' }).error;
  if (!facts.keyUsage?.has('nonRepudiation')) return fail('certificate-unfit', { reason: 'key-usage' }).error;
  const fit = await fitForSigning(desk.acts, certificate, userId);
  return fit.ok ? null : fit.error;
}

type ListedUser = { readonly id: string; readonly certificates: string };

function ownerOf({ store }: Desk, certificate: Uint8Array): User | null {
  const sha256 = createHash('sha256').update(certificate).digest('hex');
  const listed = listedUser(store.read, sha256);
  return listed ? readUser(store.read, listed.id) : null;
}

/** Whose a key file is, is known since its first use here. */
function ownerOfFile({ store }: Desk, ref: KeyRef): User | null {
  if (ref.kind !== 'pkcs12') return null;
  const id = (readSetting<Record<string, string>>(store.read, KEY_OWNERS) ?? {})[path.basename(ref.file)];
  return id === undefined ? null : readUser(store.read, id);
}

/** A person with one listed certificate has no other to sign with. */
function onlyCertificateOf(desk: Desk, ref: KeyRef): Uint8Array | null {
  const owner = ownerOfFile(desk, ref);
  if (!owner) return null;
  const [certificate, ...more] = certificatesOf(desk.store.read, owner.id);
  return more.length > 0 ? null : (certificate ?? null);
}

/** DER of every certificate that the registry lists for a person. */
function certificatesOf(read: Reading, userId: string): Uint8Array[] {
  const row = read.get<ListedUser>('SELECT id, certificates FROM app_user WHERE id = ?', userId);
  const pems = JSON.parse(row?.certificates ?? '[]') as string[];
  return pems.map((pem) => new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')));
}
