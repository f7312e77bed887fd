import type { CommandAnswer, JournalAnchor, RegistryFilingState } from '../../shared/registry/index.ts';

/** Why a command did not apply. `conflict`: the registry holds something else; `refused`: it may not be, as it stands. */
export const CONFLICT_CODES = [
  'already-registered',
  'lease-missing',
  'lease-held',
  'lease-taken-over',
  'lease-not-held',
  'number-not-leased',
  'number-taken',
  'case-unknown',
  'move-not-allowed',
  'talon-issued',
  'act-issued',
  'act-outdated',
  'hearing-outdated',
  'hearing-cancelled',
  'summons-issued',
  'not-a-request',
  'grant-made',
  'grant-withdrawn',
  'question-set-unknown',
  'survey-asked',
  'correction-outdated',
  'user-outdated',
  'rules-outdated',
  'journal-rolled-back',
] as const;
export const REFUSAL_CODES = [
  'input-invalid',
  'not-found',
  'user-unknown',
  'user-inactive',
  'role-not-allowed',
  'own-account',
  'own-workstation',
  'person-known',
  'certificate-of-another',
  'session-unknown',
  'session-over',
  'proof-invalid',
  'proof-missing',
  'document-missing',
  'command-id-reused',
] as const;

export const applied = (filing: RegistryFilingState | null): CommandAnswer => ({ outcome: 'applied', code: null, filing });
export const anchored = (receipt: JournalAnchor): CommandAnswer => ({ ...applied(null), receipt });
export const conflict = (code: (typeof CONFLICT_CODES)[number]): CommandAnswer => ({ outcome: 'conflict', code, filing: null });
export const refused = (code: (typeof REFUSAL_CODES)[number]): CommandAnswer => ({ outcome: 'refused', code, filing: null });
export const updateNeeded: CommandAnswer = { outcome: 'update-needed', code: 'update-needed', filing: null };
