import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { launchKense, mainWindow } from './launch.ts';

/** Where Chromium keeps its own things; a copied desk makes them anew. */
const OURS = new Set(['training', 'training-registry']);

/**
 * A training desk with its samples, made once by the program itself and copied for each test, because making keys takes a while.
 * The copy has its own registry with its own data.
 */
export async function prepareDesk(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'kense-prepared-'));
  const app = await launchKense({ userData: folder });
  const page = await mainWindow(app);
  // the first answer comes when the core has started
  await page.evaluate(() =>
    (globalThis as unknown as { kense: { office: { get(input: object): Promise<unknown> } } }).kense.office.get({}),
  );
  await app.close();
  return folder;
}

export async function copyDesk(prepared: string, to: string): Promise<void> {
  for (const name of await readdir(prepared)) {
    if (OURS.has(name)) await cp(path.join(prepared, name), path.join(to, name), { recursive: true });
  }
}

export const removeDesk = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });
