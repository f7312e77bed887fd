import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll } from 'vitest';
import { tempDir } from './temp-dir.ts';

const mounted: string[] = [];
afterAll(() => {
  for (const dir of mounted.splice(0)) execFileSync('umount', ['--lazy', dir]);
});

/** A disk of its own of so many MiB; null where this process may not mount one. */
export function smallDisk(mebibytes: number): string | null {
  const dir = tempDir();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'kense-test', dir], { stdio: 'ignore' });
  } catch {
    return null;
  }
  mounted.push(dir);
  return dir;
}

/** Takes all the room that is left; gives it back when called. */
export function fillDisk(dir: string, leaveBytes = 0): () => void {
  const file = path.join(dir, 'filler');
  const fd = fs.openSync(file, 'w');
  const block = Buffer.alloc(4096, 1);
  try {
    for (;;) fs.writeSync(fd, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
  fs.ftruncateSync(fd, Math.max(0, fs.fstatSync(fd).size - leaveBytes));
  fs.closeSync(fd);
  return () => fs.rmSync(file, { force: true });
}
