import { readFile, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Check } from './check-parts.ts';
import { KAZAKH_LETTERS, lettersWithoutGlyph } from './letters-of-font.ts';

const MIB = 1024 ** 2;
const MIN_FREE_MIB = 1024;
/** What papers are drawn with. */
const FONTS = ['Tinos-Regular.ttf', 'Tinos-Bold.ttf', 'Tinos-Italic.ttf'];

/** Free room for this user on the disk of a folder, in bytes. */
export async function freeBytesOf(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
}

export const runtimeCheck: Check = ({ version }) => {
  const facts = {
    version,
    node: process.versions.node,
    electron: process.versions['electron'] ?? '-',
    napi: process.versions['napi'] ?? '-',
    platform: `${process.platform}-${process.arch}`,
  };
  return { state: 'ok', facts, detail: `Kense ${version}, Node ${facts.node}, Node-API ${facts.napi}, ${facts.platform}` };
};

export const databaseModuleCheck: Check = ({ databaseModuleLoads }) =>
  databaseModuleLoads()
    ? { state: 'ok', detail: 'can load in this runtime' }
    : { state: 'not-ok', reason: 'database-module-unloadable', detail: 'cannot load in this runtime' };

export const fontsCheck: Check = async ({ resourcesDir }) => {
  const faults: string[] = [];
  for (const name of FONTS) {
    const font = await readFile(path.join(resourcesDir, 'fonts', name)).catch(() => null);
    if (font === null) faults.push(name);
    else if (lettersWithoutGlyph(font, KAZAKH_LETTERS).length > 0) faults.push(name);
  }
  const facts = { fonts: FONTS.length, faulty: faults.length };
  return faults.length === 0
    ? { state: 'ok', facts, detail: `${FONTS.length} embedded fonts have every Kazakh letter` }
    : { state: 'not-ok', reason: 'font-missing', facts, detail: `missing or without Kazakh letters: ${faults.join(', ')}` };
};

export const diskCheck: Check = async ({ dir, freeBytes = freeBytesOf }) => {
  const freeMiB = Math.floor((await freeBytes(dir)) / MIB);
  const facts = { freeMiB };
  const detail = `${freeMiB} MiB free`;
  return freeMiB >= MIN_FREE_MIB ? { state: 'ok', facts, detail } : { state: 'not-ok', reason: 'disk-low', facts, detail };
};

export const printerCheck: Check = async ({ printers, printer }) => {
  if (printers === null) return { state: 'not-applicable', reason: 'window-only', detail: 'printers are asked for in the window' };
  const found = await printers();
  const facts = { printers: found.length };
  if (printer !== null && found.every(({ name }) => name !== printer))
    return { state: 'not-ok', reason: 'printer-gone', facts, detail: 'the remembered printer is not there' };
  return found.length === 0
    ? { state: 'not-applicable', reason: 'no-printer', facts, detail: 'no printer; papers are saved as PDF' }
    : { state: 'ok', facts, detail: `${found.length} printers` };
};
