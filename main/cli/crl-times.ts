import fs from 'node:fs';
import path from 'node:path';
import { readCrl } from '../signature/index.ts';

/** When each CRL of a folder was issued and ends; files that are no CRL count as ended. */
export function readCrlTimes(dir: string): { file: string; nextUpdate: string | null }[] {
  if (!fs.existsSync(dir)) return [];
  return fs.readdirSync(dir).map((file) => {
    const crl = readCrl(new Uint8Array(fs.readFileSync(path.join(dir, file))));
    return { file, nextUpdate: crl ? crl.nextUpdate : '' };
  });
}
