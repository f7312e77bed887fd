import { MessageChannelMain, type MessagePortMain, type UtilityProcess } from 'electron';
import type { StartModule } from '../../token/index.ts';
import { fork } from './fork.ts';

/** Starts the process that owns a PKCS#11 module. The port is for whoever asks the module; it closes when the process ends. */
export function forkModule(file: string): { child: UtilityProcess; port: MessagePortMain } {
  const child = fork('token-module');
  const { port1, port2 } = new MessageChannelMain();
  child.postMessage(file, [port1]);
  return { child, port: port2 };
}

/** For commands, which ask modules from this very process. */
export const startModule: StartModule = (file) => {
  const { child, port } = forkModule(file);
  return Promise.resolve({ port, end: () => void child.kill() });
};
