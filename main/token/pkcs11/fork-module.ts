import { fork } from 'node:child_process';
import type { MessagePortLike } from '../message-port.ts';
import type { StartModule } from './module-owner.ts';

/**
 * Starts owners of modules as child processes of Node. What a vendor's module prints is nobody's: it may name people.
 * @param entry file of `module-process.ts`.
 */
export function forkModules(entry: string): StartModule {
  return async (module) => {
    const child = fork(entry, [module], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
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
    const port: MessagePortLike = {
      // a child that has just ended is told of by its `exit`
      postMessage(message) {
        if (child.connected) child.send(message as object, () => undefined);
      },
      on: (event: 'message' | 'close', listener: (event: unknown) => void) =>
        event === 'message' ? child.on('message', listener) : ends.push(() => listener(undefined)),
      close() {
        if (child.connected) child.disconnect();
      },
    };
    return { port, end: () => void child.kill('SIGKILL') };
  };
}
