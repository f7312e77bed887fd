import fs from 'node:fs';
import path from 'node:path';
import { installedAnchors, readTrustMaterial, type TrustList, type TrustMaterial } from '../signature/index.ts';

const KINDS = ['anchors', 'certs', 'crls', 'ocsp'] as const;
const NOTHING: TrustMaterial = { anchors: [], certs: [], crls: [], ocsp: [] };

/**
 * Reads the trust material of a folder, again only when a file of it has changed: fresh CRLs count at once.
 * @param pinned the only roots that count as anchors; null in training, whose folder brings its own.
 */
export function createTrustReader(dir: string, pinned: TrustList | null): () => Promise<TrustMaterial> {
  let seen = '';
  let material = NOTHING;
  return async () => {
    const folders = KINDS.map((kind) => path.join(dir, kind)).filter((folder) => fs.existsSync(folder));
    const now = folders
      .flatMap((folder) => fs.readdirSync(folder).map((name) => `${folder}/${name}:${fs.statSync(path.join(folder, name)).mtimeMs}`))
      .join('\n');
    if (now === seen) return material;
    const of = (kind: (typeof KINDS)[number]) => folders.filter((folder) => path.basename(folder) === kind);
    const anchors = pinned === null ? of('anchors') : await installedAnchors(dir, pinned);
    const read = await readTrustMaterial({ anchors, certs: of('certs'), crls: of('crls'), ocsp: of('ocsp') });
    // an unreadable file among them must not become "nothing is trusted, everything is fine": it is the old material, or none
    if (read.ok) {
      seen = now;
      material = read.value;
    }
    return material;
  };
}
