import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './folders.mjs';
import { needNode } from './find-node.mjs';

const SOURCES = ['main', 'renderer', 'shared', 'registry', 'resources', 'electron.vite.config.ts', 'package-lock.json'];
const stamp = path.join(root, 'build/built');

function newestChange(entry) {
  const stat = fs.statSync(entry, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...fs.readdirSync(entry).map((name) => newestChange(path.join(entry, name))));
}

/** Builds the window, the preloads and the processes into build/, unless nothing changed since the last time. */
export function ensureBuilt() {
  const newest = Math.max(...SOURCES.map((source) => newestChange(path.join(root, source))));
  if (fs.existsSync(stamp) && fs.statSync(stamp).mtimeMs > newest) return true;
  fs.rmSync(stamp, { force: true });
  const cli = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const run = spawnSync(needNode(), [cli, 'build', '--logLevel', 'warn'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (run.status !== 0) return false;
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, '');
  return true;
}
