import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { TrustSources } from '../signature/index.ts';
import { UsageError } from './cli-io.ts';
import type { VerifyIo } from './verify-files.ts';

/** Files and folders of the options `--anchor`, `--cert`, `--crl` and `--ocsp`. */
export type NamedMaterial = {
  readonly anchor: readonly string[];
  readonly cert: readonly string[];
  readonly crl: readonly string[];
  readonly ocsp: readonly string[];
};

/** What was named, and the installed trust list unless an anchor was. Throws UsageError for what is not there. */
export async function namedTrust(named: NamedMaterial, { cwd, trustDirs }: Pick<VerifyIo, 'cwd' | 'trustDirs'>): Promise<TrustSources> {
  const trust = withInstalled({ anchors: named.anchor, certs: named.cert, crls: named.crl, ocsp: named.ocsp }, trustDirs, cwd);
  for (const name of Object.values(trust).flat())
    if (!(await stat(name).catch(() => null))) throw new UsageError(`no such file or folder: ${name}`);
  return trust;
}

type Names = { readonly [K in keyof TrustSources]: readonly string[] };

/** Names relative to a folder; the installed material belongs to the installed anchors. */
export function withInstalled(named: Names, installed: Names, folder: string): TrustSources {
  const all = (kind: keyof TrustSources): string[] => [
    ...named[kind].map((name) => path.resolve(folder, name)),
    ...(named.anchors.length > 0 ? [] : installed[kind]),
  ];
  return { anchors: all('anchors'), certs: all('certs'), crls: all('crls'), ocsp: all('ocsp') };
}
