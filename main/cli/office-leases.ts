import { RESERVE_LIMITS } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { outboxOf, push, takeOverFiling, type User } from '../core/index.ts';
import { readFiling, yieldRegistration } from '../intake/index.ts';
import { numberYear } from '../registration/index.ts';
import { allHeldElsewhere, returnNumbers } from '../sync/index.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall, OpenedDesk } from './office-call.ts';

/** Takes a filing to work on it, also later without a line; `register` does it by itself. */
export async function hold({ desk, id }: OfficeCall, user: User): Promise<Result<unknown>> {
  if (!readFiling(desk.store.read, id)) return fail('not-found');
  const held = await desk.leases.hold(id, user.id);
  return held.ok ? ok({ id, held: true }) : held;
}

/** Lets another desk have a filing. */
export async function letGo({ desk, id }: OfficeCall): Promise<Result<unknown>> {
  if (!readFiling(desk.store.read, id)) return fail('not-found');
  desk.leases.letGo(id);
  const told = await tell(desk);
  return told.ok ? ok({ id, held: false }) : told;
}

export async function takeOver({ desk, id, values }: OfficeCall, user: User): Promise<Result<unknown>> {
  const reason = values.reason?.trim();
  if (!reason) throw new UsageError('take-over needs --reason TEXT');
  const taken = await takeOverFiling(desk, { filingId: id, actor: user.id, reason });
  return taken.ok ? ok({ id, held: true }) : taken;
}

/** Before a desk is switched off for long: nothing stays set aside for it, and numbers it has not used go back. */
export async function giveBack({ desk }: OfficeCall, user: User): Promise<Result<unknown>> {
  const { store, config } = desk;
  const told = await desk.leases.keep({ count: 0, onlyAlone: true });
  if (!told.ok) return told;
  const numbers = store.write((tx) => returnNumbers(tx, { newId: config.newId, at: config.clock(), actor: user.id }, 'all'));
  const sent = await push(desk);
  if (!sent.ok) return sent;
  return ok({ numbers, outboxLeft: outboxOf(desk).waiting });
}

/** The registration of this desk gives way to the one that the registry holds. */
export function yieldOwn({ desk, id, values }: OfficeCall, user: User): Result<unknown> {
  const { clock, newId } = desk.config;
  const yielded = desk.store.write((tx) =>
    yieldRegistration(tx, id, { actor: user.id, at: clock(), newId, ...(values.reason ? { reason: values.reason } : {}) }),
  );
  if (!yielded.ok) return yielded;
  const f = readFiling(desk.store.read, id)!;
  return ok({ id, state: f.state, incomingNumber: f.incomingNumber, caseNumber: f.caseNumber });
}

/** Every block of numbers of the court in this year, and what became of its numbers. */
export async function numbers({ desk }: OfficeCall): Promise<Result<unknown>> {
  const year = numberYear(desk.config.clock());
  const incoming = await desk.client.numberAccounts('incoming', year);
  if (!incoming.ok) return incoming;
  const cases = await desk.client.numberAccounts('case', year);
  return cases.ok ? ok([...incoming.value, ...cases.value]) : cases;
}

/** Who has which filing at other desks, as last heard. */
export const whoHas = (desk: OpenedDesk): Map<string, string> =>
  new Map(allHeldElsewhere(desk.store.read, desk.config.clock()).map((held) => [held.filingId, held.name ?? held.desk]));

/** What the registry has still to hear of this desk's leases. */
function tell(desk: OpenedDesk): Promise<Result<unknown>> {
  return desk.leases.keep({ count: RESERVE_LIMITS.alone, onlyAlone: true });
}
