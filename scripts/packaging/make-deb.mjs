#!/usr/bin/env node
// Stands in for fpm where it cannot be downloaded: takes the arguments that electron-builder gives it for `-t deb` and makes the
// package with dpkg-deb.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const FLAGS = new Set(['--force', '--debug', '--deb-no-default-config-files']);
const ARCHITECTURES = { x86_64: 'amd64', x64: 'amd64', aarch64: 'arm64' };
const COMPRESSIONS = { gz: 'gzip', bzip2: 'xz' };
const SCRIPTS = { '--after-install': 'postinst', '--after-remove': 'postrm', '--before-install': 'preinst', '--before-remove': 'prerm' };

function readArguments(argv) {
  const read = { one: {}, depends: [], recommends: [], copies: [] };
  for (let at = 0; at < argv.length; at++) {
    const arg = argv[at];
    if (arg === '-d') read.depends.push(argv[++at]);
    else if (arg === '--deb-recommends') read.recommends.push(argv[++at]);
    else if (FLAGS.has(arg)) continue;
    else if (arg.startsWith('-')) read.one[arg] = argv[++at];
    else read.copies.push(arg.split('='));
  }
  return read;
}

function copyInto(stage, copies) {
  for (const [from, to] of copies) {
    const target = path.join(stage, to);
    if (from.endsWith('/')) fs.cpSync(from, target, { recursive: true, verbatimSymlinks: true });
    else {
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.copyFileSync(from, target);
    }
  }
}

/** Sets modes that do not depend on the builder's umask; answers the size in KiB. */
function settle(folder) {
  fs.chmodSync(folder, 0o755);
  return fs.readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return sum + settle(file);
    if (!entry.isFile()) return sum;
    const { size, mode } = fs.statSync(file);
    fs.chmodSync(file, mode & 0o111 ? 0o755 : 0o644);
    return sum + Math.ceil(size / 1024);
  }, 0);
}

function controlText({ one, depends, recommends }, installedSize) {
  const description = one['--description'].trim().split('\n');
  const fields = {
    Package: one['--name'],
    Version: one['--version'] + (one['--iteration'] ? `-${one['--iteration']}` : ''),
    License: one['--license'],
    Vendor: one['--vendor'],
    Architecture: ARCHITECTURES[one['--architecture']] ?? one['--architecture'],
    Maintainer: one['--maintainer'],
    'Installed-Size': installedSize,
    Depends: depends.join(', '),
    Recommends: recommends.join(', '),
    Section: one['--category'] ?? 'default',
    Priority: one['--deb-priority'] ?? 'optional',
    Homepage: one['--url'],
    Description: description.map((line, place) => (place === 0 ? line.trim() : ` ${line.trim() || '.'}`)).join('\n'),
  };
  return Object.entries(fields)
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

const read = readArguments(process.argv.slice(2));
const { one } = read;
if (one['-t'] !== 'deb' || one['-s'] !== 'dir') {
  console.error('only a deb from folders can be made here');
  process.exit(2);
}
const stage = fs.mkdtempSync(path.join(os.tmpdir(), 'kense-deb-'));
try {
  copyInto(stage, read.copies);
  const size = settle(stage);
  const control = path.join(stage, 'DEBIAN');
  fs.mkdirSync(control);
  fs.writeFileSync(path.join(control, 'control'), controlText(read, size));
  for (const [option, name] of Object.entries(SCRIPTS)) {
    if (!one[option]) continue;
    fs.copyFileSync(one[option], path.join(control, name));
    fs.chmodSync(path.join(control, name), 0o755);
  }
  const compression = COMPRESSIONS[one['--deb-compression']] ?? one['--deb-compression'] ?? 'xz';
  const level = process.env.DEB_LEVEL ? [`-z${process.env.DEB_LEVEL}`] : [];
  const build = spawnSync('dpkg-deb', ['--root-owner-group', `-Z${compression}`, ...level, '--build', stage, one['--package']], {
    stdio: 'inherit',
  });
  process.exitCode = build.status ?? 1;
} finally {
  fs.rmSync(stage, { recursive: true, force: true });
}
