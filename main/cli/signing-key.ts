import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readCertificate } from '../signature/index.ts';
import { ncaLayerUrl, type KeyPlaces, type KeyRef, type SigningKeyRef, type TokenHost } from '../token/index.ts';
import { UsageError } from './cli-io.ts';

type Options = { readonly [K in 'p12' | 'pkcs11' | 'slot' | 'key' | 'ncalayer' | 'ncalayer-cert']?: string | undefined };

/** Where keys are looked for, and how the one that was named is found there. `asksPin`: it is opened by a PIN that is typed here. */
export type NamedKey = {
  readonly places: KeyPlaces;
  readonly find: (host: TokenHost) => Promise<Result<SigningKeyRef>>;
  readonly asksPin: boolean;
};

/**
 * The key that `--p12 FILE`, `--pkcs11 MODULE --slot LABEL [--key ID]`, or `--ncalayer [URL] [--ncalayer-cert FILE]` names. Throws UsageError unless it is
 * exactly one of them.
 * @param trusted PEM certificates that may stand behind the socket of NCALayer; the named one replaces them.
 */
export function findSigningKey(options: Options, cwd: string, trusted: readonly string[]): NamedKey {
  const { p12, pkcs11, slot, key, ncalayer } = options;
  if ([p12, pkcs11, ncalayer].filter((named) => named !== undefined).length !== 1)
    throw new UsageError('needs --p12 FILE, --pkcs11 MODULE or --ncalayer');
  if (pkcs11 === undefined && (slot !== undefined || key !== undefined)) throw new UsageError('--slot and --key belong to --pkcs11');
  if (ncalayer === undefined && options['ncalayer-cert'] !== undefined) throw new UsageError('--ncalayer-cert belongs to --ncalayer');
  if (ncalayer !== undefined) {
    const url = ncaLayerUrl(ncalayer);
    if (!url.ok) throw new UsageError('--ncalayer takes wss://127.0.0.1:PORT alone');
    const pinned = options['ncalayer-cert'];
    const anchors = pinned === undefined ? trusted : [readText(path.resolve(cwd, pinned))];
    const places = { keyFolders: [], modules: [], ncaLayer: { url: url.value, anchors } };
    return { places, find: (host) => host.findProgram(), asksPin: false };
  }
  if (p12 !== undefined) {
    const ref: KeyRef = { kind: 'pkcs12', file: path.resolve(cwd, p12) };
    return { places: { keyFolders: [], modules: [] }, find: () => Promise.resolve(ok(ref)), asksPin: true };
  }
  if (slot === undefined) throw new UsageError('--pkcs11 needs --slot LABEL');
  const module = path.resolve(cwd, pkcs11!);
  return { places: { keyFolders: [], modules: [module] }, find: (host) => keyOnToken(host, slot, key?.toLowerCase()), asksPin: true };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`no such file: ${file}`);
  }
}

/** The key of this id or certificate, or the only one of the token; of several certificates of one key the one that is valid now. */
async function keyOnToken(host: TokenHost, label: string, id: string | undefined): Promise<Result<KeyRef>> {
  const listed = await host.list();
  if (!listed.ok) return listed;
  const keys = listed.value.flatMap(({ ref, certificate }) =>
    ref.kind === 'pkcs11' && ref.tokenLabel === label ? [{ ref, certificate }] : [],
  );
  const fitting = id === undefined ? keys : keys.filter(({ ref }) => ref.id === id || ref.certificate === id);
  const valid = fitting.length > 1 && new Set(fitting.map(({ ref }) => ref.id)).size === 1 ? fitting.filter(isValidNow) : fitting;
  const [found, ...others] = (valid.length > 0 ? valid : fitting).map(({ ref }) => ref);
  if (keys.length === 0) return fail('token-absent');
  if (!found) return fail('key-unreadable', { reason: 'missing' });
  return others.length > 0 ? fail('key-unreadable', { reason: 'several' }) : ok(found);
}

function isValidNow({ certificate }: { readonly certificate: Uint8Array | null }): boolean {
  const { from, to } = (certificate && readCertificate(certificate)?.validity) ?? { from: '', to: '' };
  const now = new Date().toISOString();
  return from <= now && now <= to;
}
