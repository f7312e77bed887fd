import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadClusterImage } from '../../../registry/store/cluster-image.ts';
import { packFolder, unpackFolder } from '../../../registry/store/folder-tar.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kense-image-test-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

it('the image of a new database is made once, and made anew when it is damaged or another is wanted', async () => {
  vi.stubEnv('XDG_CACHE_HOME', folder);
  let made = 0;
  const make = () => Promise.resolve(Buffer.from(`image ${++made}`.repeat(1000)));
  const load = async (version: string) => (await loadClusterImage(version, make)).toString().slice(0, 7);
  const cached = () => fs.readdirSync(path.join(folder, 'kense'));
  expect([await load('1'), await load('1')]).toEqual(['image 1', 'image 1']);
  const [file] = cached();
  fs.truncateSync(path.join(folder, 'kense', file!), 20);
  expect([await load('1'), cached()]).toEqual(['image 2', [file]]);
  expect([await load('2'), await load('2')]).toEqual(['image 3', 'image 3']);
  expect(cached()).toHaveLength(1);
  expect(cached()).not.toContain(file);
});

it('a cache folder that cannot be written costs time only', async () => {
  fs.writeFileSync(path.join(folder, 'file'), '');
  vi.stubEnv('XDG_CACHE_HOME', path.join(folder, 'file'));
  expect((await loadClusterImage('1', () => Promise.resolve(Buffer.from('image')))).toString()).toBe('image');
});

it('a packed folder comes out the same, here and from the tar of the system', async () => {
  const source = path.join(folder, 'source');
  fs.mkdirSync(path.join(source, 'empty'), { recursive: true });
  fs.mkdirSync(path.join(source, 'a/b'), { recursive: true });
  for (const [name, size] of [
    ['zero', 0],
    ['one', 1],
    ['a/block', 512],
    ['a/b/more', 513],
  ] as const)
    fs.writeFileSync(path.join(source, name), Buffer.alloc(size, name));
  const tar = packFolder(source);
  await unpackFolder(tar, path.join(folder, 'ours'));
  fs.mkdirSync(path.join(folder, 'theirs'));
  execFileSync('tar', ['-x', '-C', path.join(folder, 'theirs')], { input: tar, stdio: ['pipe', 'ignore', 'ignore'] });
  const list = (root: string) =>
    fs
      .readdirSync(root, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((name) => [name, fs.statSync(path.join(root, name)).isDirectory() ? 'folder' : fs.readFileSync(path.join(root, name), 'hex')]);
  expect(list(path.join(folder, 'ours'))).toEqual(list(source));
  expect(list(path.join(folder, 'theirs'))).toEqual(list(source));
});
