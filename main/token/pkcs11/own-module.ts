import { createHash, type X509Certificate } from 'node:crypto';
import type { Handle, PKCS11 } from 'pkcs11js';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { attributeOf, CK, findObjects, initialize, isTrue, loadCryptoki, tokenIn, type PresentToken } from './cryptoki.ts';
import { certificateKey, issuersOf, readable } from './certificate-key.ts';
import { OpenKey } from './open-key.ts';
import type { KeyName, LocatedKey, ModuleOwner, ModuleSight, OpenedKey, SeenToken } from './module-owner.ts';
import { failureOf, returnValueOf } from './return-codes.ts';
import { triesLeft } from './token-tries.ts';

const LOOK_EVERY_MS = 1_000;
/** A key that nobody signs with is closed: the PIN was given for an act or a batch, not for the day. */
const IDLE_MS = 120_000;

type Owned = { readonly owner: Promise<Result<Owner>>; users: number };
const ownedHere = new Map<string, Owned>();

/** Loads a module into this very process, once however often it is asked for; it is unloaded when its last user has ended it. */
export async function ownModule(file: string): Promise<Result<ModuleOwner>> {
  const owned = ownedHere.get(file) ?? { owner: load(file), users: 0 };
  ownedHere.set(file, owned);
  owned.users += 1;
  const owner = await owned.owner;
  if (!owner.ok) ownedHere.delete(file);
  return owner;
}

async function load(file: string): Promise<Result<Owner>> {
  try {
    return ok(new Owner(file, await loadCryptoki(file)));
  } catch (error) {
    return returnValueOf(error) === null ? fail('driver-missing', { reason: 'unloadable' }) : failureOf(error, 'finding');
  }
}

type TokenCertificate = { readonly id: string; readonly x509: X509Certificate };

class Owner implements ModuleOwner {
  private readonly file: string;
  private readonly cryptoki: PKCS11;
  private readonly sessions = new Map<number, OpenKey>();
  private readonly idle = new WeakMap<OpenKey, NodeJS.Timeout>();
  private readonly listeners = new Set<() => void>();
  private timer: NodeJS.Timeout | null = null;
  private lastSession = 0;
  private lastSeen = '';
  private hasSlotEvents = true;
  /** A token failed: some modules do not see it again before they are initialised anew. */
  private stale = false;

  constructor(file: string, cryptoki: PKCS11) {
    this.file = file;
    this.cryptoki = cryptoki;
  }

  async survey(): Promise<Result<ModuleSight>> {
    return this.finding(() => {
      const slots = this.slots();
      return ok({ slots: slots.length, tokens: this.tokens(slots).flatMap((token) => this.lookInto(token) ?? []) });
    });
  }

  async locate(key: KeyName): Promise<Result<LocatedKey>> {
    return this.finding(() => {
      const found = this.find(key);
      if (!found.ok) return found;
      const { token, certificate, all } = found.value;
      const { flags } = token.info;
      const chain = issuersOf(
        certificate,
        all.map(({ x509 }) => x509),
      );
      return ok({
        tries: triesLeft(flags),
        protectedPath: (flags & CK.protectedPath) !== 0,
        certificate: certificate.raw,
        chain: chain.map(({ raw }) => raw),
      });
    });
  }

  async open(key: KeyName, pin: Uint8Array): Promise<Result<OpenedKey>> {
    const typed = Buffer.from(pin.buffer, pin.byteOffset, pin.byteLength);
    try {
      return this.finding(() => this.openFound(key, typed));
    } finally {
      typed.fill(0);
    }
  }

  async sign(session: number, tbs: Uint8Array): Promise<Result<Uint8Array>> {
    const key = this.sessions.get(session);
    if (!key) return fail('token-removed');
    this.closeWhenIdle(key);
    const signed = key.sign(tbs);
    return signed.ok ? signed : this.named(key.token, signed);
  }

  async close(session: number): Promise<void> {
    this.sessions.get(session)?.close();
    this.sessions.delete(session);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    if (!this.timer) {
      this.lastSeen = this.look();
      this.timer = setInterval(() => this.tick(), LOOK_EVERY_MS);
      this.timer.unref();
    }
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0 || !this.timer) return;
      clearInterval(this.timer);
      this.timer = null;
    };
  }

  end(): void {
    const owned = ownedHere.get(this.file);
    if (owned && --owned.users > 0) return;
    ownedHere.delete(this.file);
    if (this.timer) clearInterval(this.timer);
    this.listeners.clear();
    for (const key of this.sessions.values()) key.close();
    this.sessions.clear();
    attempt(() => this.cryptoki.C_Finalize());
  }

  private openFound(key: KeyName, pin: Buffer): Result<OpenedKey> {
    const found = this.find(key);
    if (!found.ok) return found;
    const { token, certificate } = found.value;
    const publicHalf = certificateKey(certificate.raw);
    if (!publicHalf.ok) return publicHalf;
    const opened = OpenKey.open(this.cryptoki, token, { id: key.id, certificate: publicHalf.value, pin });
    if (!opened.ok) return this.named(token, opened);
    const session = ++this.lastSession;
    this.sessions.set(session, opened.value);
    this.closeWhenIdle(opened.value);
    return ok({ session, algorithm: publicHalf.value.algorithm, signsOnce: opened.value.signsOnce });
  }

  /** What the token itself says after a failure: how near it is to being locked, or that it is gone. */
  private named(token: PresentToken, failed: Extract<Result<never>, { ok: false }>): Extract<Result<never>, { ok: false }> {
    const now = attempt(() => tokenIn(this.cryptoki, token.slot));
    if (!now) {
      this.stale = true;
      return failed.error.code === 'pin-locked' ? failed : fail('token-removed');
    }
    if (failed.error.code !== 'pin-wrong') return failed;
    const tries = triesLeft(now.info.flags);
    return tries === 'locked' ? fail('pin-locked') : fail('pin-wrong', { tries: tries === 'first' ? 'unknown' : tries });
  }

  private find(key: KeyName): Result<{ token: PresentToken; certificate: X509Certificate; all: TokenCertificate[] }> {
    const slots = this.slots();
    if (slots.length === 0) return fail('reader-absent');
    const token = this.tokens(slots).find(({ name }) => name.serial === key.tokenSerial && name.label === key.tokenLabel);
    if (!token) return fail('token-absent');
    // PKCS#11 logs a whole process in to a token: a second login would take the first for granted, its end would end both
    if ([...this.sessions.values()].some((other) => !other.isEnded && sameToken(other.token, token))) return fail('token-busy');
    const all = this.certificatesOn(token).certificates;
    const certificate = all.find(({ id, x509 }) => id === key.id && sha256(x509.raw) === key.certificate)?.x509;
    return certificate ? ok({ token, certificate, all }) : fail('certificate-unfit', { reason: 'no-match' });
  }

  private slots(): Handle[] {
    // a module that is asked for the list of all its slots looks at its readers anew
    if (this.stale && this.openCount() === 0) this.initializeAnew();
    return this.cryptoki.C_GetSlotList(false);
  }

  private initializeAnew(): void {
    attempt(() => this.cryptoki.C_Finalize());
    initialize(this.cryptoki);
    this.stale = false;
  }

  /** One failing token hides no other. */
  private tokens(slots: readonly Handle[]): PresentToken[] {
    return slots.flatMap((slot) => {
      try {
        return tokenIn(this.cryptoki, slot) ?? [];
      } catch (error) {
        if (returnValueOf(error) === null) throw error;
        this.stale = true;
        return [];
      }
    });
  }

  private lookInto(token: PresentToken): SeenToken | null {
    try {
      const { certificates, eachTime } = this.certificatesOn(token);
      return {
        ...token.name,
        tries: triesLeft(token.info.flags),
        protectedPath: (token.info.flags & CK.protectedPath) !== 0,
        certificates: certificates
          .filter(({ id, x509 }) => id !== '' && !x509.ca)
          .map(({ id, x509 }) => ({ id, certificate: x509.raw, alwaysAuthenticate: eachTime.has(id) })),
      };
    } catch (error) {
      if (returnValueOf(error) === null) throw error;
      this.stale = true;
      return null;
    }
  }

  private certificatesOn(token: PresentToken): { certificates: TokenCertificate[]; eachTime: Set<string> } {
    const { cryptoki } = this;
    const session = cryptoki.C_OpenSession(token.slot, CK.serialSession);
    try {
      const idOf = (object: Handle) => attributeOf(cryptoki, session, object, CK.attributeId)?.toString('hex') ?? '';
      const of = (kind: number) => findObjects(cryptoki, session, [{ type: CK.attributeClass, value: kind }]);
      const certificates = of(CK.objectCertificate).flatMap((object) => {
        const value = attributeOf(cryptoki, session, object, CK.attributeValue);
        const x509 = value && readable(value);
        return x509 ? [{ id: idOf(object), x509 }] : [];
      });
      const eachTime = of(CK.objectPrivateKey).filter((key) => isTrue(attributeOf(cryptoki, session, key, CK.attributeAlwaysAuthenticate)));
      return { certificates, eachTime: new Set(eachTime.map(idOf)) };
    } finally {
      attempt(() => cryptoki.C_CloseSession(session));
    }
  }

  private finding<T>(work: () => Result<T>): Result<T> {
    try {
      return work();
    } catch (error) {
      this.stale = true;
      return failureOf(error, 'finding');
    }
  }

  private closeWhenIdle(key: OpenKey): void {
    clearTimeout(this.idle.get(key));
    const timer = setTimeout(() => key.end(fail('pin-idle')), IDLE_MS);
    timer.unref();
    this.idle.set(key, timer);
  }

  private openCount(): number {
    return [...this.sessions.values()].filter(({ isEnded }) => !isEnded).length;
  }

  private tick(): void {
    const event = this.slotEvent();
    const seen = this.look();
    if (!event && seen === this.lastSeen) return;
    this.lastSeen = seen;
    for (const listener of this.listeners) listener();
  }

  /** Not every module has events; where they are missing, and beside them, the slots themselves are looked at. */
  private slotEvent(): boolean {
    if (!this.hasSlotEvents) return false;
    try {
      return this.cryptoki.C_WaitForSlotEvent(CK.dontBlock) !== null;
    } catch {
      this.hasSlotEvents = false;
      return false;
    }
  }

  /** The tokens present, as a text to compare. A key whose token is gone is forgotten here. */
  private look(): string {
    const tokens = attempt(() => this.tokens(this.slots())) ?? [];
    for (const key of this.sessions.values()) {
      if (!tokens.some((token) => sameToken(token, key.token))) key.end(fail('token-removed'));
    }
    return tokens
      .map(({ name }) => JSON.stringify(name))
      .sort()
      .join();
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const sameToken = (a: PresentToken, b: PresentToken): boolean => a.name.serial === b.name.serial && a.name.label === b.name.label;

function attempt<T>(call: () => T): T | null {
  try {
    return call();
  } catch {
    return null;
  }
}
