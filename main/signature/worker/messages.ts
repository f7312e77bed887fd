import type { Result } from '../../../shared/result.ts';
import type { VerificationReport } from '../../../shared/domain/verdict.ts';
import type { Policy } from '../policy/policy.ts';
import type { TrustMaterial } from '../trust/trust-material.ts';
import type { SharedMaterial } from './shared-material.ts';

/** What the worker thread is asked; bytes are copied on the way. */
export type WorkerRequest = {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** A file the thread reads itself, or `pulled` from the other side piece by piece. */
  readonly content: { readonly file: string } | 'pulled' | null;
  readonly trust: SharedMaterial;
  /** Null: the one of the request before. */
  readonly policy: Policy | null;
  readonly at: string;
  readonly receivedAt: string | null;
};

export type ToWorker =
  | { readonly type: 'verify'; readonly request: WorkerRequest }
  /** The next piece of the content: null at its end, `failed` when it cannot be read. */
  | { readonly type: 'piece'; readonly stream: number; readonly piece: Uint8Array | null | 'failed' };

/** A piece of the trust material by its place in the list it was handed in, or itself where it was rewritten. */
export type UsedPiece = number | Uint8Array;

export type WorkerAnswer = {
  readonly report: VerificationReport;
  readonly used: Readonly<Record<keyof TrustMaterial, readonly UsedPiece[]>>;
  readonly wanted: readonly {
    readonly kind: 'issuer' | 'revocation';
    readonly certificate: Uint8Array;
    readonly issuer: Uint8Array | null;
  }[];
};

export type FromWorker =
  { readonly type: 'answer'; readonly answer: Result<WorkerAnswer> } | { readonly type: 'pull'; readonly stream: number };
