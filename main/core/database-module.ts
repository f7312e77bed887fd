import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The Node-API that npm's prebuilt database module was made for. */
const PREBUILD_NODE_API = 10;

/**
 * Whether the database module can load in this runtime. Asked before it is touched, because an older runtime (Node 20,
 * Electron 33) does not fail with npm's prebuild but crashes; scripts/build-native.mjs makes one that loads everywhere.
 */
export function databaseModuleLoads(nodeApi = Number(process.versions['napi']), packageFolder = findPackage()): boolean {
  if (packageFolder === null) return false;
  const prebuild = path.join(packageFolder, 'prebuilds', `${process.platform}-${process.arch}.node`);
  return nodeApi >= PREBUILD_NODE_API ? fs.existsSync(prebuild) : fs.existsSync(`${prebuild}.any-runtime`);
}

function findPackage(): string | null {
  try {
    return path.dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json'));
  } catch {
    return null;
  }
}
