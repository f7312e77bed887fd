import { fork } from 'node:child_process';

/** One end of the talk with a child; messages are plain data. */
type ChildPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): void;
  on(event: 'close', listener: () => void): void;
  close(): void;
};
/** A child with its port; `end` kills it. */
export type ForkedProcess = { readonly port: ChildPort; readonly end: () => void };

/** Starts a child that can neither print nor read: what foreign code in it says may name people. It does not keep its parent alive. */
export function forkPort(entry: string, args: readonly string[]): ForkedProcess {
  const child = fork(entry, args, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
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
  const port: ChildPort = {
    // a child that has just ended is told of by its `exit`
    postMessage(message) {
      if (child.connected) child.send(message as object, () => undefined);
    },
    on: (event: 'message' | 'close', listener: (message: unknown) => void) => {
      if (event === 'message') child.on('message', listener);
      else ends.push(() => listener(undefined));
    },
    close() {
      if (child.connected) child.disconnect();
    },
  };
  return { port, end: () => void child.kill('SIGKILL') };
}
