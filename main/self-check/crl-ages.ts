import fs from 'node:fs';
import type { EvidenceSource } from '../evidence/index.ts';
import { readCrlOnce, readTrustMaterial } from '../signature/index.ts';

type Age = { readonly thisUpdate: number; readonly nextUpdate: number | null };

/** What can be said of the CRLs of a desk. */
export type CrlAges = { readonly ok: boolean; readonly detail: string; readonly facts: Readonly<Record<string, number>> };

const HOUR_MS = 3_600_000;

/** Ages of the CRLs that are installed in a folder and of those that were fetched. @param now UTC ISO. */
export async function readCrlAges(dir: string, evidence: EvidenceSource, now: string): Promise<CrlAges> {
  const installed = await installedLists(dir);
  if (installed === null) return { ok: false, detail: 'a list cannot be read', facts: {} };
  const fetched = (await evidence.lists()).map(({ thisUpdate, nextUpdate }) => ({
    thisUpdate: Date.parse(thisUpdate),
    nextUpdate: nextUpdate === null ? null : Date.parse(nextUpdate),
  }));
  const all = [...installed, ...fetched];
  const isStale = ({ nextUpdate }: Age): boolean => nextUpdate !== null && nextUpdate < Date.parse(now);
  const ages = all.map(({ thisUpdate }) => Math.floor((Date.parse(now) - thisUpdate) / HOUR_MS));
  const oldest = all.length > 0 ? `, the oldest ${Math.max(...ages)} h, the newest ${Math.min(...ages)} h` : '';
  return {
    ok: !installed.some(isStale) || !fetched.every(isStale),
    facts: {
      ...{ installed: installed.length, fetched: fetched.length, outOfDate: all.filter(isStale).length },
      ...(ages.length > 0 && { oldestHours: Math.max(...ages), newestHours: Math.min(...ages) }),
    },
    detail: `${installed.length} installed, ${fetched.length} fetched, ${all.filter(isStale).length} out of date${oldest}`,
  };
}

async function installedLists(dir: string): Promise<Age[] | null> {
  if (!fs.existsSync(dir)) return [];
  const material = await readTrustMaterial({ anchors: [], certs: [], crls: [dir], ocsp: [] });
  return material.ok ? material.value.crls.map(readCrlOnce).filter((list) => list !== null) : null;
}
