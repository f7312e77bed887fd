import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { KeyPlaces, KeyRef, TokenHost } from '../token/index.ts';
import { UsageError } from './cli-io.ts';

type Options = { readonly [K in 'p12' | 'pkcs11' | 'slot' | 'key']?: string | undefined };

/** The key that `--p12 FILE`, or `--pkcs11 MODULE --slot LABEL [--key ID]`, names. Throws UsageError unless it is exactly one of the two. */
export function findSigningKey(
  { p12, pkcs11, slot, key }: Options,
  cwd: string,
): { places: KeyPlaces; find: (host: TokenHost) => Promise<Result<KeyRef>> } {
  if ((p12 === undefined) === (pkcs11 === undefined)) throw new UsageError('needs --p12 FILE or --pkcs11 MODULE');
  if (p12 !== undefined) {
    if (slot !== undefined || key !== undefined) throw new UsageError('--slot and --key belong to --pkcs11');
    const ref: KeyRef = { kind: 'pkcs12', file: path.resolve(cwd, p12) };
    return { places: { keyFolders: [], modules: [] }, find: () => Promise.resolve(ok(ref)) };
  }
  if (slot === undefined) throw new UsageError('--pkcs11 needs --slot LABEL');
  const module = path.resolve(cwd, pkcs11!);
  return { places: { keyFolders: [], modules: [module] }, find: (host) => keyOnToken(host, slot, key?.toLowerCase()) };
}

/** The key of this id, or the only one of the token. */
async function keyOnToken(host: TokenHost, label: string, id: string | undefined): Promise<Result<KeyRef>> {
  const listed = await host.list();
  if (!listed.ok) return listed;
  const refs = listed.value.flatMap(({ ref }) => (ref.kind === 'pkcs11' && ref.tokenLabel === label ? [ref] : []));
  const fitting = id === undefined ? refs : refs.filter((ref) => ref.id === id);
  const [found, ...others] = fitting;
  if (refs.length === 0) return fail('token-absent');
  if (!found) return fail('key-unreadable', { reason: 'missing' });
  return others.length > 0 ? fail('key-unreadable', { reason: 'several' }) : ok(found);
}
