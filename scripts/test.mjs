#!/usr/bin/env node
// `npm test`: installs what is missing, then runs every test. The last line is `N passed, N failed`, with `, N skipped` when some were.
//   npm test                        everything
//   npm test -- PART [ARGS...]      one part: unit store contract property fault security, runtime or e2e; ARGS go to its tool
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { COMPILER_PACKAGES, ensureDebianPackages, TEST_PACKAGES, VIRTUAL_DISPLAY_PACKAGES, WINDOW_PACKAGES } from './debian-packages.mjs';
import { dependenciesMatch, installDependencies } from './dependencies.mjs';
import { needNode } from './find-node.mjs';
import { root } from './folders.mjs';

const NODE_PARTS = ['unit', 'store', 'contract', 'property', 'fault', 'security'];
const PARTS = [...NODE_PARTS, 'runtime', 'e2e'];
const strict = process.env.CI === 'true';
const total = { passed: 0, failed: 0, skipped: 0 };
/** What to look at first; said again at the very end, where a long output is not cut. */
const failures = [];
const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'kense-reports-'));

const say = (line) => process.stderr.write(`kense: ${line}\n`);
const loudly = (line) => process.stderr.write(`\n${'!'.repeat(line.length)}\n${line}\n${'!'.repeat(line.length)}\n\n`);
const inModules = (file) => path.join(root, 'node_modules', file);

function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
    child.on('error', () => resolve(127));
    child.on('exit', (code, signal) => resolve(signal === null ? code : 1));
  });
}

function readReport(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** A run that ended badly without naming a failed test still counts as one. */
function add(counts, code) {
  total.passed += counts.passed;
  total.skipped += counts.skipped;
  total.failed += counts.failed > 0 || code === 0 ? counts.failed : 1;
}

async function runVitest(name, node, config, args, env = {}) {
  const file = path.join(reports, `${name}.json`);
  const vitest = [inModules('vitest/vitest.mjs'), 'run', '--config', config, '--reporter=default', '--reporter=json'];
  const code = await run(node, [...vitest, `--outputFile.json=${file}`, ...args], env);
  const report = readReport(file);
  if (!report) return add({ passed: 0, failed: 1, skipped: 0 }, code);
  const unloadable = report.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0).length;
  for (const suite of report.testResults.filter(({ status }) => status === 'failed')) {
    const named = suite.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => ` > ${fullName}`);
    for (const test of named.length > 0 ? named : ['']) failures.push(`${name}: ${path.relative(root, suite.name)}${test}`);
  }
  add(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloadable,
      skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    },
    code,
  );
}

async function runPlaywright(args, env = {}) {
  const file = path.join(reports, 'e2e.json');
  const playwright = [needNode(), inModules('@playwright/test/cli.js'), 'test', '--reporter=list,json', ...args];
  const virtual = process.platform === 'linux';
  const [command, ...rest] = virtual ? ['xvfb-run', '-a', '-s', '-screen 0 1920x1200x24', ...playwright] : playwright;
  const code = await run(command, rest, { PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...env });
  const report = readReport(file);
  if (!report) return add({ passed: 0, failed: 1, skipped: 0 }, code);
  const { expected, unexpected, flaky, skipped } = report.stats;
  for (const { file: spec, title } of specsOf(report).filter(({ ok }) => !ok)) failures.push(`e2e: ${spec} > ${title}`);
  add({ passed: expected, failed: unexpected + flaky, skipped }, code);
}

const specsOf = (report) => {
  const inside = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(inside)];
  return (report?.suites ?? []).flatMap(inside);
};

/** How many tests a missing part would have run. */
async function countPlaywright() {
  const file = path.join(reports, 'list.json');
  const args = [inModules('@playwright/test/cli.js'), 'test', '--list', '--reporter=json'];
  await run(needNode(), args, { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  return specsOf(readReport(file)).length;
}

async function missing(what, skipped) {
  loudly(what);
  if (strict) total.failed += 1;
  else total.skipped += skipped;
}

async function prepareElectron() {
  try {
    const { ensureElectron } = await import('./electron-runtime.mjs');
    const { ensureNativeModules } = await import('./build-native.mjs');
    ensureElectron();
    ensureNativeModules();
    return null;
  } catch (error) {
    return error.message;
  }
}

const [asked, ...toolArgs] = process.argv.slice(2);
if (asked !== undefined && !PARTS.includes(asked)) {
  say(`there is no part called ${asked}; there are ${PARTS.join(', ')}`);
  process.exit(64);
}
const wants = (part) => asked === undefined || asked === part;

if (!dependenciesMatch()) installDependencies();
const missingPackages = ensureDebianPackages([...WINDOW_PACKAGES, ...VIRTUAL_DISPLAY_PACKAGES, ...COMPILER_PACKAGES, ...TEST_PACKAGES]);
const noElectron = await prepareElectron();

const nodeParts = NODE_PARTS.filter(wants);
if (nodeParts.length > 0) {
  const folders = nodeParts.map((part) => `test/${part}/`).filter((folder) => fs.existsSync(path.join(root, folder)));
  await runVitest('node', needNode(), 'vitest.config.ts', [...folders, ...toolArgs]);
}
if (wants('runtime')) {
  if (noElectron) await missing(`The tests inside Electron cannot run: ${noElectron}`, 1);
  else {
    const electron = createRequire(import.meta.url)('electron');
    await runVitest('runtime', electron, 'vitest.electron.config.ts', toolArgs, { ELECTRON_RUN_AS_NODE: '1' });
  }
}
if (wants('e2e')) {
  const noDisplay = missingPackages.find((name) => VIRTUAL_DISPLAY_PACKAGES.includes(name) || WINDOW_PACKAGES.includes(name));
  if (noElectron || noDisplay) {
    await missing(`The tests in the window cannot run: ${noElectron ?? `${noDisplay} is not installed`}`, await countPlaywright());
  } else if (!ensureBuilt()) await missing('The window cannot be built', await countPlaywright());
  else await runPlaywright(toolArgs);
}

fs.rmSync(reports, { recursive: true, force: true });
for (const failure of failures) process.stderr.write(`kense: failed: ${failure}\n`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
process.exitCode = total.failed > 0 ? 1 : 0;
process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
