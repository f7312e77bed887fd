import type { Result } from '../../../shared/result.ts';
import type { MessagePortLike } from '../message-port.ts';
import type { Pkcs11Ref, TokenSession, TriesLeft } from '../token-host.ts';

/** Names a key on the tokens of one module. */
export type KeyName = Pick<Pkcs11Ref, 'tokenSerial' | 'tokenLabel' | 'id' | 'certificate'>;

export type SeenCertificate = { readonly id: string; readonly certificate: Uint8Array; readonly alwaysAuthenticate: boolean };
export type SeenToken = {
  readonly serial: string;
  readonly label: string;
  readonly tries: TriesLeft;
  readonly protectedPath: boolean;
  /** Of persons, not of authorities; each with a CKA_ID that ties it to a key. */
  readonly certificates: readonly SeenCertificate[];
};
export type ModuleSight = { readonly slots: number; readonly tokens: readonly SeenToken[] };

export type LocatedKey = {
  readonly tries: TriesLeft;
  readonly protectedPath: boolean;
  readonly certificate: Uint8Array;
  /** Issuers that lie on the token, nearest first. */
  readonly chain: readonly Uint8Array[];
};

export type OpenedKey = { readonly session: number } & Pick<TokenSession, 'algorithm' | 'signsOnce'>;

/**
 * The one owner of a PKCS#11 module in a process: everything that is asked of the module goes through it, one call after another.
 * Errors are those of `TokenHost`.
 */
export interface ModuleOwner {
  survey(): Promise<Result<ModuleSight>>;
  /** Finds a key by its certificate, without a PIN. */
  locate(key: KeyName): Promise<Result<LocatedKey>>;
  /** One session and one C_Login. `pin` is empty when it is typed on the reader; it is zeroed before this resolves. */
  open(key: KeyName, pin: Uint8Array): Promise<Result<OpenedKey>>;
  sign(session: number, tbs: Uint8Array): Promise<Result<Uint8Array>>;
  close(session: number): Promise<void>;
  onChange(listener: () => void): () => void;
  end(): void;
}

/** A process that owns a module. `end` is for one that hangs: it must not need the process's help. */
export type ModuleProcess = { readonly port: MessagePortLike; end(): void };
export type StartModule = (module: string) => Promise<ModuleProcess>;
