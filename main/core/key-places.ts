import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { profilePaths, readSetting, writeSetting, type Reading, type Store } from '../store/index.ts';
import type { TrustMaterial } from '../signature/index.ts';
import { knownModules, NCALAYER_URL, ncaLayerUrl, tlsAnchors, type KeyPlaces } from '../token/index.ts';

const OWN_MODULES = 'token.modules';
const NCALAYER = 'token.ncalayer';

/** PKCS#11 modules that were allowed on this desk beside the known ones; absolute paths. */
export const ownModules = (read: Reading): string[] => readSetting<string[]>(read, OWN_MODULES) ?? [];

/** Where NCALayer is on this desk when it is not where it usually is. `certificate`: PEM, the one that its socket shows; null: one of the trust list. */
export type OwnNcaLayer = { readonly url: string; readonly certificate: string | null };

export const ownNcaLayer = (read: Reading): OwnNcaLayer =>
  readSetting<OwnNcaLayer>(read, NCALAYER) ?? { url: NCALAYER_URL, certificate: null };

/** The folder of key files: of the training kit, or the one that an administrator fills. */
export const keyFolderOf = (profileDir: string, mode: 'training' | 'real'): string =>
  path.join(mode === 'training' ? profilePaths(profileDir).training : profileDir, 'keys');

/** Where the keys of a desk may be. The window has no say in it. NCALayer must show a certificate that one of `trust` stands behind. */
export async function keyPlaces(read: Reading, resourcesDir: string, keyFolder: string, trust: TrustMaterial): Promise<KeyPlaces> {
  const { url, certificate } = ownNcaLayer(read);
  return {
    keyFolders: [keyFolder],
    modules: [...(await knownModules(resourcesDir)), ...ownModules(read)],
    ncaLayer: { url, anchors: certificate === null ? tlsAnchors(trust) : [certificate] },
  };
}

type Program = OwnNcaLayer & { readonly at: string; readonly actor: string | null };

/** Says where NCALayer is on this desk: `url` on this computer alone. Errors: `input-invalid`, `certificate-unfit` (the file is no certificate). */
export function changeNcaLayer(store: Store, { url, certificate, at, actor }: Program): Result<OwnNcaLayer> {
  const checked = ncaLayerUrl(url);
  if (!checked.ok) return checked;
  if (certificate !== null && !isCertificate(certificate)) return fail('certificate-unfit', { reason: 'format' });
  return store.write((tx) => {
    writeSetting(tx, NCALAYER, { url, certificate });
    const pinned = certificate === null ? '' : new X509Certificate(certificate).fingerprint256;
    tx.journal({ at, actor, action: 'token.ncalayer-changed', subject: null, details: { url, certificate: pinned } });
    return ok({ url, certificate });
  });
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

type Change = { readonly file: string; readonly allowed: boolean; readonly at: string; readonly actor: string | null };

/** Allows a module on this desk, or no longer. It is code that will see PINs: it must be named by its full path and be there. */
export function changeOwnModules(store: Store, { file, allowed, at, actor }: Change): Result<string[]> {
  if (allowed && !(path.isAbsolute(file) && fs.statSync(file, { throwIfNoEntry: false })?.isFile()))
    return fail('driver-missing', { reason: 'absent' });
  return store.write((tx) => {
    const others = ownModules(tx).filter((module) => module !== file);
    const modules = allowed ? [...others, file] : others;
    writeSetting(tx, OWN_MODULES, modules);
    tx.journal({ at, actor, action: 'token.modules-changed', subject: null, details: { module: file, allowed: String(allowed) } });
    return ok(modules);
  });
}
