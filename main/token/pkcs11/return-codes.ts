import type { ErrorCode } from '../../../shared/errors.ts';
import { fail, type Result } from '../../../shared/result.ts';

type Failed = Extract<Result<never>, { ok: false }>;

/** What a return value of PKCS#11 (v2.40 §11.1) means to a person. Numbers, because names and texts differ between modules. */
const MEANING: Readonly<Record<number, ErrorCode>> = {
  0x01: 'pin-cancelled', // CKR_CANCEL
  0x03: 'token-absent', // CKR_SLOT_ID_INVALID
  0x32: 'token-removed', // CKR_DEVICE_REMOVED
  0x50: 'pin-cancelled', // CKR_FUNCTION_CANCELED
  0x60: 'token-removed', // CKR_KEY_HANDLE_INVALID: handles die with the token
  0x68: 'certificate-unfit', // CKR_KEY_FUNCTION_NOT_PERMITTED
  0x70: 'key-unreadable', // CKR_MECHANISM_INVALID
  0x82: 'token-removed', // CKR_OBJECT_HANDLE_INVALID
  0xa0: 'pin-wrong', // CKR_PIN_INCORRECT
  0xa1: 'pin-wrong', // CKR_PIN_INVALID
  0xa2: 'pin-wrong', // CKR_PIN_LEN_RANGE
  0xa3: 'pin-unset', // CKR_PIN_EXPIRED
  0xa4: 'pin-locked', // CKR_PIN_LOCKED
  0xb0: 'token-removed', // CKR_SESSION_CLOSED
  0xb1: 'token-busy', // CKR_SESSION_COUNT
  0xb3: 'token-removed', // CKR_SESSION_HANDLE_INVALID
  0xe0: 'token-absent', // CKR_TOKEN_NOT_PRESENT
  0x100: 'token-busy', // CKR_USER_ALREADY_LOGGED_IN
  0x101: 'token-removed', // CKR_USER_NOT_LOGGED_IN: the login went with the token
  0x102: 'pin-unset', // CKR_USER_PIN_NOT_INITIALIZED
  0x104: 'token-busy', // CKR_USER_ANOTHER_ALREADY_LOGGED_IN
  0x105: 'token-busy', // CKR_USER_TOO_MANY_TYPES
  0x190: 'driver-stopped', // CKR_CRYPTOKI_NOT_INITIALIZED
  0x200: 'pin-cancelled', // CKR_FUNCTION_REJECTED
};

/** Once a session is open, a token that is not there any more was removed. */
const WITHIN_SESSION: Readonly<Record<number, ErrorCode>> = { 0x03: 'token-removed', 0xe0: 'token-removed' };

/** The number of the return value behind an error of the binding; null when it is none. */
export function returnValueOf(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  const digits = /CKR_\w+:(\d+)/.exec(error.message)?.[1];
  if (digits !== undefined) return Number(digits);
  return 'code' in error && typeof error.code === 'number' && error.code > 0 ? error.code : null;
}

/** Errors that are no return value mean that the module's answer makes no sense. */
export function failureOf(error: unknown, phase: 'finding' | 'session'): Failed {
  const rv = returnValueOf(error);
  if (rv === null) return fail('driver-garbage');
  const code = (phase === 'session' ? WITHIN_SESSION[rv] : undefined) ?? MEANING[rv];
  if (code === 'certificate-unfit') return fail(code, { reason: 'key-usage' });
  if (code === 'key-unreadable') return fail(code, { reason: 'algorithm' });
  return code === undefined ? fail('device-error', { returned: `0x${rv.toString(16)}` }) : fail(code);
}
