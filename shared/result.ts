import type { ErrorCode } from './errors.ts';
import { NEXT_STEP } from './errors.ts';

/** What a person or a program can do after a failure; the window picks its button by it. */
export type NextStep = 'fix-input' | 'ask-user' | 'retry-later' | 'stop';

/** A failure that can happen on a normal day. `params` fill the texts `error.<code>.*`; they never hold personal data. */
export type Failure = {
  readonly code: ErrorCode;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly next: NextStep;
};

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

/** A failed result whose next step is the usual one of its code. */
export function fail(code: ErrorCode, params?: Record<string, string | number>): { readonly ok: false; readonly error: Failure } {
  const next = NEXT_STEP[code];
  return { ok: false, error: params ? { code, params, next } : { code, next } };
}

/** The end of a switch over a union: a new member is a compile error, a wrong value a bug. */
export function unreachable(value: never): never {
  throw new Error(`unreachable value: ${JSON.stringify(value)}`);
}
