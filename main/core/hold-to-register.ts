import { fail, ok, type Result } from '../../shared/result.ts';
import { readFiling } from '../intake/index.ts';
import { leaseToRegister } from '../sync/index.ts';
import type { Desk } from './desk.ts';

/**
 * Makes sure that a number may be bound to a filing at this desk; `taken` when the registry had to be asked. What the desk holds needs no line. Errors: `lease-held` when another
 * desk has it, `lease-missing` when the registry cannot be asked.
 */
export async function holdToRegister(desk: Desk, filingId: string, holderId: string): Promise<Result<'held' | 'taken'>> {
  if (leaseToRegister(desk.store.read, filingId, desk.config.clock()) !== null) return ok('held');
  // registering itself says what a filing lacks that cannot be registered at all
  if (readFiling(desk.store.read, filingId)?.registeredAt !== null) return ok('held');
  const held = await desk.leases.hold(filingId, holderId);
  if (held.ok) return ok('taken');
  return held.error.code === 'registry-unreachable' ? fail('lease-missing') : held;
}
