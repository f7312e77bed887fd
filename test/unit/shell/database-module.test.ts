import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { databaseModuleLoads } from '../../../main/core/database-module.ts';

let folder = '';
const prebuild = () => path.join(folder, 'prebuilds', `${process.platform}-${process.arch}.node`);
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'kense-module-'));
  mkdirSync(path.join(folder, 'prebuilds'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('npm’s prebuild is trusted in a runtime that is new enough, and nowhere else', () => {
  writeFileSync(prebuild(), '');
  expect(databaseModuleLoads(10, folder)).toBe(true);
  expect(databaseModuleLoads(9, folder)).toBe(false);
});

it('a module that was compiled for every runtime is trusted in an older one', () => {
  writeFileSync(prebuild(), '');
  writeFileSync(`${prebuild()}.any-runtime`, '');
  expect(databaseModuleLoads(9, folder)).toBe(true);
});

it('no module, or no package at all, is said before anything is touched', () => {
  expect(databaseModuleLoads(10, folder)).toBe(false);
  expect(databaseModuleLoads(10, null)).toBe(false);
});

it('the module of this checkout loads here', () => {
  expect(databaseModuleLoads()).toBe(true);
});
