import type { NextStep } from './result.ts';

/**
 * Every failure code of the product with the step that usually follows it.
 * Texts live in resources/locales as `error.<code>.title/.body/.action`; a test demands them in kk, ru and en.
 */
export const NEXT_STEP = {
  // asking the core
  'channel-unknown': 'stop',
  'sender-untrusted': 'stop',
  'input-invalid': 'fix-input',
  'not-signed-in': 'ask-user',
  'session-locked': 'ask-user',
  'role-not-allowed': 'stop',
  'not-found': 'stop',
  'stale-revision': 'retry-later',
  'move-not-allowed': 'stop',
  'core-stopped': 'retry-later',
  unexpected: 'stop',
  // store
  'database-newer': 'stop',
  'database-damaged': 'stop',
  'database-key-wrong': 'stop',
  'database-module-unloadable': 'stop',
  'passphrase-needed': 'ask-user',
  'disk-full': 'ask-user',
  'profile-missing': 'fix-input',
  'profile-exists': 'fix-input',
  'profile-in-use': 'retry-later',
  'journal-rolled-back': 'ask-user',
  'journal-edited': 'ask-user',
  'database-swapped': 'ask-user',
  // documents
  'document-missing': 'retry-later',
  'document-hash-mismatch': 'ask-user',
  'document-too-large': 'ask-user',
  'document-unreadable': 'ask-user',
  // registry
  'registry-unreachable': 'retry-later',
  'registry-certificate-untrusted': 'retry-later',
  'registry-refused': 'ask-user',
  'registry-answer-malformed': 'retry-later',
  'registry-mode-mismatch': 'stop',
  'enrolment-code-wrong': 'fix-input',
  'workstation-revoked': 'stop',
  'update-needed': 'stop',
  'feed-gap': 'retry-later',
  'registry-anchors-changed': 'ask-user',
  'registry-history-changed': 'ask-user',
  'registry-history-shorter': 'ask-user',
  'registry-head-unsigned': 'ask-user',
  'registry-key-changed': 'ask-user',
  // registering
  'numbers-exhausted': 'retry-later',
  'checks-incomplete': 'fix-input',
  'documents-arriving': 'retry-later',
  'kind-unknown': 'ask-user',
  'lease-held': 'ask-user',
  'lease-missing': 'retry-later',
  'lease-taken-over': 'ask-user',
  'already-registered': 'ask-user',
  'act-signed': 'stop',
  'case-unknown': 'fix-input',
  // keys and signing
  'pin-wrong': 'fix-input',
  'pin-locked': 'stop',
  'pin-cancelled': 'ask-user',
  'token-removed': 'ask-user',
  'driver-stopped': 'retry-later',
  'key-unreadable': 'fix-input',
  'key-not-of-user': 'fix-input',
  'certificate-unfit': 'fix-input',
  'user-unknown': 'fix-input',
  'user-inactive': 'stop',
  'challenge-failed': 'fix-input',
  'act-changed': 'ask-user',
  'act-not-reviewed': 'ask-user',
  'signature-check-failed': 'stop',
  // command line and files
  'file-unreadable': 'fix-input',
  'file-not-saved': 'ask-user',
  'format-unsupported': 'ask-user',
  'certificate-not-listed': 'fix-input',
  'talon-invalid': 'stop',
} as const satisfies Record<string, NextStep>;

export type ErrorCode = keyof typeof NEXT_STEP;
export const ERROR_CODES = Object.keys(NEXT_STEP) as readonly ErrorCode[];
