import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import path from 'node:path';
import type { CertificateEnd, Session } from '../../shared/contract/index.ts';
import { ROLES, type Role } from '../../shared/domain/role.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import { sha256OfPem } from '../acts/index.ts';
import { checkCertificate } from '../signature/index.ts';
import { readSetting, writeSetting, type Reading } from '../store/index.ts';
import type { KeyRef, SigningDisplay, TokenHost } from '../token/index.ts';
import type { Desk } from './desk.ts';
import { keyFolderOf } from './key-places.ts';
import { noteRefused } from './refused-sign-in.ts';
import { isRevokedHere, mayBeginOffline, noteRevoked, noteTime } from './offline-sign-in.ts';

export type User = { readonly id: string; readonly name: string; readonly roles: readonly Role[]; readonly lastSignInAt: string | null };

/** With the SHA-256 of the certificate that the key has shown. */
export type ProvedUser = User & { readonly certificate: string };

type UserRow = { id: string; name: string; roles: string; certificates: string; active: number; last_sign_in_at: string | null };
const toUser = (r: UserRow): User => ({
  id: r.id,
  name: r.name,
  roles: ROLES.filter((role) => (JSON.parse(r.roles) as string[]).includes(role)),
  lastSignInAt: r.last_sign_in_at,
});

export function readUser(read: Reading, id: string): User | null {
  const row = read.get<UserRow>('SELECT * FROM app_user WHERE id = ? AND active = 1', id);
  return row ? toUser(row) : null;
}

/** Who may sign in: active, with something to do here. */
function userAtWork(read: Reading, id: string): Result<User> {
  const user = readUser(read, id);
  if (!user) return fail('user-inactive');
  return user.roles.length === 0 ? fail('role-not-allowed') : ok(user);
}

/** Whose certificate this is, by the SHA-256 of its DER; who is active comes before who is not. */
export const listedUser = (read: Reading, sha256: string): { readonly id: string; readonly active: boolean } | null =>
  read
    .all<UserRow>('SELECT * FROM app_user ORDER BY active DESC')
    .filter((user) => (JSON.parse(user.certificates) as string[]).some((pem) => sha256OfPem(pem) === sha256))
    .map(({ id, active }) => ({ id, active: active === 1 }))[0] ?? null;

/**
 * Sign-in: the person's key signs the mandate of a new session. Its certificate must be one that the registry lists for an active
 * person of this court, and not be known unfit. Revocation that cannot be learnt offline does not lock the office out. The session is
 * open afterwards; with a line the registry has taken it. Errors also: why it has not. A key that is not let in stands in the journal.
 */
export async function proveUser(
  desk: Desk,
  tokenHost: TokenHost,
  key: KeyRef,
  display: Omit<SigningDisplay, 'purpose' | 'sha256'>,
): Promise<Result<ProvedUser>> {
  const opened = await tokenHost.open(key, { purpose: 'sign-in', ...display, sha256: null });
  if (!opened.ok) return opened;
  try {
    const certificate = opened.value.certificate;
    const sha256 = createHash('sha256').update(certificate).digest('hex');
    const refused = (failed: { ok: false; error: Failure }) => {
      noteRefused(desk, failed.error, sha256);
      return failed;
    };
    const listed = listedUser(desk.store.read, sha256);
    if (!listed) return refused(fail('user-unknown'));
    const user = userAtWork(desk.store.read, listed.id);
    if (!user.ok) return refused(user);
    const verdict = await checkCertificate({ certificate, trust: await desk.trust(), at: desk.config.clock(), policy: desk.policy });
    if (verdict.verdict !== 'valid' && verdict.subIndication !== 'TRY_LATER')
      return refused(fail('certificate-unfit', { reason: verdict.subIndication ?? '' }));
    const prepared = await desk.sessions.prepare(listed.id);
    const withoutLine = () =>
      isRevokedHere(desk.store.read) ? fail('workstation-revoked') : mayBeginOffline(desk.store.read, listed.id, desk.config.clock());
    if (prepared.revoked) noteRevoked(desk.store, desk.config.clock());
    const allowed = prepared.online ? ok(null) : withoutLine();
    if (!allowed.ok) return refused(allowed);
    const signature = await opened.value.sign(prepared.text);
    if (!signature.ok) return signature;
    const publicKey = createPublicKey(new X509Certificate(Buffer.from(certificate)).publicKey.export({ type: 'spki', format: 'pem' }));
    if (!verify('sha256', prepared.text, publicKey, signature.value)) return refused(fail('challenge-failed'));
    const begun = await desk.sessions.begin(prepared, { certificate, signature: signature.value }, withoutLine);
    if (!begun.ok && begun.error.code === 'workstation-revoked') noteRevoked(desk.store, desk.config.clock());
    if (!begun.ok) return refused(begun);
    desk.store.write((tx) => noteTime(tx, desk.config.clock(), begun.value.taken));
    // the PIN may have taken long enough for the registry to tell otherwise
    const now = userAtWork(desk.store.read, listed.id);
    if (now.ok) return ok({ ...now.value, certificate: sha256 });
    desk.sessions.end(listed.id);
    return refused(now);
  } finally {
    await opened.value.close();
  }
}

/** Whose key a key file holds and which certificate it shows, by file name: known from the kit or since its first use here. */
export const KEY_OWNERS = 'key.owners';
export const KEY_CERTIFICATES = 'key.certificates';

/** Journals a sign-in and remembers whose a key file is and what it shows. */
export function recordSignIn(desk: Desk, user: ProvedUser, key: KeyRef): void {
  const at = desk.config.clock();
  desk.store.write((tx) => {
    tx.run('UPDATE app_user SET last_sign_in_at = ? WHERE id = ?', at, user.id);
    if (key.kind === 'pkcs12' && path.dirname(key.file) === keyFolderOf(desk.config.profileDir, desk.profile.mode)) {
      const remember = (setting: string, value: string) =>
        writeSetting(tx, setting, { ...readSetting<Record<string, string>>(tx, setting), [path.basename(key.file)]: value });
      remember(KEY_OWNERS, user.id);
      remember(KEY_CERTIFICATES, user.certificate);
    }
    tx.journal({ at, actor: user.id, action: 'session.signed-in', subject: null, details: {} });
  });
}

/** The session of the one window of this desk. It lives in memory: a restart asks for the key again. */
export class SessionHolder {
  private current: {
    user: User;
    activeRole: Role;
    locked: boolean;
    lockedBy: NonNullable<Session['lockedBy']> | null;
    signedInAt: string;
    key: KeyRef;
    certificate: CertificateEnd | null;
    over?: NonNullable<Session['over']>;
  } | null = null;
  private readonly changed: (session: Session | null) => void;

  constructor(changed: (session: Session | null) => void) {
    this.changed = changed;
  }

  get(): Session | null {
    const c = this.current;
    return c
      ? {
          userId: c.user.id,
          name: c.user.name,
          roles: [...c.user.roles],
          activeRole: c.activeRole,
          locked: c.locked,
          ...(c.lockedBy === null ? {} : { lockedBy: c.lockedBy }),
          signedInAt: c.signedInAt,
          lastSignInAt: c.user.lastSignInAt,
          ...(c.certificate === null ? {} : { certificate: c.certificate }),
          ...(c.over === undefined ? {} : { over: c.over }),
        }
      : null;
  }

  /** Why nothing may be done in the name of this person any more; null while their session is open. */
  whyOver(userId: string): Failure | null {
    if (this.current?.user.id !== userId) return fail('not-signed-in').error;
    return this.current.locked ? fail('session-locked').error : null;
  }

  /** Why nobody is there any more for the answer to what was asked in a session: it is over, locked, or goes on in another role. */
  whyLeft({ userId, signedInAt, activeRole }: Session): Failure | null {
    const over = this.whyOver(userId);
    if (over) return over;
    if (this.current?.signedInAt !== signedInAt) return fail('not-signed-in').error;
    return this.current.activeRole === activeRole ? null : fail('role-not-allowed').error;
  }

  /** The key that this session was opened with. */
  key(): KeyRef | null {
    return this.current?.key ?? null;
  }

  begin(user: User, key: KeyRef, at: string, certificate: CertificateEnd | null = null): Result<Session> {
    const activeRole = user.roles[0];
    if (!activeRole) return fail('role-not-allowed');
    this.current = { user, activeRole, locked: false, lockedBy: null, signedInAt: at, key, certificate };
    return this.tell();
  }

  setLocked(locked: boolean, lockedBy: NonNullable<Session['lockedBy']> | null = null): Result<Session> {
    if (!this.current) return fail('not-signed-in');
    this.current = { ...this.current, locked, lockedBy };
    return this.tell();
  }

  /** The person is told why it is over. */
  setOver(over: NonNullable<Session['over']>): void {
    if (!this.current) return;
    this.current = { ...this.current, over };
    this.tell();
  }

  /** The registry gave the person other roles; false when none is left. */
  takeUser(user: User): boolean {
    if (!this.current) return true;
    const { activeRole, user: before } = this.current;
    const role = user.roles.includes(activeRole) ? activeRole : user.roles[0];
    if (role === undefined) return false;
    if (user.name === before.name && user.roles.join() === before.roles.join()) return true;
    this.current = { ...this.current, user: { ...user, lastSignInAt: before.lastSignInAt }, activeRole: role };
    this.tell();
    return true;
  }

  useRole(role: Role): Result<Session> {
    if (!this.current) return fail('not-signed-in');
    if (!this.current.user.roles.includes(role)) return fail('role-not-allowed');
    this.current = { ...this.current, activeRole: role, certificate: null };
    return this.tell();
  }

  end(): void {
    this.current = null;
    this.changed(null);
  }

  private tell(): Result<Session> {
    const session = this.get()!;
    this.changed(session);
    return ok(session);
  }
}
