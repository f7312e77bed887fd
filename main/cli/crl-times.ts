import fs from 'node:fs';
import { readCrlOnce, readTrustMaterial } from '../signature/index.ts';

/** When each CRL of a folder ends (UTC ISO, null for never); one that cannot be read counts as ended long ago. */
export async function readCrlTimes(dir: string): Promise<{ nextUpdate: string | null }[]> {
  if (!fs.existsSync(dir)) return [];
  const material = await readTrustMaterial({ anchors: [], certs: [], crls: [dir], ocsp: [] });
  if (!material.ok) return [{ nextUpdate: '' }];
  return material.value.crls.map((der) => {
    const nextUpdate = readCrlOnce(der)?.nextUpdate;
    return { nextUpdate: nextUpdate === undefined ? '' : nextUpdate === null ? null : new Date(nextUpdate).toISOString() };
  });
}
