import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './folders.mjs';

const installedLock = path.join(root, 'node_modules/.package-lock.json');

/** npm writes its own copy of the lockfile as the last step of an installation. */
export const dependenciesPresent = () => fs.existsSync(installedLock);

/** Every package of the lockfile is installed in its version; optional ones may be absent on this system. */
export function dependenciesMatch() {
  if (!dependenciesPresent()) return false;
  const wanted = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(fs.readFileSync(installedLock, 'utf8')).packages;
  return Object.entries(wanted).every(([place, { version, optional }]) => {
    if (place === '') return true;
    return installed[place] ? installed[place].version === version : optional === true;
  });
}

/** `npm ci`; what it says goes to standard error. */
export function installDependencies() {
  process.stderr.write('kense: installing dependencies\n');
  const run = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (run.status !== 0) {
    process.stderr.write('kense: npm ci failed\n');
    process.exit(run.status ?? 1);
  }
}
