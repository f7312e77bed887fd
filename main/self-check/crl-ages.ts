import fs from 'node:fs';
import type { EvidenceSource } from '../evidence/index.ts';
import { readCrlOnce, readTrustMaterial, type Crl } from '../signature/index.ts';

type Age = Pick<Crl, 'thisUpdate' | 'nextUpdate' | 'deltaBase'> & { readonly issuer: string };

/** What can be said of the CRLs of a desk: each issuer is as up to date as its newest list is. */
export type CrlAges = {
  readonly state: 'fresh' | 'stale' | 'unreadable' | 'none';
  readonly detail: string;
  readonly facts: Readonly<Record<string, number>>;
};

const HOUR_MS = 3_600_000;

/** Ages of the CRLs that are installed in a folder and of those that were fetched. @param now UTC ISO. */
export async function readCrlAges(dir: string, evidence: EvidenceSource, now: string): Promise<CrlAges> {
  const installed = await installedLists(dir);
  if (installed === null) return { state: 'unreadable', detail: 'a list cannot be read', facts: {} };
  const fetched = (await evidence.lists()).map(({ list }) => ageOf(list));
  const all = [...installed, ...fetched];
  const isStale = ({ nextUpdate }: Age): boolean => nextUpdate !== null && nextUpdate < Date.parse(now);
  // a delta says nothing without its base
  const newest = new Map<string, Age>();
  for (const list of all)
    if (list.deltaBase === null && list.thisUpdate >= (newest.get(list.issuer)?.thisUpdate ?? 0)) newest.set(list.issuer, list);
  const issuersOutOfDate = [...newest.values()].filter(isStale).length;
  const ages = all.map(({ thisUpdate }) => Math.floor((Date.parse(now) - thisUpdate) / HOUR_MS));
  const oldest = all.length > 0 ? `, the oldest ${Math.max(...ages)} h, the newest ${Math.min(...ages)} h` : '';
  const without = issuersOutOfDate > 0 ? `, ${issuersOutOfDate} issuers without a fresh one` : '';
  const outOfDate = all.filter(isStale).length;
  return {
    state: newest.size === 0 ? 'none' : issuersOutOfDate > 0 ? 'stale' : 'fresh',
    facts: {
      ...{ installed: installed.length, fetched: fetched.length, outOfDate },
      ...(issuersOutOfDate > 0 && { issuersOutOfDate }),
      ...(ages.length > 0 && { oldestHours: Math.max(...ages), newestHours: Math.min(...ages) }),
    },
    detail: `${installed.length} installed, ${fetched.length} fetched, ${outOfDate} out of date${without}${oldest}`,
  };
}

const ageOf = ({ issuer, ...age }: Crl): Age => ({ ...age, issuer: issuer.key });

async function installedLists(dir: string): Promise<Age[] | null> {
  if (!fs.existsSync(dir)) return [];
  const material = await readTrustMaterial({ anchors: [], certs: [], crls: [dir], ocsp: [] });
  return material.ok
    ? material.value.crls
        .map(readCrlOnce)
        .filter((list) => list !== null)
        .map(ageOf)
    : null;
}
