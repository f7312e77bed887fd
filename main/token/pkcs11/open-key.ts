import { verify } from 'node:crypto';
import type { Handle, PKCS11 } from 'pkcs11js';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { CertificateKey } from './certificate-key.ts';
import { attributeOf, CK, findObjects, isTrue, SenselessAnswer, smallNumber, type PresentToken } from './cryptoki.ts';
import { failureOf } from './return-codes.ts';
import { ecdsaDer, ecdsaInput, rsaInput } from './signature-input.ts';

type Failed = Extract<Result<never>, { ok: false }>;

/** Room for every value; one that is too small leaves the operation of a token open (CKR_BUFFER_TOO_SMALL). */
const VALUE_ROOM = 1024;

/**
 * A key that was logged in to: one session, one C_Login. Any failure closes it for good; what it answered then it answers again.
 */
export class OpenKey {
  readonly token: PresentToken;
  readonly signsOnce: boolean;
  private readonly cryptoki: PKCS11;
  private readonly session: Handle;
  private readonly key: Handle;
  private readonly certificate: CertificateKey;
  /** Kept only for a key that wants the PIN with its signature. */
  private pin: Buffer | null;
  private signed = false;
  private ended: Failed | null = null;

  private constructor(
    cryptoki: PKCS11,
    token: PresentToken,
    held: { session: Handle; key: Handle; certificate: CertificateKey; pin: Buffer | null },
  ) {
    this.cryptoki = cryptoki;
    this.token = token;
    this.session = held.session;
    this.key = held.key;
    this.certificate = held.certificate;
    this.pin = held.pin;
    this.signsOnce = held.pin !== null;
  }

  /** Logs in and finds the private key. `pin` stays the caller's, who zeroes it. */
  static open(cryptoki: PKCS11, token: PresentToken, wanted: { id: string; certificate: CertificateKey; pin: Buffer }): Result<OpenKey> {
    let session: Handle | null = null;
    try {
      session = cryptoki.C_OpenSession(token.slot, CK.serialSession);
      if (token.info.flags & CK.loginRequired) login(cryptoki, session, CK.user, wanted.pin);
      const key = privateKeyOf(cryptoki, session, wanted);
      if (!key.ok) {
        leave(cryptoki, session);
        return key;
      }
      const eachTime = isTrue(attributeOf(cryptoki, session, key.value, CK.attributeAlwaysAuthenticate));
      const pin = eachTime ? Buffer.from(wanted.pin) : null;
      return ok(new OpenKey(cryptoki, token, { session, key: key.value, certificate: wanted.certificate, pin }));
    } catch (error) {
      if (session) leave(cryptoki, session);
      return failureOf(error, 'session');
    }
  }

  sign(tbs: Uint8Array): Result<Uint8Array> {
    if (this.ended) return this.ended;
    if (this.signsOnce && this.signed) return fail('pin-each-time');
    this.signed = true;
    try {
      const value = this.valueOver(tbs);
      // a value that its own certificate does not verify never leaves this process
      if (value && verify('sha256', tbs, this.certificate.publicKey, value)) return ok(value);
      return this.end(fail('driver-garbage'));
    } catch (error) {
      return this.end(failureOf(error, 'session'));
    }
  }

  get isEnded(): boolean {
    return this.ended !== null;
  }

  close(): void {
    this.end(fail('token-removed'));
  }

  /** Closes the session, whatever state the token is in. */
  end(why: Failed): Failed {
    if (!this.ended) {
      this.ended = why;
      this.pin?.fill(0);
      this.pin = null;
      leave(this.cryptoki, this.session);
    }
    return this.ended;
  }

  private valueOver(tbs: Uint8Array): Uint8Array | null {
    const rsa = this.certificate.algorithm === 'RSA-SHA256';
    const mechanism = rsa ? CK.signRsa : CK.signEcdsa;
    this.cryptoki.C_SignInit(this.session, { mechanism }, this.key);
    if (this.pin) {
      try {
        login(this.cryptoki, this.session, CK.contextSpecific, this.pin);
      } finally {
        this.pin.fill(0);
        this.pin = null;
      }
    }
    const value = this.cryptoki.C_Sign(this.session, rsa ? rsaInput(tbs) : ecdsaInput(tbs), Buffer.alloc(VALUE_ROOM));
    if (value.length !== this.certificate.valueLength) return null;
    return rsa ? Uint8Array.from(value) : ecdsaDer(value);
  }
}

/**
 * The binding takes the PIN as a text, which cannot be zeroed: it lives until the process ends, and that is soon after the session.
 * It cannot hand over a null pointer either: an empty text is what readers with keys of their own take for one.
 */
function login(cryptoki: PKCS11, session: Handle, user: number, pin: Buffer): void {
  cryptoki.C_Login(session, user, pin.toString('utf8'));
}

/** Without the login a private key is simply not found. */
function privateKeyOf(cryptoki: PKCS11, session: Handle, wanted: { id: string; certificate: CertificateKey }): Result<Handle> {
  const id = Buffer.from(wanted.id, 'hex');
  const keys = findObjects(cryptoki, session, [
    { type: CK.attributeClass, value: CK.objectPrivateKey },
    { type: CK.attributeId, value: id },
  ]);
  const key = keys.find((candidate) => belongs(cryptoki, session, candidate, wanted.certificate));
  return key ? ok(key) : fail('certificate-unfit', { reason: 'no-match' });
}

/** Of an elliptic key the token shows no public half here: the first signature tells. */
function belongs(cryptoki: PKCS11, session: Handle, key: Handle, { publicKey, algorithm }: CertificateKey): boolean {
  const type = smallNumber(attributeOf(cryptoki, session, key, CK.attributeKeyType));
  if (algorithm !== 'RSA-SHA256') return type === CK.keyEc;
  if (type !== CK.keyRsa) return false;
  const modulus = attributeOf(cryptoki, session, key, CK.attributeModulus);
  if (modulus === null) return true;
  const { n } = publicKey.export({ format: 'jwk' });
  if (n === undefined) throw new SenselessAnswer('an RSA key without a modulus');
  return BigInt(`0x0${modulus.toString('hex')}`) === BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`);
}

/** A token that is gone answers errors to these, which change nothing any more. */
function leave(cryptoki: PKCS11, session: Handle): void {
  for (const call of [() => cryptoki.C_Logout(session), () => cryptoki.C_CloseSession(session)]) {
    try {
      call();
    } catch {
      continue;
    }
  }
}
