import type { TriesLeft } from '../token-host.ts';

const CKF = { countLow: 0x10000, finalTry: 0x20000, locked: 0x40000 } as const;

/** A token has no count of its PIN tries, only these three warnings (PKCS#11 v2.40 §3.2, CK_TOKEN_INFO). */
export function triesLeft(tokenFlags: number): TriesLeft {
  if (tokenFlags & CKF.locked) return 'locked';
  if (tokenFlags & CKF.finalTry) return 'final';
  return tokenFlags & CKF.countLow ? 'low' : 'first';
}
