import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Database } from '../../../registry/store/database.ts';
import { openEmbedded } from '../../../registry/store/embedded.ts';

let folder: string;
let db: Database | null = null;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kense-embedded-test-'));
});
afterEach(async () => {
  await db?.close();
  db = null;
  fs.rmSync(folder, { recursive: true, force: true });
});

const write = (name: string) => db!.transaction((sql) => sql.query('INSERT INTO setting (name, value) VALUES ($1, $1)', [name]));

it('a change in a folder is synced to the disk before it is answered, once for a transaction', async () => {
  db = await openEmbedded(folder);
  expect(await db.query('SHOW fsync')).toEqual([{ fsync: 'on' }]);
  await write('warm');
  const sync = vi.spyOn(fs, 'fsyncSync');
  await write('first');
  expect(sync).toHaveBeenCalledTimes(1);
  await db.query("INSERT INTO setting (name, value) VALUES ('second', 'x')");
  expect(sync).toHaveBeenCalledTimes(2);
  await db.query('SELECT 1');
  expect(sync).toHaveBeenCalledTimes(2);
});

it('a folder that was left half made is made anew', async () => {
  fs.mkdirSync(path.join(folder, 'database.new/base'), { recursive: true });
  db = await openEmbedded(folder);
  expect(await db.query('SELECT count(*)::integer AS count FROM court')).toEqual([{ count: 0 }]);
  expect(fs.readdirSync(folder)).toEqual(['database']);
});

it('the log is cut by a checkpoint now and then', async () => {
  db = await openEmbedded(null);
  const checkpoint = async () => (await db!.query<{ at: string }>('SELECT redo_lsn::text AS at FROM pg_control_checkpoint()'))[0]!.at;
  const before = await checkpoint();
  for (let count = 0; count < 999; count++) await write(`row ${count}`);
  expect(await checkpoint()).toBe(before);
  await write('one more');
  expect(await checkpoint()).not.toBe(before);
});
