import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PicturePort, StartPictures } from './picture-port.ts';

/**
 * Starts the process as a child of Node.
 * @param entry file of `process.ts`, or what was built of it.
 */
export const forkPictures =
  (entry: string): StartPictures =>
  () => {
    const child = fork(entry, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    // a command ends when its own work is done; the call under way has a timer that keeps it alive
    child.unref();
    child.channel?.unref();
    const ends: (() => void)[] = [];
    let over = false;
    const end = () => {
      if (over) return;
      over = true;
      for (const tell of ends) tell();
    };
    child.on('exit', end);
    child.on('error', end);
    const port: PicturePort = {
      postMessage(message) {
        if (child.connected) child.send(message as object, () => undefined);
      },
      on: (event: 'message' | 'close', listener: (message: unknown) => void) => {
        if (event === 'message') child.on('message', listener);
        else ends.push(() => listener(undefined));
      },
    };
    return Promise.resolve({ port, end: () => void child.kill('SIGKILL') });
  };

/**
 * File of the process, as a program started from source or from what was built of it finds it.
 * @param program import.meta.url of an entry that lies in a room of its own.
 */
export const pictureProcessEntry = (program: string): string =>
  fileURLToPath(new URL(program.endsWith('.ts') ? '../paper/pictures/process.ts' : 'picture-process.js', program));
