import type { CmsSigner } from '../signature/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { preparePkcs12 } from './pkcs12-driver.ts';

/** Where a key lies. A hardware token becomes another kind with its own driver; nothing above this room changes. */
export type KeyRef = { readonly kind: 'pkcs12'; readonly file: string };

/** What the person sees before the PIN: the purpose, a title, some lines, the hash of what will be signed (hex). */
export type SigningDisplay = {
  readonly purpose: 'sign-in' | 'act' | 'paper';
  readonly title: string;
  readonly lines: readonly string[];
  readonly sha256: string | null;
};

/** `null` means cancelled. The host takes the buffer over and zeroes it after use. */
export type PinAnswer = { readonly pin: Buffer } | null;

/** `wrong`: the last PIN for this key was wrong; `low`, `final`: the token itself warns that tries are running out. */
export type PinState = 'first' | 'wrong' | 'low' | 'final';

/** Asks a person. Waits as long as the person needs. */
export type PinPrompt = (display: SigningDisplay, state: PinState) => Promise<PinAnswer>;

/** A key that was unlocked for one sign-in, one act or one batch. */
export interface TokenSession {
  /** DER, like every certificate here. */
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly algorithm: CmsSigner['algorithm'];
  /** Hashes and signs; the value as `CmsSigner` wants it. Answers `token-removed` once the key is gone or closed. */
  sign(tbs: Uint8Array): Promise<Result<Uint8Array>>;
  /** Forgets the key. May be called twice. */
  close(): Promise<void>;
}

/**
 * Opens keys. Errors: `pin-wrong`, `pin-cancelled`, `pin-locked`, `token-removed`, `driver-stopped`,
 * `key-unreadable` (`reason`: `missing`, `empty`, `too-large`, `format`, `algorithm` with `algorithm`),
 * `certificate-unfit` (`reason`: `no-match`, `key-usage`).
 * One call asks for one PIN at most: a wrong one is answered at once, because tries on a token are few.
 */
export interface TokenHost {
  open(key: KeyRef, display: SigningDisplay): Promise<Result<TokenSession>>;
}

/** A key found and readable, not yet unlocked. */
export interface PreparedKey {
  /** What the token says about the tries left; `first` when it says nothing. */
  readonly triesState: 'first' | 'low' | 'final';
  unlock(pin: Buffer, purpose: SigningDisplay['purpose']): Promise<Result<TokenSession>>;
}

/** Finds a key without asking anybody. */
export type TokenDriver<K extends KeyRef> = (key: K) => Promise<Result<PreparedKey>>;

const DRIVERS: { readonly [K in KeyRef['kind']]: TokenDriver<Extract<KeyRef, { kind: K }>> } = { pkcs12: preparePkcs12 };

/** The host in this very process: for the command line, for tests, and inside the token host process. */
export function createTokenHost(prompt: PinPrompt): TokenHost {
  const lastPinWrong = new Set<string>();
  return {
    async open(key, display) {
      const prepared = await DRIVERS[key.kind](key);
      if (!prepared.ok) return prepared;
      const name = JSON.stringify(key);
      const { triesState } = prepared.value;
      const answer = await prompt(display, triesState === 'first' && lastPinWrong.has(name) ? 'wrong' : triesState);
      if (!answer) return fail('pin-cancelled');
      try {
        const session = await prepared.value.unlock(answer.pin, display.purpose);
        if (!session.ok && session.error.code === 'pin-wrong') lastPinWrong.add(name);
        else lastPinWrong.delete(name);
        return session.ok ? ok(session.value) : session;
      } finally {
        answer.pin.fill(0);
      }
    },
  };
}
