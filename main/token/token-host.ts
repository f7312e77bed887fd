import type { CmsSigner, DetachedMessage } from '../signature/index.ts';
import type { UiLanguage } from '../../shared/domain/language.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { findNcaLayer, openNcaLayer } from './ncalayer-driver.ts';
import type { NcaLayerPlace } from './ncalayer/ncalayer-place.ts';
import { listPkcs12, preparePkcs12 } from './pkcs12-driver.ts';
import { createPkcs11Driver, type ModuleFinding } from './pkcs11-driver.ts';
import type { CallLimits } from './pkcs11/connect-module.ts';
import type { StartModule } from './pkcs11/module-owner.ts';

/**
 * A key on a token: `module` is the absolute path of its PKCS#11 module, `id` its CKA_ID in hex, `certificate` the SHA-256 of the certificate that it
 * signs by: an expired one often stays under the same CKA_ID beside the one that took its place.
 */
export type Pkcs11Ref = {
  readonly kind: 'pkcs11';
  readonly module: string;
  readonly tokenSerial: string;
  readonly tokenLabel: string;
  readonly id: string;
  readonly certificate: string;
};

/** Where a key lies that signs what it is given. */
export type KeyRef = { readonly kind: 'pkcs12'; readonly file: string } | Pkcs11Ref;

/** A key behind NCALayer. `certificate`: DER in base64 of the one that must sign; null leaves the choice to the person, there. */
export type NcaLayerRef = { readonly kind: 'ncalayer'; readonly url: string; readonly certificate: string | null };

/** Where a key lies that acts and papers can be signed with. */
export type SigningKeyRef = KeyRef | NcaLayerRef;

/** What a token says about its PIN; it has no count. `first` when it says nothing. */
export type TriesLeft = 'first' | 'low' | 'final' | 'locked';

/** A key that can be offered for a choice. Nobody was asked for a PIN to find it. */
export type FoundKey = {
  readonly ref: KeyRef;
  /** DER; null for a key file, which shows its certificates to the right PIN alone. */
  readonly certificate: Uint8Array | null;
  /** The name of the token, or of the file. */
  readonly label: string;
  readonly tries: TriesLeft;
  /** The PIN is typed on the reader's own keys. */
  readonly protectedPath: boolean;
  /** The key is known to ask for the PIN at each signature, so it signs no batch. Some tokens tell only after the PIN. */
  readonly alwaysAuthenticate: boolean;
};

/** Where keys may be looked for: folders of key files, absolute paths of PKCS#11 modules, NCALayer. No other module is loaded, nothing else asked. */
export type KeyPlaces = {
  readonly keyFolders: readonly string[];
  readonly modules: readonly string[];
  readonly ncaLayer?: NcaLayerPlace | null;
};

/** What the person sees before the PIN: the purpose, a title, some lines, the hash of what will be signed (hex). */
export type SigningDisplay = {
  readonly purpose: 'sign-in' | 'act' | 'paper';
  readonly title: string;
  readonly lines: readonly string[];
  readonly sha256: string | null;
};

/**
 * `null` means cancelled. The host takes the buffer over and zeroes it after use; it is empty when the PIN is typed on the reader.
 * A last try is made only when the person confirmed it: `lastTryConfirmed`.
 */
export type PinAnswer = { readonly pin: Buffer; readonly lastTryConfirmed?: boolean } | null;

/** `wrong`: the last PIN for this key was wrong; `low`, `final`: the token itself warns that tries are running out. */
export type PinState = 'first' | 'wrong' | 'low' | 'final';

/** `on-reader`: the person confirms here and then types the PIN on the keys of the reader. */
export type PinWay = 'typed' | 'on-reader';

/** Asks a person. Waits as long as the person needs. */
export type PinPrompt = (display: SigningDisplay, state: PinState, way: PinWay) => Promise<PinAnswer>;

/** A key that was unlocked for one sign-in, one act or one batch. */
export interface TokenSession {
  /** DER, like every certificate here. */
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly algorithm: CmsSigner['algorithm'];
  /** The key signs once for one PIN; a second signature answers `pin-each-time`. */
  readonly signsOnce: boolean;
  /**
   * Hashes and signs; the value as `CmsSigner` wants it. Answers `token-removed` once the key is gone or closed. After any failure
   * the session is closed and answers the same again.
   */
  sign(tbs: Uint8Array): Promise<Result<Uint8Array>>;
  /** Forgets the key. May be called twice. */
  close(): Promise<void>;
}

/** A program that holds keys and answers whole messages. It asks for the PIN in windows of its own. */
export interface ContentSession {
  /** The certificate that must sign; null: the first answer decides for all that follow. */
  readonly certificate: Uint8Array | null;
  /**
   * A detached CMS over the content, checked: its digest, its value, its certificate. After any failure the session is closed and answers the
   * same again.
   */
  signContent(content: Uint8Array): Promise<Result<DetachedMessage>>;
  /** May be called twice. */
  close(): Promise<void>;
}

/**
 * Opens keys. Errors: `pin-wrong` (on a token with `tries`: `unknown`, `low`, `final`), `pin-cancelled`, `pin-locked`, `pin-unset`,
 * `pin-last-try` (nothing was sent to the token), `pin-each-time`, `pin-idle`, `token-removed`, `token-absent`, `reader-absent`, `token-busy`,
 * `device-error` (`returned`: the number of PKCS#11), `driver-missing`, `driver-stopped`, `driver-timeout`, `driver-garbage`,
 * `key-unreadable` (`reason`: `missing`, `empty`, `too-large`, `format`, `algorithm` with `algorithm`),
 * `certificate-unfit` (`reason`: `no-match`, `key-usage`, `expired`, `not-yet-valid`), `key-algorithm-unsupported` (a GOST key for signing in).
 * One call asks for one PIN at most: a wrong one is answered at once, because tries on a token are few.
 */
export interface TokenHost {
  /** Says where keys may be; replaces what was said before. */
  use(places: KeyPlaces): void;
  /** Every key that could be opened now. Fails only when there is nothing to offer and a module is at fault. */
  list(): Promise<Result<readonly FoundKey[]>>;
  /** The modules in use, or the one of this path, and the tokens in their readers. */
  modules(only?: string): Promise<Result<readonly ModuleFinding[]>>;
  /** Tells of tokens that came or went, about a second later. Answers how to stop it. */
  onChange(listener: () => void): () => void;
  open(key: KeyRef, display: SigningDisplay): Promise<Result<TokenSession>>;
  /** Whether NCALayer is here and greets. Which keys it has, it shows to nobody before they sign. Errors: those of `openProgram`. */
  findProgram(): Promise<Result<NcaLayerRef>>;
  /**
   * Reaches NCALayer for acts or papers; nobody is asked for a PIN here. Errors, of this and of its session: `ncalayer-absent`, `-untrusted`, `-stopped`,
   * `-timeout`, `-garbage` (`reason`), `-cancelled`, `-failed` (`returned`: its code), `-other-key`, `certificate-unfit` (`reason`).
   */
  openProgram(key: NcaLayerRef, language: UiLanguage): Promise<Result<ContentSession>>;
}

/** What acts and papers are signed with: a key that signs values, or a program that answers messages. */
export type SigningSession = TokenSession | ContentSession;

/** Opens either kind of key for signing. `language`: what NCALayer speaks. */
export const openToSign = (
  host: TokenHost,
  key: SigningKeyRef,
  display: SigningDisplay,
  language: UiLanguage,
): Promise<Result<SigningSession>> => (key.kind === 'ncalayer' ? host.openProgram(key, language) : host.open(key, display));

/** A key found and readable, not yet unlocked. */
export interface PreparedKey {
  readonly triesState: 'first' | 'low' | 'final';
  readonly way: PinWay;
  /** `pin` is empty when it is typed on the reader. */
  unlock(pin: Buffer, purpose: SigningDisplay['purpose']): Promise<Result<TokenSession>>;
}

export type TokenHostOptions = {
  readonly places?: KeyPlaces;
  /** Starts the process that owns a module; null loads modules into this very process. */
  readonly startModule?: StartModule | null;
  readonly clock?: () => string;
  readonly limits?: CallLimits;
  /** How long a person may take in the windows of NCALayer. */
  readonly personMs?: number;
};

/** The host in this very process: for the command line, for tests, and inside the token host process. */
export function createTokenHost(prompt: PinPrompt, options: TokenHostOptions = {}): TokenHost & { end(): void } {
  let places: KeyPlaces = options.places ?? { keyFolders: [], modules: [] };
  const pkcs11 = createPkcs11Driver({ ...options, modules: () => places.modules });
  const lastPinWrong = new Set<string>();

  const prepare = (key: KeyRef, purpose: SigningDisplay['purpose']): Promise<Result<PreparedKey>> =>
    key.kind === 'pkcs12' ? preparePkcs12(key) : pkcs11.prepare(key, purpose);

  return {
    use(wanted) {
      places = wanted;
      pkcs11.placesChanged();
    },
    async list() {
      const files = await listPkcs12(places.keyFolders);
      const tokens = await pkcs11.list();
      if (!tokens.ok) return files.length > 0 ? ok(files) : tokens;
      return ok([...tokens.value, ...files]);
    },
    modules: async (only) => ok(await pkcs11.modules(only)),
    onChange: (listener) => pkcs11.onChange(listener),
    async open(key, display) {
      const prepared = await prepare(key, display.purpose);
      if (!prepared.ok) return prepared;
      const name = JSON.stringify(key);
      const { triesState, way } = prepared.value;
      const answer = await prompt(display, triesState === 'first' && lastPinWrong.has(name) ? 'wrong' : triesState, way);
      if (!answer) return fail('pin-cancelled');
      try {
        if (triesState === 'final' && answer.lastTryConfirmed !== true) return fail('pin-last-try');
        const session = await prepared.value.unlock(answer.pin, display.purpose);
        if (!session.ok && session.error.code === 'pin-wrong') lastPinWrong.add(name);
        else lastPinWrong.delete(name);
        return session;
      } finally {
        answer.pin.fill(0);
      }
    },
    findProgram: () => findNcaLayer(places.ncaLayer ?? null),
    openProgram: (key, language) => openNcaLayer(places.ncaLayer ?? null, key, { language, personMs: options.personMs }),
    end: () => pkcs11.end(),
  };
}
