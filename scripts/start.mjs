#!/usr/bin/env node
// `npm start`: on a fresh clone installs what is missing, then opens the window in training mode. Without a display it does the
// same work with no window and leaves its papers in out/.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ensureDebianPackages, COMPILER_PACKAGES, WINDOW_PACKAGES } from './debian-packages.mjs';
import { dependenciesMatch, installDependencies } from './dependencies.mjs';
import { root } from './folders.mjs';

function run(command, args, env = process.env) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  // a terminal sends Ctrl+C to both of us
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 1));
}

if (process.env.npm_lifecycle_event === 'start') await import('./follow-parent.mjs');
const args = process.argv.slice(2);
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

if (!dependenciesMatch()) installDependencies();
if (!hasDisplay) {
  process.stderr.write('kense: this machine has no display, so the same work is done without a window; its papers are left in out/\n');
  run(process.execPath, [path.join(root, 'scripts/kense.mjs'), 'demo', ...args]);
} else {
  const [{ ensureElectron }, { ensureNativeModules }, { ensureBuilt }] = await Promise.all([
    import('./electron-runtime.mjs'),
    import('./build-native.mjs'),
    import('./build.mjs'),
  ]);
  const missing = ensureDebianPackages([...WINDOW_PACKAGES, ...COMPILER_PACKAGES]);
  ensureElectron();
  ensureNativeModules();
  if (!ensureBuilt()) process.exit(1);
  if (missing.length > 0) process.stderr.write('kense: trying without them\n');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const executable = createRequire(import.meta.url)('electron');
  run(executable, [...asRoot, root, '--training', ...args]);
}
