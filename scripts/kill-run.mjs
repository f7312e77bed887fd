#!/usr/bin/env node
// Kills desk and registry in turn, PostgreSQL some times with them, and prints what is left; docs/faults.md tells what it checks.
//   node scripts/kill-run.mjs [--kills 200] [--filings 60] [--restarts 8] [--seed N]
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { needNode } from './find-node.mjs';
import { root } from './folders.mjs';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    filings: { type: 'string', default: '60' },
    restarts: { type: 'string', default: '8' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
  },
});
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kense-kills-'));
const report = path.join(folder, 'report.json');
const env = {
  ...process.env,
  KENSE_SEED: values.seed,
  KENSE_KILLS: values.kills,
  KENSE_FILINGS: values.filings,
  KENSE_DATABASE_RESTARTS: values.restarts,
  KENSE_REPORT: report,
};
process.stderr.write(`kense: seed ${values.seed}\n`);
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const child = spawn(needNode(), [vitest, 'run', 'test/fault/killed-in-turn.test.ts'], { cwd: root, env, stdio: ['ignore', 2, 2] });
child.on('exit', (code) => {
  if (fs.existsSync(report)) process.stdout.write(`${fs.readFileSync(report, 'utf8')}\n`);
  fs.rmSync(folder, { recursive: true, force: true });
  process.exitCode = code ?? 1;
});
