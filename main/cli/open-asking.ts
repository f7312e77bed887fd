import { randomBytes } from 'node:crypto';
import {
  createEvidenceCache,
  createEvidenceSource,
  loadAllowedHosts,
  readAllowedHost,
  type AllowedHost,
  type EvidenceSource,
} from '../evidence/index.ts';
import { UsageError } from './cli-io.ts';
import type { VerifyIo } from './verify-files.ts';

/**
 * The evidence that `kense verify` may ask for: at the hosts of the product, and in a checkout at those named besides.
 * Null where nothing may be asked.
 */
export async function openAsking(
  { resourcesDir, clock, asking }: Pick<VerifyIo, 'resourcesDir' | 'clock' | 'asking'>,
  named: readonly string[],
): Promise<EvidenceSource | null> {
  if (!asking) return null;
  const hosts = await loadAllowedHosts(resourcesDir, 'real');
  const more = readAllowedHosts(named, asking.mayAllowHosts);
  return createEvidenceSource({
    hosts: [...(hosts.ok ? hosts.value : []), ...more],
    cache: createEvidenceCache(asking.cacheDir),
    clock,
    random: randomBytes,
  });
}

/** `--allow-host HOST[:PORT]`, which an installed Kense refuses outside training. */
export function readAllowedHosts(named: readonly string[], mayAllow: boolean) {
  if (named.length > 0 && !mayAllow) throw new UsageError('--allow-host is for training and for a checkout');
  return named.map((text) => readAllowedHost(text) ?? refuse(text));
}

function refuse(text: string): never {
  throw new UsageError(`not HOST[:PORT]: ${text}`);
}

/** The host of an address that somebody names; throws UsageError when it is none. */
export function hostOfAddress(address: string): AllowedHost {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) throw new UsageError(`not an address: ${address}`);
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { host: url.hostname, port, mayBePrivate: true };
}
