import type { KeepLeasesRequest } from '../../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { closeWork, heldLease } from './held-leases.ts';
import { keepLeases } from './keep-leases.ts';
import { takeLease, type LeaseParts } from './take-lease.ts';

/** The leases of one desk. Questions to the registry go one after the other, so that an older answer never undoes a newer one. */
export type DeskLeases = {
  /** A person opens a filing to work on it; what was open before is closed. Needs no line: without one it is tried again at each word. */
  open(filingId: string, holderId: string): Promise<Result<null>>;
  /** The filing that is open here now. */
  current(): string | null;
  /** The person has left what was open; the registry hears of it at the next word. */
  close(): void;
  /** Takes a filing so that a number can be bound to it. Needs the line. Errors: `lease-held`, those of the registry. */
  hold(filingId: string, holderId: string): Promise<Result<null>>;
  /** Ends what `hold` took, when nothing was registered. */
  letGo(filingId: string): void;
  /** The desk is being closed: what is under way writes nothing any more. */
  stop(): void;
  /** The regular word. Answers the filings that are held otherwise than before. */
  keep(reserve: KeepLeasesRequest['reserve']): Promise<Result<{ changed: string[] }>>;
};

export function createLeases(parts: LeaseParts & { readonly keepHeld: boolean }): DeskLeases {
  let current: { readonly filingId: string; readonly holderId: string } | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let stopped = false;
  const inTurn = <T>(work: () => Promise<Result<T>>): Promise<Result<T>> => {
    const guarded = async (): Promise<Result<T>> => {
      if (stopped) return fail('core-stopped');
      try {
        return await work();
      } catch (error) {
        // the store was closed while the registry was being asked
        if (stopped) return fail('core-stopped');
        throw error;
      }
    };
    const mine = last.then(guarded, guarded);
    last = mine;
    return mine;
  };
  const leave = () => {
    const left = current;
    current = null;
    if (left) parts.store.write((tx) => closeWork(tx, left.filingId));
  };
  const take = (filingId: string, holderId: string, keep: boolean) => inTurn(() => takeLease(parts, { filingId, holderId, keep }));
  /** Whoever has gone on to another filing meanwhile does not want this one any more. */
  const takeCurrent = (wanted: NonNullable<typeof current>) =>
    inTurn(async () => (current === wanted ? takeLease(parts, { ...wanted, keep: false }) : ok(null)));

  return {
    open: (filingId, holderId) => {
      if (current?.filingId === filingId && current.holderId === holderId) return Promise.resolve(ok(null));
      leave();
      current = { filingId, holderId };
      return takeCurrent(current);
    },
    current: () => current?.filingId ?? null,
    close: leave,
    hold: (filingId, holderId) => take(filingId, holderId, true),
    letGo: (filingId) => {
      if (current?.filingId !== filingId) parts.store.write((tx) => closeWork(tx, filingId));
    },
    stop: () => {
      stopped = true;
    },
    keep: async (reserve) => {
      const kept = await inTurn(() => keepLeases(parts, { reserve, open: current ? [current.filingId] : [], keepHeld: parts.keepHeld }));
      if (!kept.ok || current === null || stopped) return kept;
      const lease = heldLease(parts.store.read, current.filingId);
      if (lease?.holder === current.holderId) return kept;
      const wanted = current;
      const taken = await takeCurrent(wanted);
      return taken.ok ? ok({ changed: [...new Set([...kept.value.changed, wanted.filingId])] }) : kept;
    },
  };
}
