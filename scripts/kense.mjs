#!/usr/bin/env node
// The command line in a checkout: `npm run -s kense -- <command>`. Works right after `npm ci`, under Node 20 or newer.
// `bench` is known here alone: its peers are tools of the tests.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { dependenciesPresent, installDependencies } from './dependencies.mjs';
import { needNode, thisNodeRunsTypeScript } from './find-node.mjs';
import { root } from './folders.mjs';

const bench = process.argv[2] === 'bench';
const commandLine = path.join(root, bench ? 'test/bench/index.ts' : 'main/cli/index.ts');
const followParent = new URL('./follow-parent.mjs', import.meta.url).href;

function runHere() {
  // npm is the parent then; a shell that starts this file itself may well end before it
  const followed = process.env.npm_lifecycle_event === 'kense' ? import(followParent) : Promise.resolve();
  process.argv[1] = commandLine;
  return followed.then(() => import(pathToFileURL(commandLine).href));
}

function runInNewerNode() {
  const args = ['--disable-warning=ExperimentalWarning', '--import', followParent, commandLine, ...process.argv.slice(2)];
  const child = spawn(needNode(), args, { stdio: 'inherit' });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  // a terminal sends Ctrl+C to both of us
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  child.on('error', (error) => {
    process.stderr.write(`kense: ${error.message}\n`);
    process.exitCode = 69;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

if (!dependenciesPresent()) installDependencies();
if (process.argv.includes('--pkcs11')) {
  const { ensureDebianPackages, COMPILER_PACKAGES } = await import('./debian-packages.mjs');
  ensureDebianPackages(COMPILER_PACKAGES);
  const { ensurePkcs11Module } = await import('./build-native.mjs');
  ensurePkcs11Module();
} else if (process.argv[2] === 'doctor') {
  const { ensurePkcs11Module } = await import('./build-native.mjs');
  try {
    ensurePkcs11Module();
  } catch {
    // without a compiler the step of tokens says what is missing
  }
}
if (thisNodeRunsTypeScript) await runHere();
else runInNewerNode();
