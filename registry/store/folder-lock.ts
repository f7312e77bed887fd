import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { RegistryStartError } from '../start-error.ts';

/**
 * Takes a folder for this process; the operating system gives it back when the process ends, however it ends.
 * Two processes on one embedded database would destroy it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const name = `kense-registry-${createHash('sha256').update(fs.realpathSync(folder)).digest('hex').slice(0, 24)}`;
  const address = process.platform === 'win32' ? `\\\\?\\pipe\\${name}` : path.join(os.tmpdir(), `${name}.sock`);
  for (let attempt = 0; attempt < 3; attempt++) {
    const server = await listen(address);
    if (server) return () => new Promise((resolve) => server.close(() => resolve()));
    if (await answers(address)) break;
    fs.rmSync(address, { force: true }); // left behind by a process that was killed
  }
  throw new RegistryStartError('profile-in-use', 'Another registry works on this data folder.');
}

function listen(address: string): Promise<net.Server | null> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(address, () => resolve(server));
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
