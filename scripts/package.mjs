#!/usr/bin/env node
// Packs the program for this machine with the Electron that is here: `npm run package`, or `npm run package -- deb`.
// What it makes with the development runtime is for trying out and is never shipped.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureNativeModules } from './build-native.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureElectron } from './electron-runtime.mjs';
import { needNode } from './find-node.mjs';
import { root } from './folders.mjs';

const [target = 'dir'] = process.argv.slice(2);
const dist = ensureElectron();
ensureNativeModules();
if (!ensureBuilt()) process.exit(1);
const electronVersion = fs.readFileSync(path.join(dist, 'version'), 'utf8').trim();
const args = [
  path.join(root, 'node_modules/electron-builder/cli.js'),
  '--linux',
  target,
  `-c.electronDist=${dist}`,
  `-c.electronVersion=${electronVersion}`,
  '--publish=never',
];
const env = {
  ...process.env,
  CUSTOM_FPM_PATH: path.join(root, 'scripts/packaging/make-deb.mjs'),
  ELECTRON_BUILDER_7ZIP_PATH: '/usr/bin/7za',
};
const run = spawnSync(needNode(), args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env });
process.exit(run.status ?? 1);
