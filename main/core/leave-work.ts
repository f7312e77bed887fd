import { RESERVE_LIMITS } from '../../shared/registry/index.ts';
import { hasWords, isAlone } from '../sync/index.ts';
import type { Desk } from './desk.ts';

/** A program that is being closed waits no longer than this for the registry; what was not said ends by itself. */
const PATIENCE_MS = 2_000;

/** A desk that is switched off leaves the others what it had: open work always, and what was set aside where there are other desks. */
export async function leaveOthersTheirWork({ leases, store }: Desk): Promise<void> {
  leases.close();
  const alone = isAlone(store.read);
  if (alone && !hasWords(store.read)) return;
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
  const said = leases.keep({ count: alone ? RESERVE_LIMITS.alone : 0, onlyAlone: true });
  await Promise.race([said, enough]);
  clearTimeout(timer);
}
