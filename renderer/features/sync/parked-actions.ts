import type { ParkedItem } from '../../../shared/contract/index.ts';

/**
 * What a person can do about an item that was not accepted. `wait`: it goes by itself when its reason is gone. `ask-head` and `ask-admin` name who
 * can remove the reason. `compare` shows both sides and lets the registry's be taken over; for what is about no filing it only withdraws.
 */
export type ParkedAction = 'wait' | 'retry' | 'compare' | 'sign-in' | 'ask-head' | 'ask-admin';

/** By the code that the registry or the desk gave; each has its texts under `parked.<code>`. */
export const PARKED_ACTIONS: Readonly<Record<string, readonly ParkedAction[]>> = {
  // the registry holds something else
  'already-registered': ['compare'],
  'lease-missing': ['retry', 'compare'],
  'lease-held': ['wait', 'ask-head', 'compare'],
  'lease-taken-over': ['wait', 'ask-head', 'compare'],
  'lease-not-held': ['compare'],
  'number-not-leased': ['compare'],
  'number-taken': ['compare'],
  'case-unknown': ['retry', 'compare'],
  'move-not-allowed': ['compare'],
  'talon-issued': ['compare'],
  'act-issued': ['compare'],
  'act-outdated': ['compare'],
  'journal-rolled-back': ['ask-head'],
  'hearing-outdated': ['compare'],
  'hearing-cancelled': ['compare'],
  'summons-issued': ['compare'],
  'not-a-request': ['compare'],
  'grant-made': ['compare'],
  'grant-withdrawn': ['compare'],
  'question-set-unknown': ['ask-admin', 'compare'],
  'survey-asked': ['compare'],
  'correction-outdated': ['compare'],
  'user-outdated': ['compare'],
  'rules-outdated': ['compare'],
  // it may not be as it stands
  'input-invalid': ['ask-admin', 'compare'],
  'not-found': ['ask-admin', 'retry', 'compare'],
  'user-unknown': ['ask-admin', 'retry', 'compare'],
  'user-inactive': ['ask-admin', 'retry', 'compare'],
  'role-not-allowed': ['ask-head', 'retry', 'compare'],
  'own-account': ['ask-admin', 'compare'],
  'own-workstation': ['ask-admin', 'compare'],
  'person-known': ['ask-admin', 'compare'],
  'certificate-of-another': ['ask-admin', 'compare'],
  'document-missing': ['retry', 'compare'],
  'command-id-reused': ['ask-admin', 'compare'],
  // who did it cannot be proven
  'session-unknown': ['sign-in', 'retry'],
  'session-over': ['sign-in', 'retry'],
  'proof-invalid': ['sign-in', 'retry'],
  'proof-missing': ['sign-in', 'retry'],
  'mandate-invalid': ['sign-in', 'ask-admin'],
  'mandate-untimely': ['ask-admin', 'sign-in'],
  'certificate-unlisted': ['ask-admin', 'sign-in'],
  'certificate-outdated': ['ask-admin', 'sign-in'],
  'key-algorithm-unsupported': ['ask-admin', 'sign-in'],
  // the way there
  'document-too-large': ['ask-admin', 'compare'],
  'body-too-large': ['ask-admin', 'compare'],
  'document-hash-mismatch': ['ask-admin', 'retry'],
  'workstation-revoked': ['ask-admin', 'retry'],
  'registry-mode-mismatch': ['ask-admin'],
};
/** For a code that this program does not know. */
const OTHER: readonly ParkedAction[] = ['ask-admin', 'retry', 'compare'];

export const actionsOf = ({ code }: Pick<ParkedItem, 'code'>): readonly ParkedAction[] =>
  Object.hasOwn(PARKED_ACTIONS, code) ? PARKED_ACTIONS[code]! : OTHER;

/** The texts under which the reason and the advice stand. */
export const textCodeOf = (code: string): string => (Object.hasOwn(PARKED_ACTIONS, code) ? code : 'other');
