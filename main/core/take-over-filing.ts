import { fail, type Result } from '../../shared/result.ts';
import { readFiling } from '../intake/index.ts';
import type { Desk } from './desk.ts';

/**
 * The head takes a filing over from another desk. Needs the line. Both journals keep the reason once the feed has brought it, so that a lost
 * answer loses no entry. Errors: `not-found`, `already-registered`, those of taking a lease.
 */
export async function takeOverFiling(
  desk: Desk,
  { filingId, actor, reason }: { readonly filingId: string; readonly actor: string; readonly reason: string },
): Promise<Result<null>> {
  if (!readFiling(desk.store.read, filingId)) return fail('not-found');
  const answer = await desk.sessions.command({
    id: desk.config.newId(),
    kind: 'lease.take-over',
    schemaVersion: 1,
    subject: filingId,
    actor,
    at: desk.config.clock(),
    payload: { filingId, reason },
  });
  if (!answer.ok) return answer;
  const { outcome, code } = answer.value;
  if (outcome !== 'applied' && outcome !== 'duplicate' && code !== 'lease-not-held')
    return fail(code === 'already-registered' ? code : 'registry-refused', { code: code ?? outcome });
  // free by now, or ours: then it is taken like any other
  return desk.leases.hold(filingId, actor);
}
