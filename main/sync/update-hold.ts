import { isOlderThan, PROTOCOL_VERSION, type Health } from '../../shared/registry/index.ts';
import { fail } from '../../shared/result.ts';
import { readSetting, writeSetting, type Reading, type Store } from '../store/index.ts';

/** What the registry last said of versions. */
export type RegistryVersions = { readonly protocol: number; readonly minimumDesk: string | null };
/** The registry takes no commands of this version: the desk works and reads on, and what it has to say waits for the update. */
export type UpdateHold = {
  /** The oldest version that may send; null when the registry asks for another protocol altogether. */
  readonly minimum: string | null;
};

const VERSIONS = 'sync.registry-versions';
const HOLD = 'sync.update-hold';

export const readRegistryVersions = (read: Reading): RegistryVersions | null => readSetting<RegistryVersions>(read, VERSIONS);
export const readUpdateHold = (read: Reading): UpdateHold | null => readSetting<UpdateHold>(read, HOLD);
export const updateFailure = ({ minimum }: UpdateHold) => fail('update-needed', { minimum: minimum ?? '' });

/** Keeps what the registry asks for, and whether this program is older than that. */
export function noteVersions(store: Store, health: Health, version: string): void {
  const { protocol, minimumProtocol, minimumDesk } = health;
  const foreign = minimumProtocol !== undefined && minimumProtocol > PROTOCOL_VERSION;
  const older = minimumDesk !== undefined && isOlderThan(version, minimumDesk);
  const said: RegistryVersions = { protocol, minimumDesk: minimumDesk ?? null };
  const hold: UpdateHold | null = foreign || older ? { minimum: said.minimumDesk } : null;
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  if (same(readRegistryVersions(store.read), said) && same(readUpdateHold(store.read), hold)) return;
  store.write((tx) => {
    writeSetting(tx, VERSIONS, said);
    writeSetting(tx, HOLD, hold);
  });
}
