import { isDiskFull } from '../store/index.ts';
import type { Failure } from '../../shared/result.ts';
import type { Desk } from './desk.ts';

/**
 * Journals that a key was not let in, and why: nobody is proved, so nobody is its actor. A full disk changes nothing about the answer.
 * @param certificate SHA-256 of the one that the key has shown.
 */
export function noteRefused({ store, config }: Desk, { code }: Pick<Failure, 'code'>, certificate: string | null): void {
  const details = { code, ...(certificate === null ? {} : { certificate }) };
  try {
    store.write((tx) => tx.journal({ at: config.clock(), actor: null, action: 'session.refused', subject: null, details }));
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
}
