import { join } from 'node:path';
import { readCertificateOnce } from './trust-material.ts';
import { filesOf, readFileEncodings } from './read-trust-material.ts';
import type { TrustList } from './trust-list.ts';

/** Where certificates of each role of the trust list are installed, below the folder of installed trust. */
export const TRUST_FOLDERS = { root: 'anchors', issuing: 'certs' } as const;

/** A certificate that lies in the folders of installed trust. */
export type InstalledCertificate = {
  readonly file: string;
  readonly sha256: string;
  readonly subject: string;
  /** UTC ISO instants. */
  readonly validity: { readonly from: string; readonly to: string };
  readonly folder: (typeof TRUST_FOLDERS)[keyof typeof TRUST_FOLDERS];
  /** Whether the list has it in the role its folder is for: an anchor that it has not is not one. */
  readonly listed: boolean;
};

/** The certificates in a folder of installed trust; what cannot be read is left out. */
export async function listInstalledTrust(dir: string, { certificates }: TrustList): Promise<InstalledCertificate[]> {
  const roles = new Map(certificates.map(({ sha256, role }) => [sha256, TRUST_FOLDERS[role]]));
  const installed: InstalledCertificate[] = [];
  for (const folder of Object.values(TRUST_FOLDERS))
    for (const file of await filesOf(join(dir, folder)).catch(() => []))
      for (const encoding of await readFileEncodings(file).catch(() => [])) {
        const certificate = readCertificateOnce(encoding);
        if (certificate === null) continue;
        const { sha256, subject, validity } = certificate;
        installed.push({ file, sha256, subject: subject.text, validity, folder, listed: roles.get(sha256) === folder });
      }
  return installed;
}

/**
 * The files in a folder of installed trust whose certificates count as anchors: every one of them is a root of the list. A file laid there
 * by hand is passed over.
 */
export async function installedAnchors(dir: string, list: TrustList): Promise<string[]> {
  const anchors = (await listInstalledTrust(dir, list)).filter(({ folder }) => folder === TRUST_FOLDERS.root);
  const strange = new Set(anchors.filter(({ listed }) => !listed).map(({ file }) => file));
  return [...new Set(anchors.map(({ file }) => file))].filter((file) => !strange.has(file));
}
